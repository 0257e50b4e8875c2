using System.Buffers;
using System.Security.Cryptography;

namespace MLOpsGovernance.Evidence.Artifacts;

internal static class FileDigest
{
    private const int BufferSize = 1 << 20;

    /// <summary>SHA-256 of the file's bytes in lower-case hex, read in pieces of 1 MiB whatever its size.</summary>
    /// <exception cref="ArtifactRefusedException">It is no longer the file of <paramref name="seen"/>, or was written to meanwhile.</exception>
    internal static async Task<string> ComputeAsync(string path, FileStamp seen, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous | FileOptions.SequentialScan);
        if (FileStamp.Of(file, seen) != seen) throw ArtifactTree.Changed(path);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var position = 0L;
            while (await RandomAccess.ReadAsync(file, buffer, position, cancellationToken) is > 0 and var read)
            {
                hash.AppendData(buffer.AsSpan(0, read));
                position += read;

                // A file that grows as fast as it is read would never end.
                if (position > seen.Size) break;
            }

            if (position != seen.Size || FileStamp.Of(file, seen) != seen) throw ArtifactTree.Changed(path);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
