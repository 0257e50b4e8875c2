using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Evidence.Artifacts;

namespace MLOpsGovernance.Cli.Artifacts;

internal static class DigestCommand
{
    public static Command Create(Globals globals)
    {
        var path = new Argument<string>("PATH") { Description = "File or folder of the model", Arity = ArgumentArity.ZeroOrOne };
        var descriptor = new Option<string>("--descriptor") { Description = "Instead of PATH: the descriptor, JSON, of a vendor's or api model", HelpName = "FILE" };
        var manifest = new Option<bool>("--manifest") { Description = "For a folder: print the text whose SHA-256 is the digest" };
        return new Command("digest", "Print the digest of a model artifact, as the gate compares it. Needs no server.") { path, descriptor, manifest }
            .Runs(globals, (run, cancellationToken) => (run.Given(path), run.Given(descriptor)) switch
            {
                ({ } artifact, null) => RunAsync(run, artifact, run.Given(manifest), cancellationToken),
                (null, { } file) when !run.Given(manifest) => Task.FromResult(Describe(run, file)),
                (null, { }) => throw CommandFailedException.Usage("A descriptor has no manifest. Leave out --manifest."),
                _ => throw CommandFailedException.Usage("Say what the digest is of: either PATH or --descriptor FILE."),
            });
    }

    private static int Describe(Run run, string file)
    {
        var digest = DescriptorFile.Digest(file);
        run.Screen.Raw(run.IsJson ? new JsonObject { ["path"] = file, ["kind"] = "descriptor", ["digest"] = digest }.ToJsonString() : digest);
        return ExitCode.Ok;
    }

    private static async Task<int> RunAsync(Run run, string path, bool manifest, CancellationToken cancellationToken)
    {
        var artifact = await MeasureAsync(path, cancellationToken);
        if (manifest)
            run.Around.Output.Write(artifact.Manifest ?? throw CommandFailedException.Usage($"'{path}' is a file: its digest is the SHA-256 of its bytes, and there is no manifest."));
        else if (run.IsJson)
            run.Screen.Raw(new JsonObject { ["path"] = path, ["kind"] = artifact.Kind is ArtifactKind.File ? "file" : "directory", ["digest"] = artifact.Digest, ["size"] = artifact.Size, ["files"] = artifact.Files.Count }.ToJsonString());
        else
            run.Screen.Raw(artifact.Digest);
        return ExitCode.Ok;
    }

    private static async Task<MeasuredArtifact> MeasureAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await ArtifactDigest.ComputeAsync(path, cancellationToken);
        }
        catch (ArtifactRefusedException e)
        {
            throw CommandFailedException.Usage($"{e.Message} ({e.Code})", e);
        }
    }
}
