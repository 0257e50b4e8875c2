namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>Why an expression has no value. Frequent ones are made once: an error costs no more than a value.</summary>
internal sealed record CelError(string Message)
{
    public static readonly CelValue NoOverload = CelValue.Error("no such overload");
    public static readonly CelValue Budget = CelValue.Error("the evaluation exceeds its cost limit");
    public static readonly CelValue IntOverflow = CelValue.Error("integer overflow");
    public static readonly CelValue UIntOverflow = CelValue.Error("unsigned integer overflow");
    public static readonly CelValue DivideByZero = CelValue.Error("divide by zero");
    public static readonly CelValue ModulusByZero = CelValue.Error("modulus by zero");
    public static readonly CelValue DurationRange = CelValue.Error("duration out of range: it must lie within ±9223372036.854775807 seconds");
    public static readonly CelValue TimestampRange = CelValue.Error("timestamp out of range: it must lie within the years 0001 to 9999");
    public static readonly CelValue EmptyOptional = CelValue.Error("optional.none() has no value");

    public static CelValue NoKey(in CelValue key) => CelValue.Error($"no such key: {ValueText.Json(key, 100)}");

    public static CelValue NoField(string field) => CelValue.Error($"no such key: '{field}'");

    public static CelValue IndexRange(long index, int count) => CelValue.Error($"index out of range: {index} in a list of {count}");
}

/// <summary>Facts that were declared as not known yet, by name, in ordinal order.</summary>
internal sealed record CelUnknown(IReadOnlyList<string> Facts)
{
    public CelUnknown And(CelUnknown other) =>
        new([.. Facts.Concat(other.Facts).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
}

/// <summary>A value that may be absent: <c>optional.of(x)</c> or <c>optional.none()</c>.</summary>
internal sealed class CelOptional
{
    public static readonly CelOptional None = new();

    private CelOptional()
    {
    }

    public CelOptional(in CelValue value) => Value = value;

    public CelValue Value { get; }

    public bool HasValue => Value.Kind != CelKind.None;
}
