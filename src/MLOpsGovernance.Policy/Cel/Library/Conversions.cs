using System.Globalization;
using System.Text;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>Type conversions, size and type().</summary>
internal static class Conversions
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly CostRule Scan = static sizes => Sizes.Tenth(sizes[0]) + 1;
    private static readonly ExtentRule Digits = static _ => new(32);

    public static void AddTo(LibraryBuilder library)
    {
        Size(library);
        library
            .Global("type(A): type(A)", static (_, a) => CelValue.OfType(TypeNames.Of(a[0])))
            .Global("dyn(A): dyn", static (_, a) => a[0], extent: static e => e[0])
            .Global("bool(bool): bool", static (_, a) => a[0])
            .Global("bool(string): bool", static (_, a) => ToBool(a[0].String));

        library
            .Global("int(int): int", static (_, a) => a[0])
            .Global("int(uint): int", static (_, a) => a[0].UInt <= long.MaxValue ? CelValue.Of((long)a[0].UInt) : CelError.IntOverflow)
            .Global("int(double): int", static (_, a) => Numbers.ToInt(a[0].Double))
            .Global("int(string): int", static (_, a) => long.TryParse(a[0].String, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v)
                ? CelValue.Of(v) : NotA("int", a[0]), Scan)
            .Global("int(timestamp): int", static (_, a) => CelValue.Of(a[0].Timestamp.Seconds))
            .Global("int(duration): int", static (_, a) => CelValue.Of(a[0].Duration.Nanos))
            .Global("uint(uint): uint", static (_, a) => a[0])
            .Global("uint(int): uint", static (_, a) => a[0].Int >= 0 ? CelValue.Of((ulong)a[0].Int) : CelError.UIntOverflow)
            .Global("uint(double): uint", static (_, a) => Numbers.ToUInt(a[0].Double))
            .Global("uint(string): uint", static (_, a) => ulong.TryParse(a[0].String, NumberStyles.None, CultureInfo.InvariantCulture, out var v)
                ? CelValue.Of(v) : NotA("uint", a[0]), Scan)
            .Global("double(double): double", static (_, a) => a[0])
            .Global("double(int): double", static (_, a) => CelValue.Of((double)a[0].Int))
            .Global("double(uint): double", static (_, a) => CelValue.Of((double)a[0].UInt))
            .Global("double(string): double", static (_, a) => ToDouble(a[0]), Scan);

        library
            .Global("string(string): string", static (_, a) => a[0], extent: static e => e[0])
            .Global("string(bool): string", static (_, a) => CelValue.Of(a[0].Bool ? "true" : "false"), extent: Digits)
            .Global("string(int): string", static (_, a) => CelValue.Of(a[0].Int.ToString(CultureInfo.InvariantCulture)), extent: Digits)
            .Global("string(uint): string", static (_, a) => CelValue.Of(a[0].UInt.ToString(CultureInfo.InvariantCulture)), extent: Digits)
            .Global("string(double): string", static (_, a) => CelValue.Of(Numbers.Text(a[0].Double)), extent: Digits)
            .Global("string(bytes): string", static (_, a) => ToText(a[0].Bytes), Scan, static e => e[0])
            .Global("string(timestamp): string", static (_, a) => CelValue.Of(a[0].Timestamp.ToString()), extent: Digits)
            .Global("string(duration): string", static (_, a) => CelValue.Of(a[0].Duration.ToString()), extent: Digits)
            .Global("bytes(bytes): bytes", static (_, a) => a[0], extent: static e => e[0])
            .Global("bytes(string): bytes", static (_, a) => CelValue.Of(Encoding.UTF8.GetBytes(a[0].String)), Scan, static e => new(e[0].Size * 3))
            .Global("timestamp(timestamp): timestamp", static (_, a) => a[0])
            .Global("timestamp(string): timestamp", static (_, a) => CelTimestamp.Parse(a[0].String))
            .Global("timestamp(int): timestamp", static (_, a) => CelTimestamp.FromSeconds(a[0].Int))
            .Global("duration(duration): duration", static (_, a) => a[0])
            .Global("duration(int): duration", static (_, a) => CelValue.Of(new CelDuration(a[0].Int)))
            .Global("duration(string): duration", static (_, a) => CelDuration.Parse(a[0].String), Scan);
    }

    private static void Size(LibraryBuilder library)
    {
        library
            .Global("size(string): int", static (_, a) => CelValue.Of((long)CodePoints.Count(a[0].String)), Scan)
            .Global("size(bytes): int", static (_, a) => CelValue.Of((long)a[0].Bytes.Length))
            .Global("size(list(A)): int", static (_, a) => CelValue.Of((long)a[0].List.Count))
            .Global("size(map(A, B)): int", static (_, a) => CelValue.Of((long)a[0].Map.Count))
            .Member("string.size(): int", static (_, a) => CelValue.Of((long)CodePoints.Count(a[0].String)), Scan)
            .Member("bytes.size(): int", static (_, a) => CelValue.Of((long)a[0].Bytes.Length))
            .Member("list(A).size(): int", static (_, a) => CelValue.Of((long)a[0].List.Count))
            .Member("map(A, B).size(): int", static (_, a) => CelValue.Of((long)a[0].Map.Count));
    }

    private static CelValue NotA(string type, in CelValue text) => CelValue.Error($"{ValueText.Json(text, 60)} is not {(type == "int" ? "an" : "a")} {type}");

    private static CelValue ToBool(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => CelValue.True,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => CelValue.False,
        _ => NotA("bool", CelValue.Of(text)),
    };

    private static CelValue ToDouble(in CelValue text)
    {
        if (text.String.Length <= 9)
        {
            switch (text.String.ToLowerInvariant())
            {
                case "nan": return CelValue.Of(double.NaN);
                case "infinity" or "+infinity" or "inf" or "+inf": return CelValue.Of(double.PositiveInfinity);
                case "-infinity" or "-inf": return CelValue.Of(double.NegativeInfinity);
            }
        }

        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text.String, styles, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? CelValue.Of(value) : NotA("double", text);
    }

    private static CelValue ToText(byte[] bytes)
    {
        if (!System.Text.Unicode.Utf8.IsValid(bytes)) return CelValue.Error("the bytes are not valid UTF-8");
        return CelValue.Of(StrictUtf8.GetString(bytes));
    }
}
