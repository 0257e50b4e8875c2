using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>Base64, standard alphabet; padding may be missing when decoding.</summary>
internal static class EncoderFunctions
{
    private static readonly CostRule Scan = static sizes => Sizes.Tenth(sizes[0]) + 1;

    public static void AddTo(LibraryBuilder library) => library
        .Global("base64.encode(bytes): string", static (_, a) => CelValue.Of(Convert.ToBase64String(a[0].Bytes)), Scan, static e => new(e[0].Size * 2 + 4))
        .Global("base64.decode(string): bytes", static (_, a) => Decode(a[0].String), Scan, static e => e[0]);

    private static CelValue Decode(string text)
    {
        var padded = text.Length % 4 == 0 ? text : text + new string('=', 4 - text.Length % 4);
        var bytes = new byte[padded.Length / 4 * 3];
        return !text.AsSpan().ContainsAny(" \t\r\n") && Convert.TryFromBase64String(padded, bytes, out var length)
            ? CelValue.Of(bytes[..length])
            : CelValue.Error("the text is not base64");
    }
}
