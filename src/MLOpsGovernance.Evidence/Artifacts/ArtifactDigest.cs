namespace MLOpsGovernance.Evidence.Artifacts;

/// <summary>
/// The digest a model artifact is approved and deployed under. Of a file: SHA-256 of its bytes. Of a directory: SHA-256 of its canonical manifest, as
/// docs/artifact-digests.md specifies it. Neither times, permissions nor the order of creation count; every byte, name and place does.
/// </summary>
public static class ArtifactDigest
{
    private const int FilesAtOnce = 2;

    /// <summary>
    /// Measures the file or directory at <paramref name="path"/>. Memory does not grow with the size of the files.
    /// An answer means that the artifact stood still from the first look to the last.
    /// </summary>
    /// <exception cref="ArtifactRefusedException">No digest could stand for it: see <see cref="ArtifactRefusals"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<MeasuredArtifact> ComputeAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // With its separator, a link at the end would be followed before anyone could see that it is one.
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            return await Task.Run(() => MeasureAsync(root, cancellationToken), cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ArtifactTree.Changed(root, e); // it was there at the first look
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArtifactRefusedException(ArtifactRefusals.Unreadable, $"The artifact at '{ArtifactName.Shown(root)}' could not be read: {ArtifactName.Shown(e.Message)}", e);
        }
    }

    private static async Task<MeasuredArtifact> MeasureAsync(string root, CancellationToken cancellationToken)
    {
        var seen = FileStamp.Of(root);
        if (seen.Kind is EntryKind.Missing)
            throw new ArtifactRefusedException(ArtifactRefusals.NotFound, $"Nothing is at '{ArtifactName.Shown(root)}'. Name a file or a folder.");

        ArtifactTree.RefuseUnlessFileOrFolder(seen.Kind, root);
        return seen.Kind is EntryKind.File
            ? await MeasureFileAsync(root, seen, cancellationToken)
            : await MeasureDirectoryAsync(root, cancellationToken);
    }

    private static async Task<MeasuredArtifact> MeasureFileAsync(string path, FileStamp seen, CancellationToken cancellationToken)
    {
        var sha256 = await FileDigest.ComputeAsync(path, seen, cancellationToken);
        if (FileStamp.Of(path) != seen) throw ArtifactTree.Changed(path);

        return new(ArtifactKind.File, $"sha256:{sha256}", seen.Size, [new(Path.GetFileName(path), seen.Size, sha256)]);
    }

    private static async Task<MeasuredArtifact> MeasureDirectoryAsync(string root, CancellationToken cancellationToken)
    {
        var seen = ArtifactTree.List(root, cancellationToken);
        var entries = seen.Where(entry => entry.Stamp.Kind is EntryKind.File).ToArray();
        if (entries.Length == 0)
            throw new ArtifactRefusedException(ArtifactRefusals.Empty, $"The folder '{ArtifactName.Shown(root)}' holds no file. An artifact holds at least one.");

        var files = new ArtifactFile[entries.Length];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, entries.Length, limits, async (i, stop) =>
        {
            var (path, stamp) = entries[i];
            files[i] = new(path, stamp.Size, await FileDigest.ComputeAsync(Path.Join(root, path), stamp, stop));
        });

        if (FirstDifference(seen, ArtifactTree.List(root, cancellationToken)) is { } changed)
            throw ArtifactTree.Changed(Path.Join(root, changed));

        return new(ArtifactKind.Directory, ArtifactManifest.Digest(files), files.Sum(file => file.Size), files);
    }

    private static string? FirstDifference(List<ArtifactEntry> before, List<ArtifactEntry> after) =>
        before.Except(after).Concat(after.Except(before)).FirstOrDefault()?.Path;
}
