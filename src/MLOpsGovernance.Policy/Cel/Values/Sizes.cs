namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>Sizes as the cost rules see them: UTF-16 units, octets, items, entries; 1 for all else.</summary>
internal static class Sizes
{
    public static long Of(in CelValue value) => value.Kind switch
    {
        CelKind.String => value.String.Length,
        CelKind.Bytes => value.Bytes.Length,
        CelKind.List => value.List.Count,
        CelKind.Map => value.Map.Count,
        _ => 1,
    };

    /// <summary>A tenth, rounded up: what touching each character costs.</summary>
    public static long Tenth(long size) => (size + 9) / 10;
}

/// <summary>Names of run-time types, as <c>type()</c> answers them.</summary>
internal static class TypeNames
{
    public static string Of(in CelValue value) => value.Kind switch
    {
        CelKind.Null => "null_type",
        CelKind.Bool => "bool",
        CelKind.Int => "int",
        CelKind.UInt => "uint",
        CelKind.Double => "double",
        CelKind.String => "string",
        CelKind.Bytes => "bytes",
        CelKind.List => "list",
        CelKind.Map => "map",
        CelKind.Object => value.Object.Type.Name,
        CelKind.Timestamp => "google.protobuf.Timestamp",
        CelKind.Duration => "google.protobuf.Duration",
        CelKind.Type => "type",
        CelKind.Optional => "optional_type",
        CelKind.Ip => "net.IP",
        CelKind.Cidr => "net.CIDR",
        CelKind.Version => "semver",
        _ => "error",
    };
}
