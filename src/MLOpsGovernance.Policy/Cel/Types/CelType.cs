using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Types;

internal enum TypeKind : byte
{
    Dyn, Error, Null, Bool, Int, UInt, Double, String, Bytes, Timestamp, Duration, Type, List, Map, Object, Abstract, Parameter,
}

/// <summary>A static type. Structural: two equal spellings are the same type.</summary>
internal class CelType
{
    public static readonly CelType Dyn = new(TypeKind.Dyn, "dyn");
    public static readonly CelType Error = new(TypeKind.Error, "error");
    public static readonly CelType Null = new(TypeKind.Null, "null_type");
    public static readonly CelType Bool = new(TypeKind.Bool, "bool");
    public static readonly CelType Int = new(TypeKind.Int, "int");
    public static readonly CelType UInt = new(TypeKind.UInt, "uint");
    public static readonly CelType Double = new(TypeKind.Double, "double");
    public static readonly CelType String = new(TypeKind.String, "string");
    public static readonly CelType Bytes = new(TypeKind.Bytes, "bytes");
    public static readonly CelType Timestamp = new(TypeKind.Timestamp, "google.protobuf.Timestamp");
    public static readonly CelType Duration = new(TypeKind.Duration, "google.protobuf.Duration");
    public static readonly CelType AnyType = new(TypeKind.Type, "type");

    /// <summary>A type with more parts than this is not worth knowing: it counts as dyn.</summary>
    private const int MaxWeight = 1000;

    protected CelType(TypeKind kind, string name, params CelType[] parameters)
    {
        (Kind, Name, Parameters) = (kind, name, parameters);
        _weight = 1 + parameters.Sum(static p => p._weight);
    }

    private readonly int _weight;

    public TypeKind Kind { get; }

    public string Name { get; }

    public CelType[] Parameters { get; }

    public static CelType List(CelType item) => Light(new(TypeKind.List, "list", item));
    public static CelType Map(CelType key, CelType value) => Light(new(TypeKind.Map, "map", key, value));
    public static CelType Optional(CelType value) => Light(new(TypeKind.Abstract, "optional_type", value));
    public static CelType TypeOf(CelType type) => Light(new(TypeKind.Type, "type", type));
    public static CelType Parameter(string name) => new(TypeKind.Parameter, name);
    public static CelType Abstract(string name, params CelType[] parameters) => new(TypeKind.Abstract, name, parameters);

    public bool IsOptional => Kind == TypeKind.Abstract && Name == "optional_type";

    /// <summary>Agrees with everything; an expression already found wrong is not reported twice.</summary>
    public bool IsDynamic => Kind is TypeKind.Dyn or TypeKind.Error;

    public CelType With(CelType[] parameters) => parameters.Length == 0 ? this : Light(new(Kind, Name, parameters));

    private static CelType Light(CelType type) => type._weight > MaxWeight ? Dyn : type;

    public bool Same(CelType other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (Kind != other.Kind || Name != other.Name || Parameters.Length != other.Parameters.Length) return false;
        for (var i = 0; i < Parameters.Length; i++)
        {
            if (!Parameters[i].Same(other.Parameters[i])) return false;
        }

        return true;
    }

    /// <summary>The kind of every value of this type, or <see cref="CelKind.None"/> where values of several kinds are possible.</summary>
    public CelKind ValueKind => Kind switch
    {
        TypeKind.Null => CelKind.Null,
        TypeKind.Bool => CelKind.Bool,
        TypeKind.Int => CelKind.Int,
        TypeKind.UInt => CelKind.UInt,
        TypeKind.Double => CelKind.Double,
        TypeKind.String => CelKind.String,
        TypeKind.Bytes => CelKind.Bytes,
        TypeKind.Timestamp => CelKind.Timestamp,
        TypeKind.Duration => CelKind.Duration,
        TypeKind.Type => CelKind.Type,
        TypeKind.List => CelKind.List,
        TypeKind.Map => CelKind.Map,
        TypeKind.Object => CelKind.Object,
        TypeKind.Abstract when IsOptional => CelKind.Optional,
        TypeKind.Abstract when Name == "net.IP" => CelKind.Ip,
        TypeKind.Abstract when Name == "net.CIDR" => CelKind.Cidr,
        TypeKind.Abstract when Name == "semver" => CelKind.Version,
        _ => CelKind.None,
    };

    /// <summary>The spelling that <see cref="TypeText"/> reads.</summary>
    public override string ToString() => Kind switch
    {
        TypeKind.Timestamp => "timestamp",
        TypeKind.Duration => "duration",
        TypeKind.Parameter => $"<{Name}>",
        _ when Parameters.Length > 0 => $"{Name}({string.Join(", ", Parameters.Select(static p => p.ToString()))})",
        _ => Name,
    };
}

/// <summary>A record with declared fields. Two object types are the same when their names are: names are unique in a schema.</summary>
internal sealed class ObjectType(string name) : CelType(TypeKind.Object, name)
{
    private Dictionary<string, int> _index = new(StringComparer.Ordinal);

    /// <summary>Set once, after all types of a schema are named, because types may refer to each other.</summary>
    public IReadOnlyList<ObjectField> Fields
    {
        get;
        set
        {
            field = value;
            _index = value.Select(static (f, i) => (f.Name, i)).ToDictionary(static p => p.Name, static p => p.i, StringComparer.Ordinal);
        }
    } = [];

    public int IndexOf(string field) => _index.GetValueOrDefault(field, -1);

    public Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Lookup => _index.GetAlternateLookup<ReadOnlySpan<char>>();
}

/// <param name="Bounds">How large values may be; the static cost estimate rests on it, so facts are held to it.</param>
internal sealed record ObjectField(string Name, CelType Type, bool Optional, Extent Bounds, IReadOnlyList<string>? Enum = null);
