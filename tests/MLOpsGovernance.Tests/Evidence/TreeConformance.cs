using MLOpsGovernance.Evidence.Tree;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Evidence;

/// <summary>Hashes, roots and proofs of RFC 6962 by public test data.</summary>
public sealed class TreeConformance
{
    private static readonly MerkleData Roots = new("rfc6962-known-roots.json"), Ranges = new("compact-range-golden-roots.json"),
        Inclusions = new("inclusion-proofs.json"), Consistencies = new("consistency-proofs.json");

    public static IEnumerable<TheoryDataRow<int>> Hashes() => Roots.Rows("hasher", MerkleData.Describe);

    public static IEnumerable<TheoryDataRow<int>> Sizes() => Ranges.Rows("cases", static c => $"size {c.Number("size")}");

    public static IEnumerable<TheoryDataRow<int>> InclusionCases() => Inclusions.Rows("cases", MerkleData.Describe);

    public static IEnumerable<TheoryDataRow<int>> ConsistencyCases() => Consistencies.Rows("cases", MerkleData.Describe);

    [Theory]
    [MemberData(nameof(Hashes))]
    public void Hashes_as_RFC_6962_does(int index)
    {
        var @case = Roots.Case("hasher", index);
        var hash = @case.Text("op") switch
        {
            "empty" => TreeHash.Empty(),
            "leaf" => TreeHash.Leaf(@case.Hex("dataHex")),
            _ => TreeHash.Node(@case.Hex("leftHex"), @case.Hex("rightHex")),
        };
        hash.ShouldBe(@case.Hex("want"));
    }

    [Fact]
    public void Gives_the_known_roots_and_nodes()
    {
        var data = Roots.Root;
        var leaves = data.GetProperty("leafInputsHex").EnumerateArray().Select(static l => TreeHash.Leaf(Convert.FromHexString(l.GetString()!))).ToList();
        var levels = data.GetProperty("nodeHashesByLevel");
        byte[] Node(TreeNode node) => Convert.FromHexString(levels[node.Height][(int)node.Index].GetString()!);

        var range = CompactRange.From(0);
        var size = 0;
        foreach (var root in data.GetProperty("rootHashesBySize").EnumerateArray())
        {
            range.Root().ShouldBe(Convert.FromHexString(root.GetString()!));
            TreeProof.Root((ulong)size, Node).ShouldBe(range.Root());
            if (size < leaves.Count) range.Append(leaves[size++]);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gives_the_golden_roots_of_compact_ranges(int index)
    {
        var @case = Ranges.Case("cases", index);
        var (whole, left, right) = (CompactRange.From(0), CompactRange.From(0), CompactRange.From(@case.Number("size") / 3));
        for (var i = 0UL; i < @case.Number("size"); i++)
        {
            var leaf = TreeHash.Leaf([(byte)i, (byte)(i >> 8)]);
            whole.Append(leaf);
            (i < right.Begin ? left : right).Append(leaf);
        }

        left.Append(right);
        var wanted = @case.Bytes("rootBase64") is { Length: > 0 } root ? root : TreeHash.Empty();
        whole.Root().ShouldBe(wanted);
        left.Root().ShouldBe(wanted);
        CompactRange.Restore(whole.End, whole.Hashes).Root().ShouldBe(wanted);
    }

    [Theory]
    [MemberData(nameof(InclusionCases))]
    public void Judges_inclusion_proofs(int index)
    {
        var @case = Inclusions.Case("cases", index);
        TreeVerifier.Includes(@case.Number("leafIdx"), @case.Number("treeSize"), @case.Bytes("leafHash"), @case.Proof(), @case.Bytes("root")).ShouldBe(!@case.WantsError());
    }

    [Theory]
    [MemberData(nameof(ConsistencyCases))]
    public void Judges_consistency_proofs(int index)
    {
        var @case = Consistencies.Case("cases", index);
        TreeVerifier.IsConsistent(@case.Number("size1"), @case.Number("size2"), @case.Bytes("root1"), @case.Bytes("root2"), @case.Proof()).ShouldBe(!@case.WantsError());
    }
}
