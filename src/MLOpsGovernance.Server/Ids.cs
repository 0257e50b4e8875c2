using System.Security.Cryptography;
using System.Text;

namespace MLOpsGovernance.Server;

internal static class Ids
{
    private static readonly Guid Namespace = new("6f1a2d9e-7c52-4a6b-9b0a-3f6d2c1e8a47");

    /// <summary>The same name always gives the same id (RFC 9562 §5.5, version 5, SHA-1).</summary>
    public static Guid Version5(string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var input = new byte[16 + text.Length];
        Namespace.TryWriteBytes(input, bigEndian: true, out _);
        text.CopyTo(input, 16);
#pragma warning disable CA5350 // The standard asks for SHA-1; nothing secret rests on it.
        var hash = SHA1.HashData(input);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash.AsSpan(0, 16), bigEndian: true);
    }
}
