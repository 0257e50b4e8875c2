using System.Runtime.CompilerServices;
using MLOpsGovernance.Policy.Versions;

namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>
/// Any value of the language, errors and unknowns included: evaluation never throws. Scalars live inside the struct, so arithmetic and
/// comparisons allocate nothing.
/// </summary>
internal readonly struct CelValue
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly int _nanos;

    private CelValue(CelKind kind, long bits, object? reference = null, int nanos = 0) =>
        (Kind, _bits, _reference, _nanos) = (kind, bits, reference, nanos);

    public CelKind Kind { get; }

    public static CelValue Null { get; } = new(CelKind.Null, 0);
    public static CelValue True { get; } = new(CelKind.Bool, 1);
    public static CelValue False { get; } = new(CelKind.Bool, 0);

    public static CelValue Of(bool value) => new(CelKind.Bool, value ? 1 : 0);
    public static CelValue Of(long value) => new(CelKind.Int, value);
    public static CelValue Of(ulong value) => new(CelKind.UInt, unchecked((long)value));
    public static CelValue Of(double value) => new(CelKind.Double, BitConverter.DoubleToInt64Bits(value));
    public static CelValue Of(string value) => new(CelKind.String, 0, value);
    public static CelValue Of(byte[] value) => new(CelKind.Bytes, 0, value);
    public static CelValue Of(CelList value) => new(CelKind.List, 0, value);
    public static CelValue Of(CelMap value) => new(CelKind.Map, 0, value);
    public static CelValue Of(CelObject value) => new(CelKind.Object, 0, value);
    public static CelValue Of(CelOptional value) => new(CelKind.Optional, 0, value);
    public static CelValue Of(CelTimestamp value) => new(CelKind.Timestamp, value.Seconds, null, value.Nanos);
    public static CelValue Of(CelDuration value) => new(CelKind.Duration, value.Nanos);
    public static CelValue Of(CelIp value) => new(CelKind.Ip, 0, value);
    public static CelValue Of(CelCidr value) => new(CelKind.Cidr, 0, value);
    public static CelValue Of(SemanticVersion value) => new(CelKind.Version, 0, value);
    public static CelValue OfType(string name) => new(CelKind.Type, 0, name);
    public static CelValue Of(CelError error) => new(CelKind.Error, 0, error);
    public static CelValue Error(string message) => new(CelKind.Error, 0, new CelError(message));
    public static CelValue Of(CelUnknown unknown) => new(CelKind.Unknown, 0, unknown);

    /// <summary>Neither an error nor an unknown: strict functions go on only with these.</summary>
    public bool IsValue => Kind > CelKind.Unknown;
    public bool IsTrue => Kind == CelKind.Bool && _bits != 0;
    public bool IsFalse => Kind == CelKind.Bool && _bits == 0;
    public bool IsNumber => Kind is CelKind.Int or CelKind.UInt or CelKind.Double;

    public bool Bool => _bits != 0;
    public long Int => _bits;
    public ulong UInt => unchecked((ulong)_bits);
    public double Double => BitConverter.Int64BitsToDouble(_bits);
    public string String => Unsafe.As<string>(_reference!);
    public byte[] Bytes => Unsafe.As<byte[]>(_reference!);
    public CelList List => Unsafe.As<CelList>(_reference!);
    public CelMap Map => Unsafe.As<CelMap>(_reference!);
    public CelObject Object => Unsafe.As<CelObject>(_reference!);
    public CelOptional Optional => Unsafe.As<CelOptional>(_reference!);
    public CelTimestamp Timestamp => new(_bits, _nanos);
    public CelDuration Duration => new(_bits);
    public CelIp Ip => Unsafe.As<CelIp>(_reference!);
    public CelCidr Cidr => Unsafe.As<CelCidr>(_reference!);
    public SemanticVersion Version => Unsafe.As<SemanticVersion>(_reference!);
    public string TypeName => Unsafe.As<string>(_reference!);
    public CelError Failure => Unsafe.As<CelError>(_reference!);
    public CelUnknown Unknown => Unsafe.As<CelUnknown>(_reference!);

    public override string ToString() => ValueText.Json(this, 200);
}
