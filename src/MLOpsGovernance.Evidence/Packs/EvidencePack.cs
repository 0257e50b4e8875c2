using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Exports;
using MLOpsGovernance.Evidence.Notes;

namespace MLOpsGovernance.Evidence.Packs;

/// <param name="Streams">How many histories the events belong to; each was read from its first event on without a gap.</param>
/// <param name="Decisions">Ids of the decisions, in the order of the pack.</param>
public sealed record PackReport(SignedCheckpoint Head, string Model, int Files, long Events, int Streams, IReadOnlyList<string> Decisions);

/// <summary>All that shows what was decided about a model, in one zip. Whoever checks it trusts nothing but the key of the log.</summary>
public sealed class EvidencePack : IDisposable
{
    public const string Manifest = "manifest.json", Events = "events.jsonl", Format = "mlops-governance/evidence-pack@v1";

    private const int MostBytes = 64 << 20;

    private readonly ZipArchive _zip;
    private readonly JsonObject _manifest;
    private readonly Dictionary<string, string> _digests = new(StringComparer.Ordinal);

    private EvidencePack(ZipArchive zip, JsonObject manifest) => (_zip, _manifest) = (zip, manifest);

    /// <exception cref="EvidenceRefusedException">It is no pack.</exception>
    public static EvidencePack Open(Stream stream)
    {
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(stream, ZipArchiveMode.Read);
            var manifest = JsonNode.Parse(Bytes(zip.GetEntry(Manifest) ?? throw Refused($"It has no {Manifest}.")))!.AsObject();
            if (manifest["format"]?.GetValue<string>() != Format) throw Refused($"It is not of the format {Format}.");
            var pack = new EvidencePack(zip, manifest);
            foreach (var file in manifest["files"]!.AsArray()) pack._digests.Add(file!["path"]!.GetValue<string>(), file["digest"]!.GetValue<string>());
            return pack;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or InvalidOperationException or NullReferenceException or ArgumentException or FormatException)
        {
            zip?.Dispose();
            throw new EvidenceRefusedException(EvidenceRefusals.Pack, "It cannot be read as an evidence pack.", e);
        }
    }

    /// <summary>A file as the manifest lists it; null where it is not in the pack.</summary>
    /// <exception cref="EvidenceRefusedException">It is not the one whose digest the manifest holds.</exception>
    public byte[]? Read(string path)
    {
        if (!_digests.TryGetValue(path, out var digest)) return null;
        var bytes = Bytes(_zip.GetEntry(path) ?? throw Refused($"{path} is missing."));
        return Digest.Sha256(bytes) == digest ? bytes : throw Refused($"{path} is not the file that the manifest lists.");
    }

    /// <summary>Checks every file against the manifest, and every event against the checkpoint that the keys signed.</summary>
    /// <exception cref="EvidenceRefusedException">The first thing that does not hold.</exception>
    public PackReport Verify(IReadOnlyCollection<VerifierKey> keys)
    {
        foreach (var entry in _zip.Entries.Where(entry => entry.FullName != Manifest))
            if (!_digests.ContainsKey(entry.FullName)) throw Refused($"{entry.FullName} is not in the manifest.");
        if (_zip.Entries.Count != _zip.Entries.Select(entry => entry.FullName).Distinct(StringComparer.Ordinal).Count()) throw Refused("Two files have the same name.");
        foreach (var (path, digest) in _digests)
        {
            using var content = (_zip.GetEntry(path) ?? throw Refused($"{path} is missing.")).Open();
            if ($"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}" != digest) throw Refused($"{path} is not the file that the manifest lists.");
            if (path.Split('/') is ["facts", var name] && digest != $"sha256:{Path.GetFileNameWithoutExtension(name)}") throw Refused($"{path} does not have the digest that it is named by.");
        }

        var head = SignedCheckpoint.Open(StrictText.Utf8Text(Read("checkpoint") ?? throw Refused("It has no checkpoint.")) ?? throw Refused("A checkpoint is UTF-8."), keys);
        var (streams, decisions, count) = (new Dictionary<string, long>(StringComparer.Ordinal), new List<string>(), 0L);
        foreach (var e in All())
        {
            var signed = e.Verify(keys).Checkpoint;
            if (signed.Size != head.Checkpoint.Size || !signed.Root.AsSpan().SequenceEqual(head.Checkpoint.Root)) throw Refused($"The proof of event {e.Id} is for another checkpoint.");
            var (stream, version) = (e.Shown["stream"]!.GetValue<string>(), e.Shown["version"]!.GetValue<long>());
            var next = streams.GetValueOrDefault(stream) + 1;
            if (version != next) throw Refused($"Event {e.Id} is event {version} of {stream}, where event {next} belongs.");
            streams[stream] = version;
            if (stream.StartsWith("check:", StringComparison.Ordinal)) decisions.Add(stream["check:".Length..]);
            count++;
        }

        var model = _manifest["model"]?.GetValue<string>() ?? "";
        if (!streams.ContainsKey($"model:{model}")) throw Refused($"It holds no event of the model '{model}' that it says it is of.");
        if (_manifest["events"]?.GetValue<long>() != count) throw Refused($"It holds {count} events, and its manifest says otherwise.");
        return new(head, model, _digests.Count, count, streams.Count, decisions);
    }

    /// <summary>The events, in the order of the pack; not checked yet.</summary>
    public IEnumerable<ExportedEvent> All()
    {
        using var reader = new StreamReader((_zip.GetEntry(Events) ?? throw Refused($"{Events} is missing.")).Open(), Encoding.UTF8);
        while (reader.ReadLine() is { } line) yield return ExportedEvent.Parse(line);
    }

    public void Dispose() => _zip.Dispose();

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        if (entry.Length > MostBytes) throw Refused($"{entry.FullName} is longer than any such file may be.");
        using var content = entry.Open();
        var bytes = new byte[entry.Length];
        content.ReadExactly(bytes);
        return bytes;
    }

    private static EvidenceRefusedException Refused(string why) => new(EvidenceRefusals.Pack, why);
}
