using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Evidence;

namespace MLOpsGovernance.Server.EvidencePacks;

/// <summary>A zip whose bytes follow from its content alone: every entry has the same date and is stored as it is, in the order in which it was written. The last one lists all others with their digests.</summary>
internal sealed class PackArchive(Stream stream) : IDisposable
{
    private static readonly DateTimeOffset Date = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
    private readonly SortedDictionary<string, (string Digest, long Size)> _files = new(StringComparer.Ordinal);

    public void Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    public void Add(string path, byte[] bytes)
    {
        if (!_files.TryAdd(path, (Digest.Sha256(bytes), bytes.Length))) return;
        using var entry = Open(path);
        entry.Write(bytes);
    }

    public bool Holds(string path) => _files.ContainsKey(path);

    /// <summary>A file that is too long to be held in memory.</summary>
    public async Task AddAsync(string path, Func<Func<string, Task>, Task> write)
    {
        var (size, hash) = (0L, IncrementalHash.CreateHash(HashAlgorithmName.SHA256));
        using (hash)
        {
            await using (var entry = Open(path))
            {
                await write(async line =>
                {
                    var bytes = Encoding.UTF8.GetBytes(line + "\n");
                    hash.AppendData(bytes);
                    size += bytes.Length;
                    await entry.WriteAsync(bytes);
                });
            }

            _files.Add(path, ($"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}", size));
        }
    }

    /// <param name="about">What the pack is of.</param>
    public void Finish(JsonObject about)
    {
        about["files"] = new JsonArray([.. _files.Select(f => new JsonObject { ["path"] = f.Key, ["digest"] = f.Value.Digest, ["size"] = f.Value.Size })]);
        using var entry = Open("manifest.json");
        entry.Write(Encoding.UTF8.GetBytes(about.ToJsonString(new JsonSerializerOptions(Json.Lenient) { WriteIndented = true, NewLine = "\n" }) + "\n"));
    }

    public void Dispose() => _zip.Dispose();

    private Stream Open(string path)
    {
        var entry = _zip.CreateEntry(path, CompressionLevel.NoCompression);
        entry.LastWriteTime = Date;
        return entry.Open();
    }
}
