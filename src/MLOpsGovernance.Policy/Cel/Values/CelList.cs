namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>Immutable once it is part of a value; the array is owned.</summary>
internal sealed class CelList(CelValue[] items, int count)
{
    public static readonly CelList Empty = new([], 0);

    public CelList(CelValue[] items)
        : this(items, items.Length)
    {
    }

    public int Count { get; } = count;

    public ReadOnlySpan<CelValue> Items => items.AsSpan(0, Count);

    public ref readonly CelValue this[int index] => ref items[index];
}

/// <summary>Grows a list; <c>map</c> and <c>filter</c> are linear because of it.</summary>
internal struct ListBuilder(int capacity)
{
    private CelValue[] _items = capacity == 0 ? [] : new CelValue[capacity];

    public int Count { get; private set; }

    public void Add(in CelValue value)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Math.Max(4, Count * 2));
        _items[Count++] = value;
    }

    public readonly CelValue ToValue() => CelValue.Of(Count == 0 ? CelList.Empty : new CelList(_items, Count));
}
