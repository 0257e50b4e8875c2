namespace MLOpsGovernance.Evidence.Artifacts;

/// <summary>
/// No digest was given, because none could stand for the artifact. <see cref="Code"/> is stable (one of <see cref="ArtifactRefusals"/>);
/// the message names the path and says what is allowed.
/// </summary>
public sealed class ArtifactRefusedException(string code, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public string Code { get; } = code;
}

/// <summary>The codes of <see cref="ArtifactRefusedException"/>.</summary>
public static class ArtifactRefusals
{
    /// <summary>Nothing is at that path.</summary>
    public const string NotFound = "artifact.not-found";

    /// <summary>The artifact, or something in it, is a symbolic link: its target could change after the digest was taken.</summary>
    public const string SymbolicLink = "artifact.symbolic-link";

    /// <summary>A pipe, socket or device.</summary>
    public const string SpecialFile = "artifact.special-file";

    /// <summary>A name that the manifest could not carry unambiguously.</summary>
    public const string Name = "artifact.name";

    /// <summary>Written to, replaced, added or removed while it was read.</summary>
    public const string Changed = "artifact.changed";

    /// <summary>A folder without a single file.</summary>
    public const string Empty = "artifact.empty";

    /// <summary>The operating system refused to read it.</summary>
    public const string Unreadable = "artifact.unreadable";

    /// <summary>Text that is not a reference by SHA-256 digest.</summary>
    public const string Reference = "artifact.reference";
}
