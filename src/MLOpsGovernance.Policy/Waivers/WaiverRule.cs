using System.Text.Json;
using MLOpsGovernance.Policy.Versions;

namespace MLOpsGovernance.Policy.Waivers;

/// <summary>What a waiver is held against: where and for what a decision is made.</summary>
public sealed record WaiverSubject(string Environment, string? Model, string? ArtifactDigest, long? Version = null)
{
    /// <summary>Reads <c>model.id</c> (or <c>model.name</c>), <c>release.artifactDigest</c> (or <c>model.artifactDigest</c>) and <c>version.number</c> from the facts.</summary>
    internal static WaiverSubject Of(PolicyQuery query)
    {
        using var facts = JsonDocument.Parse(query.Facts);
        return new(query.Environment, Text(facts, "model", "id") ?? Text(facts, "model", "name"),
            Text(facts, "release", "artifactDigest") ?? Text(facts, "model", "artifactDigest"), Whole(facts, "version", "number"));
    }

    private static long? Whole(JsonDocument facts, string fact, string field) =>
        facts.RootElement.TryGetProperty(fact, out var value) && value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty(field, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var whole) ? whole : null;

    private static string? Text(JsonDocument facts, string fact, string field) =>
        facts.RootElement.TryGetProperty(fact, out var value) && value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String && IsUnicode(text) ? text.GetString() : null;

    /// <summary>Half of a surrogate pair may be written in JSON; it names nothing.</summary>
    private static bool IsUnicode(JsonElement text)
    {
        try
        {
            return text.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

/// <summary>The one place that decides whether a waiver applies. Gate, tool and background scan all ask here, with one clock.</summary>
public static class WaiverRule
{
    /// <summary>Why the waiver does not apply to the rule at that instant, or null when it does.</summary>
    public static string? Refusal(Waiver waiver, PolicyDocument policy, PolicyRule rule, WaiverSubject subject, DateTimeOffset now) =>
        Standing(waiver, policy)
        ?? (!rule.Waivable ? $"the rule '{rule.Id}' cannot be waived"
            : !Contains(waiver.RuleIds, rule.Id) ? $"the waiver does not name the rule '{rule.Id}'"
            : !Covers(waiver.Scope, subject) ? "the request is outside the waiver's scope"
            : now < waiver.ApprovedAt ? "the waiver is not yet approved at this instant"
            : now >= waiver.ExpiresAt ? "the waiver has expired"
            : null);

    /// <summary>What is wrong with the waiver itself under the policy's limits, whenever it is used; also to be asked when one is created.</summary>
    public static string? Standing(Waiver waiver, PolicyDocument policy)
    {
        if (waiver.Policy != policy.Name) return $"the waiver is for the policy '{waiver.Policy}'";
        if (!VersionRange.TryParse(waiver.PolicyVersions, out var range)) return $"'{waiver.PolicyVersions}' is no version range";
        if (!SemanticVersion.TryParse(policy.Version, out var version) || !range!.Contains(version!)) return $"the waiver is not for version {policy.Version}";
        if (policy.Waivers is not { } limits) return "the policy takes no waivers";
        if (waiver.ExpiresAt <= waiver.ApprovedAt) return "the waiver ends before it begins";
        if (waiver.ExpiresAt - waiver.ApprovedAt > limits.MaxDuration) return $"the waiver is longer than {limits.MaxDuration}";
        if (waiver.ApprovedBy == waiver.RequestedBy) return "a waiver is approved by someone other than who asked for it";
        if (!limits.ApproverRoles.Any(role => Contains(waiver.ApproverRoles, role))) return $"the approver held none of the roles {string.Join(", ", limits.ApproverRoles)}";
        return limits.RequireCompensatingControl && waiver.CompensatingControls.Count == 0 ? "the waiver names no compensating control" : null;
    }

    /// <summary>The versions of a policy for which a waiver of it is meant unless somebody says otherwise: from this one on, until the next that breaks with it.</summary>
    public static string VersionsFrom(PolicyDocument policy) =>
        SemanticVersion.TryParse(policy.Version, out var version) && version!.Part(0) < long.MaxValue ? $">={policy.Version} <{version.Part(0) + 1}.0.0" : policy.Version;

    private static bool Covers(WaiverScope scope, WaiverSubject subject) =>
        (scope.Model is null || scope.Model == subject.Model)
        && (scope.Environments is null || Contains(scope.Environments, subject.Environment))
        && (scope.Version is null || scope.Version == subject.Version)
        && (scope.ArtifactDigests is null || (subject.ArtifactDigest is { } digest && Contains(scope.ArtifactDigests, digest)));

    private static bool Contains(IReadOnlyList<string> names, string name) => names.Contains(name, StringComparer.Ordinal);
}
