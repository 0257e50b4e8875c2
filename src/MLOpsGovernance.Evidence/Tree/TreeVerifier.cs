using System.Numerics;

namespace MLOpsGovernance.Evidence.Tree;

/// <summary>The verifying of proofs by RFC 9162, sections 2.1.3.2 and 2.1.4.2. Never throws: a proof holds or it does not.</summary>
public static class TreeVerifier
{
    public static bool Includes(ulong index, ulong size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        if (index >= size || leafHash.Length != TreeHash.Length || !AreHashes(proof)) return false;
        var (first, last, hash) = (index, size - 1, leafHash.ToArray());
        foreach (var sibling in proof)
        {
            if (last == 0) return false;
            if (IsOdd(first) || first == last)
            {
                hash = TreeHash.Node(sibling, hash);
                while (!IsOdd(first) && first != 0) (first, last) = (first >> 1, last >> 1);
            }
            else
            {
                hash = TreeHash.Node(hash, sibling);
            }

            (first, last) = (first >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>A proof from the empty tree says nothing and is refused; whoever must accept that size says so before asking here.</summary>
    public static bool IsConsistent(ulong older, ulong newer, ReadOnlySpan<byte> olderRoot, ReadOnlySpan<byte> newerRoot, IReadOnlyList<byte[]> proof)
    {
        if (older < 1 || older > newer || !AreHashes(proof)) return false;
        if (older == newer) return proof.Count == 0 && olderRoot.SequenceEqual(newerRoot);
        if (proof.Count == 0) return false;
        var complete = BitOperations.IsPow2(older);
        if (complete && olderRoot.Length != TreeHash.Length) return false;
        var (first, last) = (older - 1, newer - 1);
        while (IsOdd(first)) (first, last) = (first >> 1, last >> 1);
        var hash = complete ? olderRoot.ToArray() : proof[0];
        var (olderHash, newerHash) = (hash, hash);
        foreach (var sibling in proof.Skip(complete ? 0 : 1))
        {
            if (last == 0) return false;
            if (IsOdd(first) || first == last)
            {
                olderHash = TreeHash.Node(sibling, olderHash);
                newerHash = TreeHash.Node(sibling, newerHash);
                while (!IsOdd(first) && first != 0) (first, last) = (first >> 1, last >> 1);
            }
            else
            {
                newerHash = TreeHash.Node(newerHash, sibling);
            }

            (first, last) = (first >> 1, last >> 1);
        }

        return last == 0 && olderRoot.SequenceEqual(olderHash) && newerRoot.SequenceEqual(newerHash);
    }

    private static bool IsOdd(ulong number) => (number & 1) == 1;

    private static bool AreHashes(IReadOnlyList<byte[]> proof) => proof.All(static p => p is { Length: TreeHash.Length });
}
