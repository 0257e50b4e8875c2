using System.Globalization;
using System.Text;

namespace MLOpsGovernance.Evidence.Artifacts;

/// <summary>
/// The canonical manifest of a directory: a version line, then <c>sha256 size path</c> for each file, ordered by the UTF-8 bytes of the path.
/// As no path holds a line feed, the text reads back in one way only, so two different sets of files never share a manifest.
/// Specified in docs/artifact-digests.md.
/// </summary>
internal static class ArtifactManifest
{
    private const string Version = "mlgov-artifact-manifest-v1";

    /// <summary>UTF-16 would order a character above U+FFFF before U+E000; byte order is what <c>LC_ALL=C sort</c> gives.</summary>
    internal static IComparer<string> Order { get; } = Comparer<string>.Create(static (left, right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)));

    internal static string Text(IEnumerable<ArtifactFile> files)
    {
        var text = new StringBuilder(Version).Append('\n');
        foreach (var file in files)
            text.Append(CultureInfo.InvariantCulture, $"{file.Sha256} {file.Size} {file.Path}\n");
        return text.ToString();
    }

    internal static string Digest(IEnumerable<ArtifactFile> files) =>
        Evidence.Digest.Sha256(Encoding.UTF8.GetBytes(Text(files)));
}
