namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>
/// A map in order of insertion. Keys are bool, int, uint and string (doubles only to look up); numerically equal keys are the same key.
/// Immutable once it is part of a value.
/// </summary>
internal sealed class CelMap(int capacity)
{
    /// <summary>Up to here a scan beats hashing.</summary>
    private const int Scanned = 8;

    public static readonly CelMap Empty = new(0);

    private CelValue[] _keys = capacity == 0 ? [] : new CelValue[capacity];
    private CelValue[] _values = capacity == 0 ? [] : new CelValue[capacity];
    private Dictionary<CelValue, int>? _index;

    public int Count { get; private set; }

    public ReadOnlySpan<CelValue> Keys => _keys.AsSpan(0, Count);

    public ReadOnlySpan<CelValue> Values => _values.AsSpan(0, Count);

    public static bool IsKey(in CelValue value) => value.Kind is CelKind.Bool or CelKind.Int or CelKind.UInt or CelKind.String;

    /// <summary>False when the key is already there; the first value stays.</summary>
    public bool TryAdd(in CelValue key, in CelValue value)
    {
        if (Find(key) >= 0) return false;

        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(4, Count * 2));
            Array.Resize(ref _values, _keys.Length);
        }

        _keys[Count] = key;
        _values[Count] = value;
        _index?.Add(key, Count);
        Count++;
        return true;
    }

    public bool TryGet(in CelValue key, out CelValue value)
    {
        var at = Find(key);
        value = at < 0 ? default : _values[at];
        return at >= 0;
    }

    public bool TryGet(string key, out CelValue value) => TryGet(CelValue.Of(key), out value);

    private int Find(in CelValue key)
    {
        if (_index is null && Count > Scanned) _index = BuildIndex();
        if (_index is not null) return _index.GetValueOrDefault(key, -1);

        for (var i = 0; i < Count; i++)
        {
            if (KeyComparer.Same(_keys[i], key)) return i;
        }

        return -1;
    }

    // Racing readers may both build it; either result is right.
    private Dictionary<CelValue, int> BuildIndex()
    {
        var index = new Dictionary<CelValue, int>(Count, KeyComparer.Instance);
        for (var i = 0; i < Count; i++) index.Add(_keys[i], i);
        return index;
    }
}

/// <summary>Equality of scalars as map keys: one number line for the three numeric types.</summary>
internal sealed class KeyComparer : IEqualityComparer<CelValue>
{
    public static readonly KeyComparer Instance = new();

    public static bool Same(in CelValue a, in CelValue b) => (a.Kind, b.Kind) switch
    {
        (CelKind.String, CelKind.String) => a.String == b.String,
        (CelKind.Bool, CelKind.Bool) => a.Bool == b.Bool,
        _ when a.IsNumber && b.IsNumber => Numbers.Compare(a, b) == 0,
        _ => false,
    };

    public bool Equals(CelValue x, CelValue y) => Same(x, y);

    public int GetHashCode(CelValue obj) => obj.Kind switch
    {
        CelKind.String => obj.String.GetHashCode(StringComparison.Ordinal),
        CelKind.Bool => obj.Bool ? 1 : 2,
        CelKind.Int => Hash(obj.Int),
        CelKind.UInt => obj.UInt <= Exact ? Hash((long)obj.UInt) : ((double)obj.UInt).GetHashCode(),
        CelKind.Double => obj.Double is >= -Exact and <= Exact && Math.Truncate(obj.Double) == obj.Double ? Hash((long)obj.Double) : obj.Double.GetHashCode(),
        _ => 0,
    };

    // Beyond 2^53 integers meet doubles after rounding, so they hash as the doubles that they equal.
    private const long Exact = 1L << 53;

    private static int Hash(long value) => value is >= -Exact and <= Exact ? value.GetHashCode() : ((double)value).GetHashCode();
}
