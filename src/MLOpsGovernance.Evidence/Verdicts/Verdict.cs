using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Statements;

namespace MLOpsGovernance.Evidence.Verdicts;

/// <summary>
/// That the gate let an artifact through, for one environment and for a while: a SLSA verification summary, which knows neither, with members of our own that
/// do.
/// </summary>
/// <param name="Verifier">Who judged: an address that belongs to the key.</param>
/// <param name="ArtifactDigest">What was judged.</param>
/// <param name="PolicySet">The digest of the policies that held.</param>
/// <param name="Inputs">Digests of all that the judgement rests on, the facts among them.</param>
public sealed record Verdict(
    string Verifier,
    string Model,
    int Version,
    string ArtifactDigest,
    string Environment,
    string DecisionId,
    string PolicySet,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Waivers,
    DateTimeOffset VerifiedAt,
    DateTimeOffset ValidUntil)
{
    public const string PredicateType = "https://slsa.dev/verification_summary/v1";

    private const string Own = "https://mlops-governance.dev/verdict/v1#", Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static string ResourceOf(string model, int version, string environment) => $"mlops-governance://models/{model}/versions/{version}?environment={environment}";

    public static string LevelOf(string environment) => $"MLOPS_GATE_{environment.ToUpperInvariant()}";

    /// <summary>The signed form.</summary>
    public Envelope Sign(params IEnumerable<EnvelopeSigningKey> keys) => Envelope.Sign(Statement.PayloadType, ToStatement().ToBytes(), keys);

    private Statement ToStatement() => new([new($"{Model}@{Version}", ArtifactDigest)], PredicateType, JsonSerializer.SerializeToElement(new JsonObject
    {
        ["verifier"] = new JsonObject { ["id"] = Verifier },
        ["timeVerified"] = VerifiedAt.UtcDateTime.ToString(Seconds, CultureInfo.InvariantCulture),
        ["resourceUri"] = ResourceOf(Model, Version, Environment),
        ["policy"] = new JsonObject { ["uri"] = $"mlops-governance://policies/sets/{PolicySet}", ["digest"] = Sha256(PolicySet) },
        ["inputAttestations"] = new JsonArray([.. Inputs.Select(static input => new JsonObject { ["digest"] = Sha256(input) })]),
        ["verificationResult"] = "PASSED",
        ["verifiedLevels"] = new JsonArray(LevelOf(Environment)),
        [Own + "model"] = Model,
        [Own + "version"] = Version,
        [Own + "environment"] = Environment,
        [Own + "decision"] = DecisionId,
        [Own + "validUntil"] = ValidUntil.UtcDateTime.ToString(Seconds, CultureInfo.InvariantCulture),
        [Own + "waivers"] = new JsonArray([.. Waivers.Select(static w => JsonValue.Create(w))]),
    }));

    /// <summary>Reads a signed verdict and checks that it lets this artifact into this environment, now.</summary>
    /// <exception cref="EvidenceRefusedException">It does not; the message says why.</exception>
    public static Verdict Open(Envelope envelope, IReadOnlyCollection<EnvelopeVerifierKey> keys, VerdictExpectation expected, DateTimeOffset now)
    {
        envelope.VerifiedBy(keys);
        if (envelope.PayloadType != Statement.PayloadType) throw Refused($"The envelope holds {envelope.PayloadType}, no statement.");
        var statement = Statement.Parse(envelope.Payload);
        if (expected.ArtifactDigest is { } artifact && !statement.IsAbout(artifact)) throw Refused($"The verdict is about {statement.Subjects[0].Digest}, not about {artifact}.");
        if (statement.PredicateType != PredicateType) throw Refused($"The statement is a {statement.PredicateType}, no verification summary.");
        try
        {
            var verdict = Read(statement);
            verdict.Check(statement.Predicate, expected, now);
            return verdict;
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw Refused("The verdict lacks what says for which model, environment and time it is.", e);
        }
    }

    private void Check(JsonElement predicate, VerdictExpectation expected, DateTimeOffset now)
    {
        if (expected.Verifier is { } verifier && Verifier != verifier) throw Refused($"The verdict is by {Verifier}, not by {verifier}.");
        if (Environment != expected.Environment || predicate.GetProperty("resourceUri").GetString() != ResourceOf(Model, Version, Environment))
            throw Refused($"The verdict is for {Environment}, not for {expected.Environment}.");
        if (expected.Model is { } model && Model != model) throw Refused($"The verdict is about the model {Model}, not about {model}.");
        if (predicate.GetProperty("verificationResult").GetString() != "PASSED") throw Refused("The verdict is not PASSED.");
        if (!Texts(predicate, "verifiedLevels").Contains(LevelOf(Environment), StringComparer.Ordinal)) throw Refused($"The verdict lacks the level {LevelOf(Environment)}.");
        if (now >= ValidUntil) throw Refused($"The verdict was valid until {ValidUntil.UtcDateTime.ToString(Seconds, CultureInfo.InvariantCulture)}; ask again.");
        if (now + expected.ClockTolerance < VerifiedAt) throw Refused($"The verdict is of {VerifiedAt.UtcDateTime.ToString(Seconds, CultureInfo.InvariantCulture)}, which has not come.");
    }

    private static Verdict Read(Statement statement)
    {
        var predicate = statement.Predicate;
        return new(
            predicate.GetProperty("verifier").GetProperty("id").GetString() ?? "",
            Text(predicate, Own + "model"),
            predicate.GetProperty(Own + "version").GetInt32(),
            statement.Subjects[0].Digest,
            Text(predicate, Own + "environment"),
            Text(predicate, Own + "decision"),
            "sha256:" + Text(predicate.GetProperty("policy").GetProperty("digest"), "sha256"),
            [.. predicate.GetProperty("inputAttestations").EnumerateArray().Select(static i => "sha256:" + Text(i.GetProperty("digest"), "sha256"))],
            [.. Texts(predicate, Own + "waivers")],
            Time(predicate, "timeVerified"),
            Time(predicate, Own + "validUntil"));
    }

    private static JsonObject Sha256(string digest) => new() { ["sha256"] = digest["sha256:".Length..] };

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException();

    private static IEnumerable<string> Texts(JsonElement element, string name) => element.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(static e => e.GetString() ?? "") : [];

    private static DateTimeOffset Time(JsonElement element, string name) => DateTimeOffset.Parse(Text(element, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static EvidenceRefusedException Refused(string why, Exception? inner = null) => new(EvidenceRefusals.Verdict, why, inner);
}

/// <summary>What a deployer wants a verdict for.</summary>
/// <param name="ArtifactDigest">The digest of the file in hand; without it only the rest is checked.</param>
/// <param name="Verifier">The only one whose verdict counts, beside the key.</param>
public sealed record VerdictExpectation(string Environment, string? ArtifactDigest = null, string? Model = null, string? Verifier = null)
{
    /// <summary>How far the deployer's clock may be behind.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);
}
