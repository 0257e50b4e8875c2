using System.Globalization;
using System.Text.Json;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Facts;

/// <summary>
/// Reads facts from JSON straight into values of the language, in one pass, only those that somebody reads. What does not fit the
/// schema becomes an error in that very place: a rule that reads it errs, others do not notice.
/// </summary>
internal sealed class FactReader(FactSchema schema)
{
    public const int MaxBytes = 1024 * 1024;

    private readonly List<object> _path = [];

    /// <summary>One value per fact of the schema, or why the whole text cannot be used. Unread facts stay unset.</summary>
    public static (CelValue[] Facts, string? Problem) Read(ReadOnlySpan<byte> json, FactSchema schema, bool[] wanted)
    {
        if (json.Length > MaxBytes) return ([], $"the facts are larger than {MaxBytes} bytes");
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return ([], "the facts must be one JSON object");
            var facts = new FactReader(schema).Record(ref reader, schema.Shape, wanted);
            return reader.Read() ? ([], "there is something after the facts") : (facts, null);
        }
        catch (JsonException e)
        {
            return ([], $"the facts are not JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            return ([], "the facts hold a text that is not Unicode");
        }
    }

    private CelValue[] Record(ref Utf8JsonReader reader, RecordShape shape, bool[]? wanted)
    {
        var values = new CelValue[shape.Names.Count];
        var next = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var at = shape.Find(ref reader, next);
            reader.Read();
            if (at < 0 || wanted?[at] == false)
            {
                reader.Skip();
                continue;
            }

            if (values[at].Kind != CelKind.None) throw new JsonException($"the member '{shape.Names[at]}' appears twice");
            _path.Add(shape.Names[at]);
            values[at] = Value(ref reader, shape.Types[at]);
            _path.RemoveAt(_path.Count - 1);
            next = at + 1;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Kind == CelKind.None && !shape.Types[i].Optional && wanted?[i] != false) values[i] = Missing(shape.Names[i]);
        }

        return values;
    }

    private string Place => string.Concat(_path.Select(static (p, i) => p is int index
        ? string.Create(CultureInfo.InvariantCulture, $"[{index}]") : i == 0 ? (string)p : "." + p));

    private CelValue Missing(string name) => CelValue.Error($"the fact {(_path.Count == 0 ? "" : Place + ".")}{name} is missing");

    private CelValue Wrong(string wanted) => CelValue.Error($"the fact {Place} must be {wanted}");

    private CelValue Value(ref Utf8JsonReader reader, FactType fact)
    {
        // An optional field that is null is an absent one.
        if (reader.TokenType == JsonTokenType.Null && fact.Optional) return default;
        return Value(ref reader, fact.Type, fact);
    }

    private CelValue Value(ref Utf8JsonReader reader, CelType type, FactType bounds)
    {
        switch (type.Kind, reader.TokenType)
        {
            case (TypeKind.String, JsonTokenType.String): return Text(reader.GetString()!, bounds);
            case (TypeKind.Bool, JsonTokenType.True): return CelValue.True;
            case (TypeKind.Bool, JsonTokenType.False): return CelValue.False;
            case (TypeKind.Int, JsonTokenType.Number) when reader.TryGetInt64(out var whole): return Number(CelValue.Of(whole), whole, bounds);
            case (TypeKind.UInt, JsonTokenType.Number) when reader.TryGetUInt64(out var whole): return Number(CelValue.Of(whole), whole, bounds);
            case (TypeKind.Double, JsonTokenType.Number): return Number(CelValue.Of(reader.GetDouble()), reader.GetDouble(), bounds);
            case (TypeKind.Int, JsonTokenType.String) when long.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole):
                return Number(CelValue.Of(whole), whole, bounds);
            case (TypeKind.Timestamp, JsonTokenType.String): return Parsed(CelTimestamp.Parse(reader.GetString()!));
            case (TypeKind.Duration, JsonTokenType.String): return Parsed(CelDuration.Parse(reader.GetString()!));
            case (TypeKind.Bytes, JsonTokenType.String) when reader.TryGetBytesFromBase64(out var bytes): return CelValue.Of(bytes);
            case (TypeKind.List, JsonTokenType.StartArray): return List(ref reader, type, bounds);
            case (TypeKind.Map, JsonTokenType.StartObject): return Map(ref reader, type, bounds);
            case (TypeKind.Object, JsonTokenType.StartObject):
                var shape = schema.Records[type];
                return CelValue.Of(new CelObject(shape.Type!, Record(ref reader, shape, null)));
            case (TypeKind.Dyn, _): return Dynamic(ref reader, bounds);
            case (TypeKind.Null, JsonTokenType.Null): return CelValue.Null;
            default:
                reader.Skip();
                return Wrong(Describe(type));
        }
    }

    private static string Describe(CelType type) => type.Kind switch
    {
        TypeKind.Timestamp => "an RFC 3339 timestamp",
        TypeKind.Duration => "a duration such as '24h'",
        TypeKind.Int => "a whole number of 64 bits",
        TypeKind.Bytes => "base64 text",
        TypeKind.Object => $"an object of type {type.Name}",
        _ => $"of type {type}",
    };

    private CelValue Parsed(in CelValue value) => value.IsValue ? value : Wrong(value.Failure.Message);

    private CelValue Text(string text, FactType bounds)
    {
        if (text.Length > bounds.MaxLength) return Wrong(string.Create(CultureInfo.InvariantCulture, $"at most {bounds.MaxLength} characters long"));
        return bounds.Enum is { } words && !words.Contains(text, StringComparer.Ordinal) ? Wrong($"one of {string.Join(", ", words)}") : CelValue.Of(text);
    }

    private CelValue Number(in CelValue value, double number, FactType bounds) =>
        number < bounds.Minimum || number > bounds.Maximum || !double.IsFinite(number)
            ? Wrong(string.Create(CultureInfo.InvariantCulture, $"a number from {bounds.Minimum ?? double.MinValue} to {bounds.Maximum ?? double.MaxValue}"))
            : value;

    private CelValue List(ref Utf8JsonReader reader, CelType type, FactType bounds)
    {
        var items = new ListBuilder(4);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            _path.Add(items.Count);
            items.Add(Value(ref reader, type.Parameters[0], bounds));
            _path.RemoveAt(_path.Count - 1);
        }

        return items.Count > bounds.MaxItems ? Wrong(string.Create(CultureInfo.InvariantCulture, $"a list of at most {bounds.MaxItems} items")) : items.ToValue();
    }

    private CelValue Map(ref Utf8JsonReader reader, CelType type, FactType bounds)
    {
        var map = new CelMap(4);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            _path.Add(name);
            var key = type.Parameters[0].Kind is TypeKind.Int
                ? long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? CelValue.Of(whole) : Wrong("keyed by whole numbers")
                : Text(name, bounds with { Enum = null });
            var value = Value(ref reader, type.Parameters[1], bounds);
            _path.RemoveAt(_path.Count - 1);
            if (!key.IsValue) return SkipRest(ref reader, key);
            if (!map.TryAdd(key, value)) throw new JsonException($"the member '{name}' appears twice");
        }

        return map.Count > bounds.MaxItems ? Wrong(string.Create(CultureInfo.InvariantCulture, $"a map of at most {bounds.MaxItems} entries")) : CelValue.Of(map);
    }

    private static CelValue SkipRest(ref Utf8JsonReader reader, in CelValue problem)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject) reader.Skip();
        return problem;
    }

    /// <summary>Without a declared type a JSON number is a double and an object a map.</summary>
    private CelValue Dynamic(ref Utf8JsonReader reader, FactType bounds) => reader.TokenType switch
    {
        JsonTokenType.String => Text(reader.GetString()!, bounds),
        JsonTokenType.Number => Number(CelValue.Of(reader.GetDouble()), reader.GetDouble(), bounds),
        JsonTokenType.True => CelValue.True,
        JsonTokenType.False => CelValue.False,
        JsonTokenType.StartArray => List(ref reader, DynamicList, bounds),
        JsonTokenType.StartObject => Map(ref reader, DynamicMap, bounds),
        _ => CelValue.Null,
    };

    private static readonly CelType DynamicList = CelType.List(CelType.Dyn);
    private static readonly CelType DynamicMap = CelType.Map(CelType.String, CelType.Dyn);
}
