using System.CommandLine;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Artifacts;

namespace MLOpsGovernance.Cli.Artifacts;

/// <summary>What is about to be deployed, in one of three spellings. Its digest is what the gate compares with the approved one.</summary>
internal sealed class ArtifactOptions
{
    private readonly Option<string> _artifact = new("--artifact") { Description = "File or folder of the model; its digest is computed here", HelpName = "PATH" };
    private readonly Option<string> _digest = new("--digest") { Description = "Digest of the model, sha256:…, computed earlier", HelpName = "DIGEST" };
    private readonly Option<string> _image = new("--image") { Description = "OCI image by digest, registry/name@sha256:…", HelpName = "REFERENCE" };

    private Option<string>[] All => [_artifact, _digest, _image];

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    public bool AnyGiven(Run run) => All.Any(run.Has);

    /// <exception cref="CommandFailedException">None or several were given, or no digest can stand for what was.</exception>
    public async Task<string> DigestAsync(Run run, CancellationToken cancellationToken)
    {
        if (All.Where(run.Has).ToList() is not [var given])
            throw CommandFailedException.Usage("Say what is to be deployed: exactly one of --artifact PATH, --digest sha256:… and --image registry/name@sha256:….");

        try
        {
            var text = run.Required(given);
            if (given == _artifact)
                return text.Length == 0 ? throw CommandFailedException.Usage("--artifact is empty. Name a file or a folder.") : (await ArtifactDigest.ComputeAsync(text, cancellationToken)).Digest;
            if (given == _digest)
                return Digest.IsWellFormed(text) ? text : throw CommandFailedException.Usage($"'{text}' is no digest. Write sha256: and 64 lower-case hexadecimal digits, or give --artifact PATH or --image registry/name@sha256:….");
            return ArtifactReference.Parse(text) is { Repository: not null } image
                ? image.Digest
                : throw CommandFailedException.Usage($"'{text}' names no image. Write registry/name@sha256:<64 hex digits>, or give --digest.");
        }
        catch (ArtifactRefusedException e)
        {
            throw CommandFailedException.Usage($"{e.Message} ({e.Code})", e);
        }
    }
}
