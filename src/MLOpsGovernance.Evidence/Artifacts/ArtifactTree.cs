namespace MLOpsGovernance.Evidence.Artifacts;

/// <summary>A file or folder inside an artifact; <paramref name="Path"/> is relative, with '/'.</summary>
internal sealed record ArtifactEntry(string Path, FileStamp Stamp);

internal static class ArtifactTree
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.None, // the default leaves hidden files out
        IgnoreInaccessible = false,
        MatchType = MatchType.Simple,
    };

    /// <summary>Every file and folder beneath <paramref name="root"/>, in the manifest's order. Two equal lists mean that the tree stood still in between.</summary>
    /// <exception cref="ArtifactRefusedException">A link, a special file or a name that a manifest cannot carry.</exception>
    internal static List<ArtifactEntry> List(string root, CancellationToken cancellationToken)
    {
        var entries = new List<ArtifactEntry>();
        var folders = new Stack<string>([""]);
        while (folders.TryPop(out var folder))
        {
            foreach (var entry in new DirectoryInfo(Path.Join(root, folder)).EnumerateFileSystemInfos("*", Everything))
            {
                cancellationToken.ThrowIfCancellationRequested();
                ArtifactName.Check(entry.Name, entry.FullName);

                var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
                var stamp = FileStamp.Of(entry.FullName);
                RefuseUnlessFileOrFolder(stamp.Kind, entry.FullName);
                entries.Add(new(path, stamp));
                if (stamp.Kind is EntryKind.Directory) folders.Push(path);
            }
        }

        entries.Sort(static (left, right) => ArtifactManifest.Order.Compare(left.Path, right.Path));
        return entries;
    }

    /// <exception cref="ArtifactRefusedException">Neither file nor folder.</exception>
    internal static void RefuseUnlessFileOrFolder(EntryKind kind, string fullPath)
    {
        if (kind is EntryKind.File or EntryKind.Directory) return;

        var shown = ArtifactName.Shown(fullPath);
        throw kind switch
        {
            EntryKind.SymbolicLink => new ArtifactRefusedException(
                ArtifactRefusals.SymbolicLink,
                $"'{shown}' is a symbolic link, and what it leads to may change. An artifact holds files and folders only; copy the target in its place (cp -rL)."),
            EntryKind.Special => new ArtifactRefusedException(
                ArtifactRefusals.SpecialFile,
                $"'{shown}' is a pipe, a socket or a device. An artifact holds files and folders only; remove it."),
            _ => Changed(fullPath),
        };
    }

    internal static ArtifactRefusedException Changed(string fullPath, Exception? cause = null) => new(
        ArtifactRefusals.Changed,
        $"'{ArtifactName.Shown(fullPath)}' changed while it was read. Take the digest again when nothing writes to the artifact.",
        cause);
}
