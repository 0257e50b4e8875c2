using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Models;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Artifacts;

namespace MLOpsGovernance.Cli.Evidence;

internal static class AttachCommand
{
    public static Command Create(Globals globals)
    {
        var version = new VersionOptions();
        var kind = new Option<string>("--kind") { Description = "Kind of evidence, such as ci-attestation or validation-report", HelpName = "KIND", Required = true };
        var file = new Option<string>("--file") { Description = "File or folder of the document; its digest is computed here, and only the digest is sent", HelpName = "PATH" };
        var digest = new Option<string>("--digest") { Description = "Digest of the document, sha256:…, computed earlier", HelpName = "DIGEST" };
        var uri = new Option<string>("--uri") { Description = "Where the document is kept", HelpName = "URI" };
        var produced = new Option<string>("--produced-at") { Description = "When it came about, RFC 3339 [default: now]", HelpName = "TIME" };
        var until = new Option<string>("--valid-until") { Description = "When it says nothing any more, RFC 3339 [default: never]", HelpName = "TIME" };
        var summary = new Option<string>("--summary") { Description = "What it says, in a sentence", HelpName = "TEXT" };
        var command = new Command("attach", "Attach evidence to a model version. The document stays where it is; its digest goes on record.");
        version.AddTo(command);
        foreach (var option in new[] { kind, file, digest, uri, produced, until, summary }) command.Options.Add(option);
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var body = new JsonObject
            {
                ["kind"] = run.Required(kind),
                ["digest"] = await DigestAsync(run.Given(file), run.Given(digest), cancellationToken),
                ["producedAt"] = run.Given(produced) ?? run.Around.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
            };
            if (run.Given(uri) is { } kept) body["uri"] = kept;
            if (run.Given(until) is { } end) body["validUntil"] = end;
            if (run.Given(summary) is { } said) body["summary"] = said;
            var answer = await run.SendAsync(HttpMethod.Post, version.Path(run, "/evidence"), body, "id", cancellationToken);
            run.Show(answer, () => run.Screen.Say(
                $"Attached {run.Required(kind)} {body["digest"]!.GetValue<string>()} to {version.Model(run)} version {version.Version(run)}. Evidence {answer.Json!.Value.TextOf("id")}."));
            return ExitCode.Ok;
        });
    }

    private static async Task<string> DigestAsync(string? file, string? digest, CancellationToken cancellationToken)
    {
        if (file is null == digest is null) throw CommandFailedException.Usage("Say which document: exactly one of --file PATH and --digest sha256:….");
        if (digest is not null) return Digest.IsWellFormed(digest) ? digest : throw CommandFailedException.Usage($"'{digest}' is no digest. Write sha256: and 64 lower-case hexadecimal digits, or give --file PATH.");
        if (file!.Length == 0) throw CommandFailedException.Usage("--file is empty. Name a file or a folder.");
        try
        {
            return (await ArtifactDigest.ComputeAsync(file, cancellationToken)).Digest;
        }
        catch (ArtifactRefusedException e)
        {
            throw CommandFailedException.Usage($"{e.Message} ({e.Code})", e);
        }
    }
}
