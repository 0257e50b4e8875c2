namespace MLOpsGovernance.Evidence.Tree;

/// <summary>
/// A run of leaves, kept as the roots of the largest complete subtrees in it. One that begins at nought is what a log must remember to go on: a hash
/// for each set bit of its size. Neighbouring ranges can be joined, so that parts of a tree can be hashed apart.
/// </summary>
public sealed class CompactRange
{
    private readonly List<(TreeNode Node, byte[] Hash)> _nodes = [];

    private CompactRange(ulong begin) => (Begin, End) = (begin, begin);

    public ulong Begin { get; }

    public ulong End { get; private set; }

    /// <summary>The roots of the complete subtrees, from left to right.</summary>
    public IReadOnlyList<byte[]> Hashes => [.. _nodes.Select(static n => n.Hash)];

    public static CompactRange From(ulong begin) => new(begin);

    /// <exception cref="EvidenceRefusedException">As many hashes as the size has set bits are needed, of 32 bytes each.</exception>
    public static CompactRange Restore(ulong size, IReadOnlyList<byte[]> hashes)
    {
        var range = new CompactRange(0);
        var nodes = new TreeRange(0, size).Nodes().ToList();
        if (nodes.Count != hashes.Count || hashes.Any(static h => h.Length != TreeHash.Length))
            throw new EvidenceRefusedException(EvidenceRefusals.Proof, $"A tree of {size} leaves is remembered by {nodes.Count} hashes, not by these {hashes.Count}.");
        range._nodes.AddRange(nodes.Zip(hashes));
        range.End = size;
        return range;
    }

    public void Append(byte[] leafHash)
    {
        Push(new(0, End), leafHash);
        End++;
    }

    /// <exception cref="ArgumentException">The other range does not begin where this one ends.</exception>
    public void Append(CompactRange next)
    {
        if (next.Begin != End) throw new ArgumentException($"A range that begins at {next.Begin} does not follow one that ends at {End}.", nameof(next));
        foreach (var (node, hash) in next._nodes) Push(node, hash);
        End = next.End;
    }

    /// <summary>The root of the tree of all leaves up to <see cref="End"/>.</summary>
    /// <exception cref="InvalidOperationException">The range does not begin at the first leaf.</exception>
    public byte[] Root()
    {
        if (Begin != 0) throw new InvalidOperationException($"A range that begins at {Begin} has no root.");
        if (_nodes.Count == 0) return TreeHash.Empty();
        var root = _nodes[^1].Hash;
        for (var i = _nodes.Count - 2; i >= 0; i--) root = TreeHash.Node(_nodes[i].Hash, root);
        return root;
    }

    private void Push(TreeNode node, byte[] hash)
    {
        while (_nodes is [.., var last] && last.Node.Height == node.Height && (last.Node.Index & 1) == 0 && last.Node.Index + 1 == node.Index)
        {
            hash = TreeHash.Node(last.Hash, hash);
            node = new(node.Height + 1, node.Index >> 1);
            _nodes.RemoveAt(_nodes.Count - 1);
        }

        _nodes.Add((node, hash));
    }
}
