namespace MLOpsGovernance.Evidence.Tree;

/// <summary>
/// Which ranges a proof consists of, and the proof itself from any source of nodes: the whole tree in memory, tiles in a folder or rows in a database.
/// </summary>
public static class TreeProof
{
    /// <summary>The ranges whose hashes lead from a leaf to the root; the leaf's sibling first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    public static IReadOnlyList<TreeRange> InclusionRanges(ulong index, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<TreeRange>();
        var range = new TreeRange(0, size);
        while (range.Count > 1)
        {
            var (left, right) = (range with { End = range.Middle }, range with { Start = range.Middle });
            (range, var sibling) = index < range.Middle ? (left, right) : (right, left);
            path.Add(sibling);
        }

        path.Reverse();
        return path;
    }

    /// <summary>The ranges whose hashes show that the tree of one size begins with the tree of a smaller one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The older size is nought, or larger than the newer one.</exception>
    public static IReadOnlyList<TreeRange> ConsistencyRanges(ulong older, ulong newer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(older);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(older, newer);
        if (older == newer) return [];
        var path = new List<TreeRange>();
        var range = new TreeRange(0, newer);
        while (range.End != older)
        {
            var (left, right) = (range with { End = range.Middle }, range with { Start = range.Middle });
            (range, var sibling) = older <= range.Middle ? (left, right) : (right, left);
            path.Add(sibling);
        }

        // What is left is a subtree of both; only where it is the whole of the older tree does the verifier know its hash already.
        if (range.Start != 0) path.Add(range);
        path.Reverse();
        return path;
    }

    public static byte[][] Inclusion(ulong index, ulong size, Func<TreeNode, byte[]> source) => Hashes(InclusionRanges(index, size), source);

    public static byte[][] Consistency(ulong older, ulong newer, Func<TreeNode, byte[]> source) => Hashes(ConsistencyRanges(older, newer), source);

    public static byte[] Root(ulong size, Func<TreeNode, byte[]> source) => new TreeRange(0, size).Hash(source);

    private static byte[][] Hashes(IReadOnlyList<TreeRange> ranges, Func<TreeNode, byte[]> source) => [.. ranges.Select(range => range.Hash(source))];
}
