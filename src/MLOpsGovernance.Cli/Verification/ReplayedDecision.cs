using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Exports;
using MLOpsGovernance.Evidence.Packs;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Policy.Waivers;

namespace MLOpsGovernance.Cli.Verification;

/// <summary>Makes a decision again from what a pack holds: its facts, its policy set and its clock.</summary>
internal sealed class ReplayedDecision(EvidencePack pack)
{
    private readonly Dictionary<string, PolicySet> _sets = new(StringComparer.Ordinal);

    /// <summary>False where nothing was judged, because what was asked about was unknown or no policy set held.</summary>
    /// <exception cref="EvidenceRefusedException">It comes out otherwise, or what it rested on is not there as it was.</exception>
    public bool Make(ExportedEvent e)
    {
        var (decision, id) = (e.Shown["data"]!.AsObject(), e.Shown["stream"]!.GetValue<string>()["check:".Length..]);
        var digest = Text(decision, "factsDigest");
        var frozen = pack.Read($"facts/{digest["sha256:".Length..]}.json") ?? throw Refused(id, $"its facts {digest} are missing");
        if (Digest.Sha256(frozen) != digest) throw Refused(id, "its facts are not those it was made on");
        if (decision["code"]?.GetValue<string>() is "model-unknown" or "version-unknown" or "environment-unknown" or "no-policy-set") return false;

        var (set, facts) = (SetOf(Text(decision, "policySet"), id), JsonNode.Parse(frozen)!.AsObject());
        var now = DateTimeOffset.Parse(Text(decision, "at"), CultureInfo.InvariantCulture);
        var release = facts["release"]!.AsObject();
        var verdict = set.Evaluate(new(Text(release, "action"), Text(release, "environment"), facts["environment"]!["gated"]!.GetValue<bool>(), frozen, now, Waivers(set, facts)));
        var outcome = Word(verdict.Outcome.ToString());
        if (outcome != Text(decision, "outcome")) throw Refused(id, $"it comes out as {outcome}, and {Text(decision, "outcome")} was recorded");
        foreach (var rule in decision["rules"]!.AsArray().Select(r => r!.AsObject()))
        {
            var again = verdict.Rules.FirstOrDefault(r => r.Policy == Text(rule, "policy") && r.Rule == Text(rule, "rule")) ?? throw Refused(id, $"its policies have no rule {Text(rule, "rule")}");
            if (Word(again.Result.ToString()) != Text(rule, "result") || Word(again.Level.ToString()) != Text(rule, "level") || (rule["message"] is { } message && message.GetValue<string>() != again.Message)
                || rule["waiver"]?["name"]?.GetValue<string>() != again.Waiver?.Name || rule["waiver"]?["digest"]?.GetValue<string>() != again.Waiver?.Digest)
                throw Refused(id, $"rule {Text(rule, "rule")} comes out as {Word(again.Result.ToString())}, and {Text(rule, "result")} was recorded");
        }

        if (verdict.Rules.FirstOrDefault(r => r.Result is not RuleOutcome.NotApplicable && !decision["rules"]!.AsArray().Any(k => Text(k!.AsObject(), "policy") == r.Policy && Text(k.AsObject(), "rule") == r.Rule)) is { } left)
            throw Refused(id, $"rule {left.Rule} was judged and is not on record");
        return true;
    }

    private PolicySet SetOf(string digest, string id)
    {
        if (_sets.TryGetValue(digest, out var known)) return known;
        var bytes = pack.Read($"policies/{digest["sha256:".Length..]}.json") ?? throw Refused(id, $"its policy set {digest} is missing");
        var load = PolicySet.Load([.. JsonNode.Parse(bytes)!["documents"]!.AsArray().Select(d => new PolicyFile(Text(d!.AsObject(), "path"), Text(d.AsObject(), "text")))]);
        return load.Set is { } set && set.Digest == digest ? _sets[digest] = set : throw Refused(id, "the documents of its policy set are not those that held");
    }

    /// <summary>The waivers among the facts, in the words of the policy language; a break-glass stands in for one of whatever may be waived.</summary>
    private static IReadOnlyList<Waiver>? Waivers(PolicySet set, JsonObject facts)
    {
        List<Waiver> waivers = [.. (facts["waivers"]?.AsArray() ?? []).Select(w => OfFact(w!.AsObject()))];
        foreach (var glass in (facts["breakGlass"]?.AsArray() ?? []).Select(g => g!.AsObject()))
            waivers.AddRange(set.Policies.Where(policy => policy.Waivers is not null).Select(policy => OfGlass(glass, policy, facts)));
        return waivers.Count == 0 ? null : waivers;
    }

    private static Waiver OfFact(JsonObject w)
    {
        var version = w["version"]?.GetValue<int>();
        return new(
            Text(w, "id"), Digest.Sha256(CanonicalJson.Of(Encoding.UTF8.GetBytes(w.ToJsonString()).AsSpan())), Text(w, "policy"), Text(w, "policyVersions"), [Text(w, "rule")],
            new(Text(w, "model"), [Text(w, "environment")], version is null ? null : Texts(w, "digests"), version), "on record", Text(w, "id"), w["hasControl"]!.GetValue<bool>() ? ["on record"] : [],
            Text(w, "requestedBy"), Text(w, "approvedBy"), Texts(w, "approverRoles"), Time(w, "approvedAt"), Time(w, "expiresAt"));
    }

    private static Waiver OfGlass(JsonObject glass, PolicyDocument policy, JsonObject facts) => new(
        $"break-glass:{Text(glass, "id")}",
        Digest.Sha256(Encoding.UTF8.GetBytes($"{Text(glass, "id")}\n{policy.Name}\n{Text(facts["release"]!.AsObject(), "artifactDigest")}\n{Time(glass, "until"):O}")),
        policy.Name, $">={policy.Version} <={policy.Version}", [.. policy.Rules.Where(r => r.Waivable).Select(r => r.Id)],
        new(Text(facts["model"]!.AsObject(), "id"), [Text(facts["release"]!.AsObject(), "environment")], null), "break-glass", Text(glass, "id"), ["a finding was opened with it"],
        Text(glass, "requestedBy"), Text(glass, "approvedBy"), policy.Waivers?.ApproverRoles ?? [], Time(glass, "approvedAt"), Time(glass, "until"));

    private static string Text(JsonObject json, string field) => json[field]?.GetValue<string>() ?? throw new EvidenceRefusedException(EvidenceRefusals.Pack, $"A decision or its facts lack '{field}'.");

    private static string[] Texts(JsonObject json, string field) => [.. (json[field]?.AsArray() ?? []).Select(text => text!.GetValue<string>())];

    private static DateTimeOffset Time(JsonObject json, string field) => DateTimeOffset.Parse(Text(json, field), CultureInfo.InvariantCulture).ToUniversalTime();

    private static string Word(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static EvidenceRefusedException Refused(string id, string why) => new(EvidenceRefusals.Pack, $"Decision {id} does not hold: {why}.");
}
