using System.Buffers;
using System.Security.Cryptography;

namespace MLOpsGovernance.Evidence;

/// <summary>The one spelling of a digest: <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
public static class Digest
{
    private const string Prefix = "sha256:";
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static string Sha256(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Prefix + Convert.ToHexStringLower(hash);
    }

    /// <summary>Upper-case digits are refused, so that two spellings of one digest cannot exist.</summary>
    public static bool IsWellFormed(string text) =>
        text is { Length: 71 }
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(LowerHex) < 0;
}
