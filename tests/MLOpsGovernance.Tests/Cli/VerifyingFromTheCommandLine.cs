using System.Text;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Mirrors;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Tiles;
using MLOpsGovernance.Evidence.Tree;
using MLOpsGovernance.Tests.Evidence;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>An auditor with files, keys and no server.</summary>
public sealed class VerifyingFromTheCommandLine : IDisposable
{
    private const string Nowhere = "http://127.0.0.1:9";
    private readonly string _folder = Directory.CreateTempSubdirectory("verifying").FullName;
    private readonly EnvelopeSigningKey _verdictKey = EnvelopeSigningKey.Generate();
    private readonly SigningKey _logKey = SigningKey.Generate("log.example/audit");

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _verdictKey.Dispose();
        _logKey.Dispose();
    }

    [Fact]
    public async Task Lets_through_what_the_verdict_is_for_and_nothing_else()
    {
        var artifact = Digest.Sha256("artifact"u8);
        var key = Write("verdict.pem", _verdictKey.Verifier.ToPem());
        using var other = EnvelopeSigningKey.Generate();
        var verdict = Write("verdict.json", GivingAVerdict.Sample(TimeProvider.System.GetUtcNow()).Sign(_verdictKey).ToJson().ToJsonString());
        var late = Write("late.json", $"{{\"verdict\": {GivingAVerdict.Sample(TimeProvider.System.GetUtcNow().AddHours(-2)).Sign(_verdictKey).ToJson().ToJsonString()}}}");

        (await VerdictAsync(verdict, key, "production", artifact)).ShouldBe((0, "verified  credit version 3 may go to production"));
        (await VerdictAsync(verdict, key, "staging", artifact)).ShouldBe((1, "for production, not for staging"));
        (await VerdictAsync(verdict, key, "production", Digest.Sha256("other"u8))).Item1.ShouldBe(1);
        (await VerdictAsync(late, key, "production", artifact)).ShouldBe((1, "was valid until"));
        (await VerdictAsync(verdict, Write("other.pem", other.Verifier.ToPem()), "production", artifact)).ShouldBe((1, "No trusted key signed this"));
        (await VerdictAsync(verdict, verdict, "production", artifact)).Item1.ShouldBe(2);

        async Task<(int, string)> VerdictAsync(string file, string with, string environment, string digest)
        {
            var ended = await CommandLine.RunAsync(Nowhere, "verify", "verdict", file, "--key", with, "--environment", environment, "--artifact", digest);
            var said = ended.Output + ended.Error;
            string[] words = ["verified  credit version 3 may go to production", "for production, not for staging", "was valid until", "No trusted key signed this"];
            return (ended.ExitCode, Array.Find(words, w => said.Contains(w, StringComparison.Ordinal)) ?? said);
        }
    }

    [Fact]
    public async Task Notices_what_was_done_to_a_log_since_it_was_last_seen()
    {
        var key = Write("log.keys", _logKey.Verifier.ToString());
        var remember = Path.Combine(_folder, "last");
        (await LogAsync(Mirror("first", 300, "a"))).ExitCode.ShouldBe(0);
        var grown = await LogAsync(Mirror("grown", 700, "a"));
        (grown.ExitCode, grown.Output.Contains("continues the 300 events", StringComparison.Ordinal)).ShouldBe((0, true), grown.Error);

        (await LogAsync(Mirror("shorter", 600, "a"))).Error.ShouldContain("its end is missing");
        (await LogAsync(Mirror("anew", 800, "b"))).Error.ShouldContain("the log was made anew");
        var changed = Mirror("changed", 800, "a");
        var bundle = Path.Combine(changed, EntryBundle.Path(1, 256));
        await File.WriteAllBytesAsync(bundle, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(await File.ReadAllBytesAsync(bundle, TestContext.Current.CancellationToken)).Replace("\"version\":300", "\"version\":301", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        (await LogAsync(changed)).Error.ShouldContain("Entry 299 (event 301 of s) is not the one whose hash the log holds");
        File.Delete(bundle);
        (await LogAsync(changed)).Error.ShouldContain("is missing");

        Task<Ended> LogAsync(string folder) => CommandLine.RunAsync(Nowhere, "verify", "log", folder, "--key", key, "--remember", remember);
    }

    /// <summary>A mirrored log of one stream.</summary>
    private string Mirror(string name, int size, string what)
    {
        var (folder, tree) = (Path.Combine(_folder, name), CompactRange.From(0));
        var entries = Enumerable.Range(1, size).Select(i => Encoding.UTF8.GetBytes($$"""{"stream":"s","version":{{i}},"what":"{{what}}"}""")).ToList();
        foreach (var entry in entries) tree.Append(TreeHash.Leaf(entry));
        foreach (var tile in TileGrowth.Of(0, [.. entries.Select(e => TreeHash.Leaf(e))], static _ => [])) Keep(tile.At.Path, tile.Data);
        for (var n = 0; n * 256 < size; n++) Keep(EntryBundle.Path((ulong)n, Math.Min(256, size - n * 256)), EntryBundle.Write(entries[(n * 256)..Math.Min(size, n * 256 + 256)]));
        Keep(MirroredLog.Checkpoint, Encoding.UTF8.GetBytes(SignedCheckpoint.Sign(new(_logKey.Verifier.Name, tree.End, tree.Root()), default, _logKey).Note.ToString()));
        return folder;

        void Keep(string path, byte[] bytes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.WriteAllBytes(Path.Combine(folder, path), bytes);
        }
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
