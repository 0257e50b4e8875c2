using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Tree;
using MLOpsGovernance.Evidence.Verdicts;
using MLOpsGovernance.Server.Audit;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Audit;

/// <summary>Three servers one after the other on one database: with the old keys, with both, with the new ones alone.</summary>
public sealed class RotatingTheKeys(Database database)
{
    private const string Origin = "mlops-governance/audit";

    [Fact]
    public async Task Leaves_nobody_without_a_key_to_check_with_and_what_was_signed_before_good_for_ever()
    {
        var connection = await database.NewDatabaseAsync(nameof(RotatingTheKeys));
        using SigningKey oldLog = SigningKey.Generate(Origin), newLog = SigningKey.Generate(Origin);
        using EnvelopeSigningKey oldVerdict = EnvelopeSigningKey.Generate(), newVerdict = EnvelopeSigningKey.Generate();

        var first = await SignedWithAsync(connection, "one", ("Audit:LogKey", oldLog.ToPkcs8()), ("Audit:VerdictKey", oldVerdict.ToPkcs8()));
        var second = await SignedWithAsync(connection, "two", ("Audit:LogKey", oldLog.ToPkcs8()), ("Audit:NextLogKey", newLog.ToPkcs8()), ("Audit:VerdictKey", oldVerdict.ToPkcs8()), ("Audit:NextVerdictKey", newVerdict.ToPkcs8()));
        var third = await SignedWithAsync(connection, "three", ("Audit:LogKey", newLog.ToPkcs8()), ("Audit:RetiredLogKeys:0", oldLog.Verifier.ToString()), ("Audit:VerdictKey", newVerdict.ToPkcs8()));

        foreach (var (signed, byOld, byNew) in new[] { (first, true, false), (second, true, true), (third, false, true) })
        {
            Opens(signed.Note, oldLog.Verifier).ShouldBe(byOld);
            Opens(signed.Note, newLog.Verifier).ShouldBe(byNew);
            Counts(signed.Verdict, oldVerdict.Verifier).ShouldBe(byOld);
            Counts(signed.Verdict, newVerdict.Verifier).ShouldBe(byNew);
        }

        third.Keys.ShouldBe([newLog.Verifier, oldLog.Verifier]);
        var (older, newer) = (SignedCheckpoint.Open(first.Note, third.Keys).Checkpoint, SignedCheckpoint.Open(third.Note, third.Keys).Checkpoint);
        TreeVerifier.IsConsistent(older.Size, newer.Size, older.Root, newer.Root, third.Growth(older.Size)).ShouldBeTrue();
    }

    private sealed record Signed(string Note, Envelope Verdict, IReadOnlyList<VerifierKey> Keys, Func<ulong, byte[][]> Growth);

    private static async Task<Signed> SignedWithAsync(string connection, string name, params (string, string)[] settings)
    {
        await using var server = await RunningServer.StartAsync(connection, null, settings);
        var world = new World(server, $"m-{name}", $"iris-{name}");
        await world.FoundedAsync();
        await world.ApprovedAsync();
        var check = await world.AllowedAsync();
        var (log, reader) = (server.Services.GetRequiredService<TransparencyLog>(), server.Services.GetRequiredService<LogReader>());
        while (await log.GrowAsync(Token) > 0) { }
        await log.SignAsync(Token);
        var newest = (await reader.NewestAsync(Token)).ShouldNotBeNull();
        var proofs = new Dictionary<ulong, byte[][]>();
        for (var size = 1UL; size < newest.Checkpoint.Size; size++) proofs[size] = await reader.ExtendAsync(size, newest.Checkpoint.Size, Token);
        return new(newest.Note, Envelope.Parse(Encoding.UTF8.GetBytes(check.Json!["verdict"]!.ToJsonString())), server.Services.GetRequiredService<LogKeys>().Known, size => proofs[size]);
    }

    private static bool Opens(string note, VerifierKey key) => Holds(() => SignedCheckpoint.Open(note, [key]));

    private static bool Counts(Envelope verdict, EnvelopeVerifierKey key) => Holds(() => Verdict.Open(verdict, [key], new("production", World.Artifact), TimeProvider.System.GetUtcNow()));

    private static bool Holds(Action check)
    {
        try
        {
            check();
            return true;
        }
        catch (EvidenceRefusedException)
        {
            return false;
        }
    }
}
