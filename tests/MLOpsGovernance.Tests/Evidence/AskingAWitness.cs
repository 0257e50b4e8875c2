using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Tree;
using MLOpsGovernance.Evidence.Witnesses;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Evidence;

public sealed class AskingAWitness
{
    private const string Origin = "log.example/audit";
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly SigningKey LogKey = SigningKey.Generate(Origin), Stranger = SigningKey.Generate(Origin), Key = SigningKey.Generate("witness.example", NoteKeyKind.Cosignature);
    private static readonly LogInMemory Log = LogInMemory.Of(300);

    [Fact]
    public void Cosigns_what_only_grew_and_says_when()
    {
        var first = Ask(0, 5, [], null);
        first.Status.ShouldBe(200);
        var second = Ask(5, 300, TreeProof.Consistency(5, 300, Log.NodeFromTiles(300)), first.Cosigned!.Checkpoint);
        second.Status.ShouldBe(200);
        Witness.Cosignatures(second.Body, SignedNote.Parse(Signed(300).ToString()), [Key.Verifier]).ShouldHaveSingleItem();
        SignedCheckpoint.Open(second.Cosigned!.Note.ToString(), [LogKey.Verifier]).Checkpoint.Size.ShouldBe(300UL);
    }

    [Fact]
    public void Is_told_from_where_to_go_on_when_the_size_is_not_what_it_last_saw()
    {
        var answer = Ask(0, 5, [], Known(3));
        (answer.Status, answer.Body, answer.ContentType).ShouldBe((409, "3\n", "text/x.tlog.size"));
    }

    [Fact]
    public void Refuses_a_log_that_forked() => Ask(5, 300, TreeProof.Consistency(6, 300, Log.NodeFromTiles(300)), Known(5)).Status.ShouldBe(422);

    [Fact]
    public void Refuses_another_root_for_a_size_it_has_seen() => Ask(5, 5, [], Known(5) with { Root = new byte[32] }).Status.ShouldBe(422);

    [Fact]
    public void Refuses_a_proof_from_nothing() => Ask(0, 5, [new byte[32]], null).Status.ShouldBe(422);

    [Fact]
    public void Refuses_an_empty_log_with_a_root() =>
        Witness.Answer(new WitnessRequest(0, [], SignedNote.Sign($"{Origin}\n0\n{Convert.ToBase64String(new byte[32])}\n", Noon, LogKey).ToString()).ToString(), null, [LogKey.Verifier], Key, Noon).Status.ShouldBe(422);

    [Fact]
    public void Refuses_to_go_back() => Ask(9, 5, [], Known(9)).Status.ShouldBe(400);

    [Fact]
    public void Refuses_a_stranger() => Witness.Answer(new WitnessRequest(0, [], Signed(5, Stranger).ToString()).ToString(), null, [LogKey.Verifier], Key, Noon).Status.ShouldBe(403);

    [Fact]
    public void Refuses_a_log_it_does_not_know() => Witness.Answer(new WitnessRequest(0, [], Signed(5).ToString()).ToString(), null, [], Key, Noon).Status.ShouldBe(404);

    [Fact]
    public void Refuses_what_is_no_request() => Witness.Answer("hello\n", null, [LogKey.Verifier], Key, Noon).Status.ShouldBe(400);

    [Fact]
    public void Counts_towards_a_quorum()
    {
        var policy = TrustPolicy.Parse($"# trusted\nlog {LogKey.Verifier} https://log.example\nwitness one {Key.Verifier}\nwitness two {SigningKey.Generate("w2", NoteKeyKind.Cosignature).Verifier}\ngroup both all one two\nquorum both\n");
        var one = TrustPolicy.Parse($"log {LogKey.Verifier}\nwitness one {Key.Verifier}\nquorum one\n");
        var none = TrustPolicy.Parse($"log {LogKey.Verifier}\nquorum none\n");
        var cosigned = Signed(5).With(Key, Noon).ToString();
        one.Open(cosigned).Checkpoint.Size.ShouldBe(5UL);
        none.Open(Signed(5).ToString()).Checkpoint.Size.ShouldBe(5UL);
        Should.Throw<EvidenceRefusedException>(() => policy.Open(cosigned)).Code.ShouldBe(EvidenceRefusals.Quorum);
        Should.Throw<EvidenceRefusedException>(() => one.Open(Signed(5).ToString())).Code.ShouldBe(EvidenceRefusals.Quorum);
    }

    [Theory]
    [InlineData("quorum later\n")]
    [InlineData("quorum none\nquorum none\n")]
    [InlineData("")]
    [InlineData("witness w KEY\nwitness x KEY\nquorum none\n")]
    [InlineData("witness w KEY\ngroup g 2 w\nquorum g\n")]
    [InlineData("witness w KEY\ngroup g any w\ngroup h any w\nquorum h\n")]
    [InlineData("witness w KEY\ngroup w any w\nquorum w\n")]
    [InlineData("log KEY\nquorum none\n")]
    [InlineData("trust everybody\nquorum none\n")]
    public void Is_not_trusted_by_a_policy_that_is_wrong(string policy) =>
        Should.Throw<EvidenceRefusedException>(() => TrustPolicy.Parse(policy.Replace("KEY", Key.Verifier.ToString(), StringComparison.Ordinal)));

    private static Checkpoint Known(int size) => new(Origin, (ulong)size, Log.Root(size));

    private static SignedNote Signed(int size, SigningKey? key = null) => SignedCheckpoint.Sign(Known(size), Noon, key ?? LogKey).Note;

    private static WitnessAnswer Ask(ulong old, int size, byte[][] proof, Checkpoint? last) =>
        Witness.Answer(new WitnessRequest(old, proof, Signed(size).ToString()).ToString(), last, [LogKey.Verifier], Key, Noon);
}
