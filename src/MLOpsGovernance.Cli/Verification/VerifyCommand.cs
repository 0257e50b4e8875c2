using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Mirrors;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Receipts;
using MLOpsGovernance.Evidence.Verdicts;
using SignedVerdict = MLOpsGovernance.Evidence.Verdicts.Verdict;

namespace MLOpsGovernance.Cli.Verification;

/// <summary>What can be checked with a key and files, and no trust in the server.</summary>
internal static class VerifyCommand
{
    internal const string Codes = "Exit codes: 0 it holds, 1 it does not, 2 the files or keys cannot be read.";

    public static Command Create(Globals globals) => new("verify", "Check the audit log, an event in it, a verdict, a decision, a report or an evidence pack, trusting only keys that you have from elsewhere.")
    {
        Log(globals), Event(globals), Verdict(globals), VerifyPackCommand.Create(globals), VerifyReportCommand.Create(globals), VerifyDecisionCommand.Create(globals),
    };

    private static Command Log(Globals globals)
    {
        var folder = Folder();
        var key = VerificationKeys.Option("The log's public keys in their text form, one a line");
        var remember = new Option<string>("--remember") { Description = "Where the last checkpoint that was verified is kept: the log must continue it [default: nowhere]", HelpName = "FILE" };
        return new Command("log", $"Hash every entry again and compare with what was signed. {Codes}") { folder, key, remember }.Runs(globals, (run, cancellationToken) => VerificationKeys.JudgeAsync(async () =>
        {
            var keys = VerificationKeys.OfLog(run.Required(key));
            var file = run.Given(remember);
            var report = await MirroredLog.VerifyAsync(LogSource.Of(run, run.Given(folder)), keys, VerificationKeys.Remembered(file, keys), cancellationToken);
            if (file is not null) await File.WriteAllTextAsync(file, report.Head.Note.ToString(), cancellationToken);
            var checkpoint = report.Head.Checkpoint;
            if (run.IsJson)
            {
                run.Screen.Raw(new JsonObject { ["origin"] = checkpoint.Origin, ["size"] = checkpoint.Size, ["root"] = Convert.ToBase64String(checkpoint.Root), ["streams"] = report.Streams, ["continues"] = report.Continues }.ToJsonString());
                return;
            }

            run.Screen.Say($"[green]verified[/]  {checkpoint.Origin}: {checkpoint.Size} events of {report.Streams} streams, root {Convert.ToBase64String(checkpoint.Root)}");
            run.Screen.Say($"          {(report.Continues is { } size ? $"It continues the {size} events that were seen before." : "No earlier checkpoint was compared; with --remember the next run will.")}");
            run.Screen.Say($"          Not checked: what lies apart by its digest, and whether others were shown another log.");
        }));
    }

    private static Command Event(Globals globals)
    {
        var id = new Argument<string>("EVENT") { Description = "The event's id" };
        var folder = new Option<string>("--folder") { Description = "A mirrored log; without it the server's", HelpName = "FOLDER" };
        var key = VerificationKeys.Option("The log's public keys in their text form, one a line");
        var export = new Option<string>("--export") { Description = "A file that 'mlgov audit export' wrote, instead of a log", HelpName = "FILE" };
        var receipt = new Option<string>("--receipt") { Description = "Keep the proof in this file, with the entry beside it (.json)", HelpName = "FILE" };
        return new Command("event", $"Find an event in the log and prove that it stands there as it was signed. {Codes}") { id, folder, key, export, receipt }.Runs(globals, (run, cancellationToken) => VerificationKeys.JudgeAsync(async () =>
        {
            var keys = VerificationKeys.OfLog(run.Required(key));
            if (run.Has(export) && run.Has(folder)) throw CommandFailedException.Usage("Give either --export or --folder: an event is looked for in one place.");
            var (index, entry, signed, proof) = run.Given(export) is { } exported ? OfExport(exported, run.Required(id), keys) : await OfLogAsync(LogSource.Of(run, run.Given(folder)), run.Required(id), keys, cancellationToken);
            if (run.Given(receipt) is { } file)
            {
                await File.WriteAllTextAsync(file, proof.ToString(), cancellationToken);
                await File.WriteAllBytesAsync($"{file}.json", entry, cancellationToken);
            }

            run.Screen.Note($"verified: entry {index} of the {signed.Checkpoint.Size} that {signed.Checkpoint.Origin} signed");
            run.Screen.Raw(System.Text.Encoding.UTF8.GetString(entry));
        }));
    }

    private static (ulong Index, byte[] Entry, SignedCheckpoint Signed, Receipt Proof) OfExport(string file, string id, IReadOnlyCollection<VerifierKey> keys)
    {
        var found = ExportFile.Read(file).FirstOrDefault(e => string.Equals(e.Id, id, StringComparison.OrdinalIgnoreCase)) ?? throw new EvidenceRefusedException(EvidenceRefusals.Statement, $"No event {id} is among those of '{file}'.");
        return (found.Receipt.Index, found.Leaf, found.Verify(keys), found.Receipt);
    }

    private static async Task<(ulong Index, byte[] Entry, SignedCheckpoint Signed, Receipt Proof)> OfLogAsync(
        Func<string, CancellationToken, Task<byte[]?>> source, string id, IReadOnlyCollection<VerifierKey> keys, CancellationToken cancellationToken)
    {
        var (index, entry, signed) = await LoggedEvent.FindAsync(source, id, keys, cancellationToken);
        var proof = new Receipt(index, await MirroredLog.ProveAsync(source, index, signed.Checkpoint.Size, cancellationToken), signed.Note.ToString());
        proof.Verify(entry, keys);
        return (index, entry, signed, proof);
    }

    private static Command Verdict(Globals globals)
    {
        var file = new Argument<string>("VERDICT") { Description = "The signed verdict, JSON: what a check answered under 'verdict', or the whole answer" };
        var key = VerificationKeys.Option("The public keys of verdicts, PEM");
        var environment = new Option<string>("--environment") { Description = "Where it is to be deployed", HelpName = "NAME", Required = true };
        var artifact = new Option<string>("--artifact") { Description = "Digest of what is to be deployed, as 'mlgov digest' prints it", HelpName = "SHA256", Required = true };
        var model = new Option<string>("--model") { Description = "Only for this model", HelpName = "NAME" };
        var status = new Option<string>("--status-list") { Description = "A signed list of recalled decisions, JSON; without it recalls are not seen", HelpName = "FILE" };
        return new Command("verdict", $"Check that a signed verdict lets this artifact into this environment, now. Needs no server. {Codes}") { file, key, environment, artifact, model, status }.Runs(globals, (run, _) => VerificationKeys.JudgeAsync(() =>
        {
            var keys = VerificationKeys.OfVerdicts(run.Required(key));
            var now = run.Around.Time.GetUtcNow();
            var verdict = SignedVerdict.Open(Enveloped(run.Required(file)), keys, new(run.Required(environment), run.Required(artifact), run.Given(model)), now);
            if (run.Given(status) is { } list && StatusList.Open(Envelope.Parse(VerificationKeys.Bytes(list)), keys, now).Recalled.Contains(verdict.DecisionId, StringComparer.Ordinal))
                throw new EvidenceRefusedException(EvidenceRefusals.Verdict, $"The decision {verdict.DecisionId} was recalled.");
            run.Screen.Say($"[green]verified[/]  {verdict.Model} version {verdict.Version} may go to {verdict.Environment} until {verdict.ValidUntil.ToUniversalTime():yyyy-MM-dd HH:mm:ss'Z'} (decision {verdict.DecisionId})");
            return Task.CompletedTask;
        }));
    }

    private static Envelope Enveloped(string file)
    {
        var bytes = VerificationKeys.Bytes(file);
        try
        {
            if (JsonNode.Parse(bytes) is JsonObject { } answer && answer["verdict"] is { } verdict) bytes = System.Text.Encoding.UTF8.GetBytes(verdict.ToJsonString());
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException)
        {
            throw CommandFailedException.Usage($"'{file}' is no JSON.", e);
        }

        return Envelope.Parse(bytes);
    }

    private static Argument<string> Folder() => new("FOLDER") { Description = "A mirrored log; without it the server's", Arity = ArgumentArity.ZeroOrOne };
}
