using System.Numerics;
using System.Runtime.InteropServices;

namespace MLOpsGovernance.Evidence.Tree;

/// <summary>The root of a complete subtree: that of the leaves from <c>Index · 2^Height</c> on, <c>2^Height</c> of them.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TreeNode(int Height, ulong Index);

/// <summary>The leaves from <paramref name="Start"/> to before <paramref name="End"/>, as RFC 6962 splits them.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TreeRange(ulong Start, ulong End)
{
    public ulong Count => End - Start;

    /// <summary>The largest power of two below the number of leaves: where the range is split.</summary>
    public ulong Middle => Start + (1UL << BitOperations.Log2(Count - 1));

    /// <summary>The complete subtrees that make up the range, from left to right.</summary>
    public IEnumerable<TreeNode> Nodes()
    {
        if (Count == 0) yield break;
        var rest = this;
        while (!BitOperations.IsPow2(rest.Count))
        {
            var height = BitOperations.Log2(rest.Count - 1);
            yield return new(height, rest.Start >> height);
            rest = rest with { Start = rest.Middle };
        }

        yield return new(BitOperations.Log2(rest.Count), rest.Start >> BitOperations.Log2(rest.Count));
    }

    public byte[] Hash(Func<TreeNode, byte[]> source)
    {
        if (Count == 0) return TreeHash.Empty();
        var nodes = Nodes().ToList();
        var hash = source(nodes[^1]);
        for (var i = nodes.Count - 2; i >= 0; i--) hash = TreeHash.Node(source(nodes[i]), hash);
        return hash;
    }
}
