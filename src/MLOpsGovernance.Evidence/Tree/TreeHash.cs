using System.Security.Cryptography;

namespace MLOpsGovernance.Evidence.Tree;

/// <summary>The hashes of RFC 6962, section 2.1: SHA-256, with leaves and inner nodes told apart by their first byte.</summary>
public static class TreeHash
{
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>The root of the tree without leaves.</summary>
    public static byte[] Empty() => SHA256.HashData([]);

    public static byte[] Leaf(ReadOnlySpan<byte> data)
    {
        if (data.Length > 4096)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData([0]);
            hash.AppendData(data);
            return hash.GetHashAndReset();
        }

        Span<byte> prefixed = stackalloc byte[1 + data.Length];
        prefixed[0] = 0;
        data.CopyTo(prefixed[1..]);
        return SHA256.HashData(prefixed);
    }

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length + right.Length > 2 * Length) throw new ArgumentException("A node has two hashes of 32 bytes below it.", nameof(right));
        Span<byte> joined = stackalloc byte[1 + left.Length + right.Length];
        joined[0] = 1;
        left.CopyTo(joined[1..]);
        right.CopyTo(joined[(1 + left.Length)..]);
        return SHA256.HashData(joined);
    }
}
