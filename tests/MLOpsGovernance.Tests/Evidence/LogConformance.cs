using System.Text;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Tiles;
using MLOpsGovernance.Evidence.Tree;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Evidence;

/// <summary>A whole log of another implementation, made again from its entries and its key.</summary>
public sealed class LogConformance
{
    private static readonly MerkleData Data = new("tessera-testdata-log.json");

    [Fact]
    public void Comes_out_byte_for_byte()
    {
        using var key = SigningKey.Parse(Data.Root.Text("testSignerKey"));
        key.Verifier.ToString().ShouldBe(Data.Root.Text("verifierKey"));
        var entries = Data.Root.GetProperty("entriesUtf8").EnumerateArray().Select(static e => Encoding.UTF8.GetBytes(e.GetString()!)).ToList();
        var resources = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var tree = CompactRange.From(0);
        foreach (var wanted in Data.Root.GetProperty("checkpoints").EnumerateArray().OrderBy(static c => c.Number("size")))
        {
            while (tree.End < wanted.Number("size")) Append(entries[(int)tree.End]);
            SignedCheckpoint.Sign(new(key.Verifier.Name, tree.End, tree.Root()), default, key).Note.ToString().ShouldBe(wanted.Text("checkpoint"));
            SignedCheckpoint.Open(wanted.Text("checkpoint"), [key.Verifier]).Checkpoint.Size.ShouldBe(tree.End);
        }

        foreach (var resource in Data.Root.GetProperty("resourcesBase64").EnumerateObject()) resources[resource.Name].ShouldBe(Convert.FromBase64String(resource.Value.GetString()!), resource.Name);

        void Append(byte[] entry)
        {
            var leaf = TreeHash.Leaf(entry);
            foreach (var tile in TileGrowth.Of(tree.End, [leaf], at => resources[at.Path])) resources[tile.At.Path] = tile.Data;
            tree.Append(leaf);
            var bundle = (tree.End - 1) / 256;
            var width = TileCoordinate.WidthIn(tree.End, 0, bundle);
            resources[EntryBundle.Path(bundle, width)] = EntryBundle.Write(entries[(int)(bundle * 256)..(int)tree.End]);
        }
    }
}
