namespace MLOpsGovernance.Policy.Cel.Types;

/// <summary>The largest size a value can have: characters of a string, octets, items of a list or entries of a map.</summary>
/// <param name="Size">1 for everything that has no size.</param>
/// <param name="Item">Of the items of a list or the values of a map.</param>
/// <param name="Key">Of the keys of a map.</param>
internal sealed record Extent(long Size, Extent? Item = null, Extent? Key = null)
{
    public const long DefaultItems = 1000;
    public const long DefaultLength = 1024;

    public static readonly Extent Scalar = new(1);
    public static readonly Extent Text = new(DefaultLength);

    /// <summary>What is assumed of a value about which only its type is known.</summary>
    public static Extent Of(CelType type, long items = DefaultItems, long length = DefaultLength) => type.Kind switch
    {
        TypeKind.String or TypeKind.Bytes => new(length),
        TypeKind.List => new(items, Of(type.Parameters[0], items, length)),
        TypeKind.Map => new(items, Of(type.Parameters[1], items, length), Of(type.Parameters[0], items, length)),
        TypeKind.Abstract when type.IsOptional => Of(type.Parameters[0], items, length),
        TypeKind.Dyn or TypeKind.Error or TypeKind.Parameter => new(Math.Max(items, length), new(length, new(length), new(length)), new(length)),
        _ => Scalar,
    };

    public Extent Items => Item ?? Text;

    public Extent Keys => Key ?? Text;

    public static Extent Larger(Extent a, Extent b) => new(
        Math.Max(a.Size, b.Size),
        a.Item is null ? b.Item : b.Item is null ? a.Item : Larger(a.Item, b.Item),
        a.Key is null ? b.Key : b.Key is null ? a.Key : Larger(a.Key, b.Key));
}
