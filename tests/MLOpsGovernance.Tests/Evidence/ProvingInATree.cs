using CsCheck;
using MLOpsGovernance.Evidence.Tiles;
using MLOpsGovernance.Evidence.Tree;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Evidence;

public sealed class ProvingInATree
{
    private static readonly LogInMemory Log = LogInMemory.Of(70_000);

    [Fact]
    public void Holds_for_every_leaf_of_every_size_and_falls_with_any_flipped_bit() =>
        Gen.Select(Gen.Int[1, Log.Count], Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Sample(static (size, pick, flip) =>
        {
            var (index, root) = ((ulong)(pick % size), Log.Root(size));
            var proof = TreeProof.Inclusion(index, (ulong)size, Log.NodeFromTiles(size));
            TreeVerifier.Includes(index, (ulong)size, Log.Leaf(index), proof, root).ShouldBeTrue();
            TreeVerifier.Includes(index ^ 1, (ulong)size, Log.Leaf(index), proof, root).ShouldBeFalse();
            TreeVerifier.Includes(index, (ulong)size, Log.Leaf(index), [.. proof, root], root).ShouldBeFalse();
            TreeVerifier.Includes(index, (ulong)size, Flipped(Log.Leaf(index), flip), proof, root).ShouldBeFalse();
            TreeVerifier.Includes(index, (ulong)size, Log.Leaf(index), proof, Flipped(root, flip)).ShouldBeFalse();
            if (proof.Length > 0) TreeVerifier.Includes(index, (ulong)size, Log.Leaf(index), Flipped(proof, flip), root).ShouldBeFalse();
        }, iter: 300);

    [Fact]
    public void Holds_between_any_two_sizes_and_falls_with_any_flipped_bit() =>
        Gen.Select(Gen.Int[1, Log.Count], Gen.Int[1, Log.Count], Gen.Int[0, int.MaxValue]).Sample(static (a, b, flip) =>
        {
            var (older, newer) = (Math.Min(a, b), Math.Max(a, b));
            var (olderRoot, newerRoot) = (Log.Root(older), Log.Root(newer));
            var proof = TreeProof.Consistency((ulong)older, (ulong)newer, Log.NodeFromTiles(newer));
            TreeVerifier.IsConsistent((ulong)older, (ulong)newer, olderRoot, newerRoot, proof).ShouldBeTrue();
            TreeVerifier.IsConsistent((ulong)older, (ulong)newer, Flipped(olderRoot, flip), newerRoot, proof).ShouldBeFalse();
            TreeVerifier.IsConsistent((ulong)older, (ulong)newer, olderRoot, Flipped(newerRoot, flip), proof).ShouldBeFalse();
            if (proof.Length > 0) TreeVerifier.IsConsistent((ulong)older, (ulong)newer, olderRoot, newerRoot, Flipped(proof, flip)).ShouldBeFalse();
        }, iter: 300);

    [Fact]
    public void Uses_tiles_that_are_the_same_however_the_log_grew() =>
        Gen.Int[1, 300].Array[1, 12].Sample(static steps =>
        {
            var (tiles, size) = (new Dictionary<TileCoordinate, byte[]>(), 0);
            foreach (var step in steps)
            {
                foreach (var tile in TileGrowth.Of((ulong)size, [.. Enumerable.Range(size, step).Select(static i => Log.Leaf((ulong)i))], at => tiles[at])) tiles[tile.At] = tile.Data;
                size += step;
            }

            TreeProof.Root((ulong)size, node => TileCoordinate.NodeIn(tiles[TileCoordinate.Holding(node, (ulong)size)], node)).ShouldBe(Log.Root(size));
        }, iter: 50);

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        var copy = bytes.ToArray();
        copy[bit / 8 % copy.Length] ^= (byte)(1 << (bit % 8));
        return copy;
    }

    private static byte[][] Flipped(byte[][] proof, int bit)
    {
        var copy = proof.ToArray();
        copy[bit / 256 % copy.Length] = Flipped(copy[bit / 256 % copy.Length], bit);
        return copy;
    }
}
