namespace MLOpsGovernance.Evidence.Artifacts;

public enum ArtifactKind
{
    File,
    Directory,
}

/// <summary>One file of an artifact. <paramref name="Path"/> is relative, with '/'; <paramref name="Size"/> is in bytes; <paramref name="Sha256"/> is 64 lower-case hex digits.</summary>
public sealed record ArtifactFile(string Path, long Size, string Sha256);

/// <summary>
/// An artifact as it was read. <paramref name="Digest"/> is <c>sha256:</c> and 64 lower-case hex digits; <paramref name="Size"/> is the sum of all files, in bytes;
/// <paramref name="Files"/> are in the manifest's order.
/// </summary>
public sealed record MeasuredArtifact(ArtifactKind Kind, string Digest, long Size, IReadOnlyList<ArtifactFile> Files)
{
    /// <summary>The text whose SHA-256 is the digest of a directory; null for a file, whose own bytes are hashed.</summary>
    public string? Manifest => Kind is ArtifactKind.Directory ? ArtifactManifest.Text(Files) : null;
}
