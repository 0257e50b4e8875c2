using System.Globalization;
using System.Text.Json;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Tests.PolicyCel;

/// <summary>The suite's notation for values: an object with one key that names the kind.</summary>
internal static class TaggedValue
{
    public static CelValue Read(JsonElement tagged)
    {
        var (tag, payload) = tagged.EnumerateObject().Select(static p => (p.Name, p.Value)).Single();
        return tag switch
        {
            "null" => CelValue.Null,
            "bool" => CelValue.Of(payload.GetBoolean()),
            "int" => CelValue.Of(long.Parse(payload.GetString()!, CultureInfo.InvariantCulture)),
            "uint" => CelValue.Of(ulong.Parse(payload.GetString()!, CultureInfo.InvariantCulture)),
            "double" => CelValue.Of(double.Parse(payload.GetString()!, CultureInfo.InvariantCulture)),
            "string" => CelValue.Of(payload.GetString()!),
            "bytes" => CelValue.Of(payload.GetBytesFromBase64()),
            "list" => CelValue.Of(new CelList([.. payload.EnumerateArray().Select(Read)])),
            "map" => Map(payload),
            "type" => CelValue.OfType(payload.GetString()!),
            "timestamp" => CelTimestamp.Parse(payload.GetString()!),
            "duration" => CelDuration.Parse(payload.GetString()!),
            "error" => CelValue.Error(payload.ToString()),
            _ => throw new InvalidOperationException($"The tag '{tag}' is new."),
        };
    }

    private static CelValue Map(JsonElement pairs)
    {
        var map = new CelMap(0);
        foreach (var pair in pairs.EnumerateArray()) map.TryAdd(Read(pair[0]), Read(pair[1]));
        return CelValue.Of(map);
    }

    /// <summary>Same kind and content; here NaN matches itself and -0 matches 0.</summary>
    public static bool Same(in CelValue actual, in CelValue expected)
    {
        if (actual.Kind != expected.Kind) return false;
        switch (actual.Kind)
        {
            case CelKind.Double:
                return actual.Double == expected.Double || (double.IsNaN(actual.Double) && double.IsNaN(expected.Double));
            case CelKind.List:
                if (actual.List.Count != expected.List.Count) return false;
                for (var i = 0; i < actual.List.Count; i++)
                {
                    if (!Same(actual.List[i], expected.List[i])) return false;
                }

                return true;
            case CelKind.Map:
                if (actual.Map.Count != expected.Map.Count) return false;
                for (var i = 0; i < actual.Map.Count; i++)
                {
                    if (!expected.Map.TryGet(actual.Map.Keys[i], out var other) || !Same(actual.Map.Values[i], other)) return false;
                }

                return true;
            case CelKind.Optional:
                return actual.Optional.HasValue == expected.Optional.HasValue
                    && (!actual.Optional.HasValue || Same(actual.Optional.Value, expected.Optional.Value));
            case CelKind.Error: return true;
            default: return MLOpsGovernance.Policy.Cel.Evaluation.Comparison.Equal(new Meter(), actual, expected).IsTrue;
        }
    }
}
