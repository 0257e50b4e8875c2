using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Evaluation;

/// <summary>Steps of building lists and maps that both evaluators take.</summary>
internal static class Aggregates
{
    /// <summary>True, or why the entry cannot be added.</summary>
    public static CelValue Put(CelMap map, in CelValue key, in CelValue value, bool optional)
    {
        if (!CelMap.IsKey(key)) return CelValue.Error($"unsupported key type: {TypeNames.Of(key)}; keys are bool, int, uint or string");
        if (!optional) return Put(map, key, value);
        if (value.Kind != CelKind.Optional) return CelError.NoOverload;
        return value.Optional.HasValue ? Put(map, key, value.Optional.Value) : CelValue.True;
    }

    public static CelValue Put(CelMap map, in CelValue key, in CelValue value) =>
        map.TryAdd(key, value) ? CelValue.True : CelValue.Error($"the key {ValueText.Json(key, 60)} appears twice in one map");

    /// <summary>Adds every entry of one map to another.</summary>
    public static CelValue PutAll(CelMap map, in CelValue entries)
    {
        if (entries.Kind != CelKind.Map) return CelError.NoOverload;
        for (var i = 0; i < entries.Map.Count; i++)
        {
            if (Put(map, entries.Map.Keys[i], entries.Map.Values[i]) is { Kind: CelKind.Error } failure) return failure;
        }

        return CelValue.True;
    }

    /// <summary>What or and orValue answer where the target has no value.</summary>
    public static CelValue Alternative(in CelValue value, bool unwrap) => unwrap || !value.IsValue || value.Kind == CelKind.Optional ? value : CelError.NoOverload;

    /// <summary>What optMap and optFlatMap answer for a mapped value.</summary>
    public static CelValue Rewrap(in CelValue value, bool flat) =>
        !value.IsValue ? value
        : !flat ? CelValue.Of(new CelOptional(value))
        : value.Kind == CelKind.Optional ? value : CelError.NoOverload;
}
