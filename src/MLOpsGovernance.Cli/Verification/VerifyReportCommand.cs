using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Mirrors;
using MLOpsGovernance.Evidence.Receipts;
using MLOpsGovernance.Evidence.Statements;

namespace MLOpsGovernance.Cli.Verification;

/// <summary>Whether a file is the report that was issued, and which state of the log it shows.</summary>
internal static class VerifyReportCommand
{
    public static Command Create(Globals globals)
    {
        var file = new Argument<string>("REPORT") { Description = "The file: PDF, HTML or JSON" };
        var folder = new Option<string>("--folder") { Description = "A mirrored log; without it the server's", HelpName = "FOLDER" };
        var key = VerificationKeys.Option("The log's public keys in their text form, one a line");
        var signature = new Option<string>("--signature") { Description = "The detached signature that came with it, to be checked too", HelpName = "FILE" };
        var signers = new Option<string>("--signature-key") { Description = "The public keys of verdicts and reports, PEM; needed with --signature", HelpName = "FILE" };
        return new Command("report", $"Find the file's digest in the log: whether it is the report that was issued, and which state of the log it shows. {VerifyCommand.Codes}") { file, folder, key, signature, signers }
            .Runs(globals, (run, cancellationToken) => VerificationKeys.JudgeAsync(async () =>
        {
            var keys = VerificationKeys.OfLog(run.Required(key));
            var digest = Digest.Sha256(VerificationKeys.Bytes(run.Required(file)));
            if (run.Given(signature) is { } envelope) CheckSignature(envelope, run.Given(signers) ?? throw CommandFailedException.Usage("--signature is checked with --signature-key."), digest);

            var source = LogSource.Of(run, run.Given(folder));
            var (index, entry, signed) = await LoggedEvent.FindAsync(source, leaf => IsReport(leaf, digest), $"No report with the digest {digest} was issued", keys, cancellationToken);
            new Receipt(index, await MirroredLog.ProveAsync(source, index, signed.Checkpoint.Size, cancellationToken), signed.Note.ToString()).Verify(entry, keys);
            using var json = JsonDocument.Parse(entry);
            var data = json.RootElement.GetProperty("data");
            var form = data.TextOf("pdf") == digest ? "pdf" : data.TextOf("html") == digest ? "html" : "model";
            if (run.IsJson)
            {
                run.Screen.Raw(new JsonObject { ["report"] = json.RootElement.TextOf("stream")!["report:".Length..], ["form"] = form, ["entry"] = index, ["issued"] = JsonNode.Parse(data.GetRawText()) }.ToJsonString());
                return;
            }

            run.Screen.Say($"[green]verified[/]  {data.TextOf("kind")}{(data.TextOf("subject") is { } about ? $" of {about}" : "")}, issued {data.TextOf("at")} by {data.TextOf("by")}, as {(form == "model" ? "JSON" : form.ToUpperInvariant())}");
            run.Screen.Say($"          It shows {data.TextOf("asOf")}{(data.WholeOf("logSize") is { } size ? $", drawn from the log of {size} events with the root {data.TextOf("logRoot")}" : ", drawn before the log had a checkpoint")}.");
            run.Screen.Say($"          Entry {index} of the {signed.Checkpoint.Size} that {signed.Checkpoint.Origin} signed.");
        }));
    }

    private static void CheckSignature(string file, string keys, string digest)
    {
        var envelope = Envelope.Parse(VerificationKeys.Bytes(file));
        envelope.VerifiedBy(VerificationKeys.OfVerdicts(keys));
        if (!Statement.Parse(envelope.Payload).IsAbout(digest)) throw new EvidenceRefusedException(EvidenceRefusals.Statement, "The signature is about another file.");
    }

    private static bool IsReport(JsonElement leaf, string digest) =>
        leaf.TextOf("type") == "report_issued" && leaf.Of("data") is { } data && (data.TextOf("pdf") == digest || data.TextOf("html") == digest || data.TextOf("model") == digest);
}
