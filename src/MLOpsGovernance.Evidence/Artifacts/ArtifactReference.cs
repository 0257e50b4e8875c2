using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace MLOpsGovernance.Evidence.Artifacts;

/// <summary>
/// An artifact named by its digest: <c>sha256:…</c>, or an OCI image as <c>registry/name@sha256:…</c>, with or without a tag.
/// <paramref name="Digest"/> is what counts; the tag may have moved since and is kept only to be shown.
/// </summary>
public sealed partial record ArtifactReference(string? Repository, string? Tag, string Digest)
{
    private const int MaxLength = 512, MaxNameLength = 255;

    /// <exception cref="ArtifactRefusedException"><see cref="ArtifactRefusals.Reference"/>, with what is wrong and what is allowed.</exception>
    public static ArtifactReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        if (text.Length > MaxLength)
            throw Refused(text[..64] + '…', $"is longer than {MaxLength} characters");

        var at = text.LastIndexOf('@');
        var digest = text[(at + 1)..];
        if (at < 0 && !text.StartsWith("sha256:", StringComparison.Ordinal))
            throw Refused(text, "has no SHA-256 digest, and a tag alone may point to another image tomorrow");
        if (!digest.StartsWith("sha256:", StringComparison.Ordinal))
            throw Refused(text, "does not end in a SHA-256 digest, the only kind that is taken");
        if (!Evidence.Digest.IsWellFormed(digest))
            throw Refused(text, "has a digest that is not 64 lower-case hexadecimal digits");
        if (at < 0)
            return new(null, null, digest);

        var name = Name().Match(text[..at]);
        if (!name.Success || name.Groups["repository"].Length > MaxNameLength)
            throw Refused(text, $"has no valid image name before the '@': lower-case letters, digits and separators, at most {MaxNameLength} characters");
        return new(name.Groups["repository"].Value, name.Groups["tag"] is { Success: true, Value: var tag } ? tag : null, digest);
    }

    /// <summary>False where <see cref="Parse"/> would refuse.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ArtifactReference? reference)
    {
        try
        {
            reference = Parse(text);
            return true;
        }
        catch (ArtifactRefusedException)
        {
            reference = null;
            return false;
        }
    }

    public override string ToString() => (Repository, Tag) switch
    {
        (null, _) => Digest,
        (_, null) => $"{Repository}@{Digest}",
        _ => $"{Repository}:{Tag}@{Digest}",
    };

    private static ArtifactRefusedException Refused(string text, string why) => new(
        ArtifactRefusals.Reference,
        $"'{ArtifactName.Shown(text)}' {why}. Write sha256:<64 hex digits> or registry/name@sha256:<64 hex digits>.");

    // The grammar of github.com/distribution/reference: an optional host, which has a dot, a port or is localhost, then path components, then a tag.
    [GeneratedRegex(
        """
        \A(?<repository>
          (?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::[0-9]+)?/)?
          [a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*
        )(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?\z
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
