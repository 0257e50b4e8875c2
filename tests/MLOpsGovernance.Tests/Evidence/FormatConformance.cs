using System.Globalization;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Receipts;
using MLOpsGovernance.Evidence.Tiles;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Evidence;

/// <summary>Checkpoints, names of tiles and receipts by public test data.</summary>
public sealed class FormatConformance
{
    private static readonly MerkleData Data = new("checkpoint-tile-proof-formats.json");

    public static IEnumerable<TheoryDataRow<int>> Bodies() => Data.Rows("checkpointBodies", MerkleData.Describe);

    public static IEnumerable<TheoryDataRow<int>> Logs() => Data.Rows("logIds", static c => c.Text("origin"));

    public static IEnumerable<TheoryDataRow<int>> TilePaths() => Data.Rows("tilePathsC2SP", static c => c.Text("path"));

    public static IEnumerable<TheoryDataRow<int>> BundlePaths() => Data.Rows("entryBundlePathsC2SP", static c => c.Text("path"));

    public static IEnumerable<TheoryDataRow<int>> Parsed() => Data.Rows("parseTilePathC2SP", static c => $"{c.Text("level")}/{c.Text("index")}");

    public static IEnumerable<TheoryDataRow<int>> Receipts() => Data.Rows("tlogProofs", MerkleData.Describe);

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Reads_the_lines_of_a_checkpoint(int index)
    {
        var @case = Data.Case("checkpointBodies", index);
        if (@case.WantsError())
        {
            Should.Throw<EvidenceRefusedException>(() => Checkpoint.Split(@case.Text("body"))).Code.ShouldBe(EvidenceRefusals.Checkpoint);
            Should.Throw<EvidenceRefusedException>(() => Checkpoint.Parse(@case.Text("body")));
        }
        else
        {
            Checkpoint.Split(@case.Text("body")).After.ShouldBe(@case.GetProperty("wantRest").GetString() ?? "");
        }
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void Identifies_a_log(int index)
    {
        var @case = Data.Case("logIds", index);
        LogId.InFormats(@case.Text("origin")).ShouldBe(@case.Text("sha256Id"));
    }

    [Theory]
    [MemberData(nameof(TilePaths))]
    public void Names_tiles(int index)
    {
        var @case = Data.Case("tilePathsC2SP", index);
        var partial = @case.GetProperty("partial").GetInt32();
        new TileCoordinate(@case.GetProperty("level").GetInt32(), @case.Number("index"), partial == 0 ? TileCoordinate.Full : partial).Path.ShouldBe(@case.Text("path"));
    }

    [Theory]
    [MemberData(nameof(BundlePaths))]
    public void Names_entry_bundles(int index)
    {
        var @case = Data.Case("entryBundlePathsC2SP", index);
        EntryBundle.PathOf(@case.Number("seq"), @case.Number("logSize")).ShouldBe(@case.Text("path"));
    }

    [Theory]
    [MemberData(nameof(Parsed))]
    public void Reads_names_of_tiles(int index)
    {
        var @case = Data.Case("parseTilePathC2SP", index);
        if (@case.WantsError())
        {
            Should.Throw<EvidenceRefusedException>(() => TileCoordinate.Parse(@case.Text("level"), @case.Text("index"))).Code.ShouldBe(EvidenceRefusals.Tile);
            return;
        }

        var width = @case.GetProperty("wantPartial").GetInt32();
        TileCoordinate.Parse(@case.Text("level"), @case.Text("index"))
            .ShouldBe(new(@case.GetProperty("wantLevel").GetInt32(), @case.Number("wantIndex"), width == 0 ? TileCoordinate.Full : width));
    }

    [Theory]
    [MemberData(nameof(Receipts))]
    public void Reads_receipts(int index)
    {
        var @case = Data.Case("tlogProofs", index);
        if (@case.WantsError())
        {
            Should.Throw<EvidenceRefusedException>(() => Receipt.Parse(@case.Text("text"))).Code.ShouldBe(EvidenceRefusals.Receipt);
            return;
        }

        var receipt = Receipt.Parse(@case.Text("text"));
        if (@case.Has("index")) receipt.Index.ShouldBe(@case.Number("index"));
        receipt.ToString().ShouldBe(@case.Text("text"));
    }

    [Fact]
    public void Knows_which_tiles_a_log_has()
    {
        var example = Data.Root.GetProperty("c2spTilesExample");
        var size = example.Number("size");
        foreach (var level in example.GetProperty("tiles").EnumerateObject())
        {
            var number = int.Parse(level.Name, CultureInfo.InvariantCulture);
            var (full, partial) = (level.Value.Number("full"), level.Value.GetProperty("partial").GetInt32());
            if (full > 0) TileCoordinate.WidthIn(size, number, full - 1).ShouldBe(TileCoordinate.Full);
            TileCoordinate.WidthIn(size, number, full).ShouldBe(partial);
            TileCoordinate.WidthIn(size, number, full + 1).ShouldBe(0);
        }
    }
}
