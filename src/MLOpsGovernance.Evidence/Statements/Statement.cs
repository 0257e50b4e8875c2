using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLOpsGovernance.Evidence.Statements;

/// <summary>What a statement is about; only the digest counts.</summary>
/// <param name="Digest"><c>sha256:</c> and 64 hexadecimal digits.</param>
public sealed record Subject(string Name, string Digest);

/// <summary>An in-toto statement, version 1: something said of subjects that are known by their digest.</summary>
public sealed record Statement(IReadOnlyList<Subject> Subjects, string PredicateType, JsonElement Predicate)
{
    public const string PayloadType = "application/vnd.in-toto+json", Type = "https://in-toto.io/Statement/v1";

    /// <summary>Its canonical JSON.</summary>
    public byte[] ToBytes() => CanonicalJson.Of(JsonSerializer.SerializeToElement(new JsonObject
    {
        ["_type"] = Type,
        ["subject"] = new JsonArray([.. Subjects.Select(static s => new JsonObject { ["name"] = s.Name, ["digest"] = new JsonObject { ["sha256"] = s.Digest["sha256:".Length..] } })]),
        ["predicateType"] = PredicateType,
        ["predicate"] = JsonObject.Create(Predicate),
    }));

    /// <exception cref="EvidenceRefusedException">Malformed, or of another type. Subjects without a SHA-256 are left out; members that are not known are passed over.</exception>
    public static Statement Parse(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json, new() { AllowDuplicateProperties = false, MaxDepth = 32 });
            var root = document.RootElement;
            if (root.GetProperty("_type").GetString() != Type) throw Refused($"A statement is of the type {Type}.");
            var subjects = root.GetProperty("subject").EnumerateArray().Select(Read).OfType<Subject>().ToList();
            var predicate = root.GetProperty("predicate");
            if (subjects.Count == 0 || predicate.ValueKind != JsonValueKind.Object) throw Refused("A statement has a subject with a SHA-256 digest, and a predicate.");
            return new(subjects, root.GetProperty("predicateType").GetString() ?? "", predicate.Clone());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Refused("A statement is a JSON object with _type, subject, predicateType and predicate.", e);
        }
    }

    public bool IsAbout(string digest) => Subjects.Any(s => s.Digest == digest);

    private static Subject? Read(JsonElement subject)
    {
        var name = subject.TryGetProperty("name", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "";
        return subject.TryGetProperty("digest", out var digests) && digests.TryGetProperty("sha256", out var hex) && Digest($"sha256:{hex.GetString()}") is { } digest ? new(name, digest) : null;
    }

    private static string? Digest(string text) => Evidence.Digest.IsWellFormed(text) ? text : null;

    private static EvidenceRefusedException Refused(string why, Exception? inner = null) => new(EvidenceRefusals.Statement, why, inner);
}
