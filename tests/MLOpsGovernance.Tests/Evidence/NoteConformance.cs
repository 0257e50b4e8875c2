using System.Buffers.Binary;
using System.Text;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Notes;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Evidence;

/// <summary>Keys, signed notes and cosignatures by public test data.</summary>
public sealed class NoteConformance
{
    private static readonly MerkleData Data = new("signed-note.json");

    public static IEnumerable<TheoryDataRow<int>> Notes() => Data.Rows("notes", MerkleData.Describe);

    public static IEnumerable<TheoryDataRow<int>> InvalidKeys() => Data.Rows("invalidVkeys", MerkleData.Describe);

    public static IEnumerable<TheoryDataRow<int>> TestKeys() => Data.Rows("testKeys", static k => k.Text("vkey"));

    public static IEnumerable<TheoryDataRow<int>> WitnessKeys() => Data.Rows("cosignatureVkeys", MerkleData.Describe);

    [Theory]
    [MemberData(nameof(Notes))]
    public void Opens_what_known_keys_signed_and_nothing_else(int index)
    {
        var @case = Data.Case("notes", index);
        var keys = @case.GetProperty("vkeys").EnumerateArray().Select(static k => VerifierKey.Parse(k.GetString()!)).ToList();
        var bytes = @case.Has("noteBase64") ? @case.Bytes("noteBase64") : Encoding.UTF8.GetBytes(@case.Text("note"));
        (SignedNote Note, int Verified) Open()
        {
            var note = SignedNote.Parse(bytes);
            return (note, note.VerifiedBy(keys).Count);
        }

        if (@case.WantsError())
        {
            Should.Throw<EvidenceRefusedException>(() => Open());
            return;
        }

        var (opened, verified) = Open();
        Encoding.UTF8.GetBytes(opened.ToString()).ShouldBe(bytes);
        if (@case.Has("wantVerified")) verified.ShouldBe(@case.GetProperty("wantVerified").GetInt32());
        if (@case.Has("wantUnverified")) opened.Signatures.Where(s => !keys.Exists(s.IsBy)).Select(static s => s.Line).Distinct().Count().ShouldBe(@case.GetProperty("wantUnverified").GetInt32());
        if (@case.Has("wantOrigin")) Checkpoint.Parse(opened.Text).Origin.ShouldBe(@case.Text("wantOrigin"));
        if (@case.Has("wantSize")) Checkpoint.Parse(opened.Text).Size.ShouldBe(@case.Number("wantSize"));
    }

    [Theory]
    [MemberData(nameof(InvalidKeys))]
    public void Refuses_invalid_keys(int index)
    {
        var key = Data.Case("invalidVkeys", index).GetString()!;
        Should.Throw<EvidenceRefusedException>(() => VerifierKey.Parse(key)).Code.ShouldBe(EvidenceRefusals.Key);
    }

    [Theory]
    [MemberData(nameof(TestKeys))]
    public void Reads_and_writes_pairs_of_keys(int index)
    {
        var pair = Data.Case("testKeys", index);
        using var key = SigningKey.Parse(pair.Text("skey"));
        key.Verifier.ToString().ShouldBe(pair.Text("vkey"));
        key.ToSecretText().ShouldBe(pair.Text("skey"));
        key.Verifier.ShouldBe(VerifierKey.Parse(pair.Text("vkey")));
    }

    [Theory]
    [MemberData(nameof(WitnessKeys))]
    public void Reads_keys_of_witnesses(int index)
    {
        var key = Data.Case("cosignatureVkeys", index).GetString()!;
        VerifierKey.Parse(key).ToString().ShouldBe(key);
    }

    [Fact]
    public void Signs_byte_for_byte()
    {
        var sign = Data.Root.GetProperty("sign");
        using var key = SigningKey.Parse(sign.Text("skey"));
        SignedNote.Sign(sign.Text("text"), default, key).ToString().ShouldBe(sign.Text("want"));
    }

    [Fact]
    public void Reads_the_time_of_a_cosignature()
    {
        var signature = Data.Root.GetProperty("cosignatureTimestamp");
        BinaryPrimitives.ReadUInt64BigEndian(signature.Bytes("base64").AsSpan(4)).ShouldBe(signature.Number("wantUnix"));
    }
}
