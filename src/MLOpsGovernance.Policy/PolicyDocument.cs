namespace MLOpsGovernance.Policy;

public enum PolicySeverity { Low, Medium, High, Critical }

/// <summary>What a policy document says about itself. The compiled form stays inside the set.</summary>
/// <param name="Digest">SHA-256 of the canonical JSON of the parsed document: comments and key order do not matter.</param>
/// <param name="Path">The file it came from.</param>
public sealed record PolicyDocument(
    string Name, string Version, string Title, string Digest, string Path, PolicySeverity Severity, string Owner, string? Contact,
    PolicyMatch Match, bool FailClosed, PolicyEnforcement Enforcement, IReadOnlyList<PolicyRule> Rules, WaiverLimits? Waivers);

/// <summary>Empty lists match everything.</summary>
/// <param name="Conditions">Name and expression of each condition.</param>
public sealed record PolicyMatch(
    IReadOnlyList<string> Actions, IReadOnlyList<string> Environments, IReadOnlyList<KeyValuePair<string, string>> Conditions)
{
    /// <summary>Whether it is asked at all; what the conditions say comes after that.</summary>
    public bool IsMeantFor(string action, string environment) => Covers(Actions, action) && Covers(Environments, environment);

    private static bool Covers(IReadOnlyList<string> names, string name)
    {
        if (names.Count == 0) return true;
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name) return true;
        }

        return false;
    }
}

/// <summary>A place in a policy that names an environment, in <c>match</c> or in <c>enforcement</c>.</summary>
public sealed record EnvironmentMention(string Environment, string File, int Line, int Column);

/// <param name="SuspendsLive">Whether what runs already and fails a mandatory rule does not go on running. Without it nothing is stopped.</param>
public sealed record PolicyEnforcement(EnforcementLevel Default, IReadOnlyDictionary<string, EnforcementLevel> Environments, bool SuspendsLive = false)
{
    public EnforcementLevel In(string environment) => Environments.TryGetValue(environment, out var level) ? level : Default;
}

/// <param name="EffectiveFrom">Before this instant the rule reports <see cref="RuleOutcome.NotYetInForce"/> and is not evaluated, unless it was adopted early.</param>
/// <param name="AdoptedEarly">The policy or the set's manifest puts it in force before its date.</param>
/// <param name="Description">What the rule wants and why, where its title does not say all of it.</param>
/// <param name="Line">Where it stands in the policy's file.</param>
public sealed record PolicyRule(
    string Id, string Title, string Expression, string Message, string? Remediation, IReadOnlyList<ControlRef> Controls, bool Waivable,
    DateTimeOffset? EffectiveFrom, bool AdoptedEarly = false, string? Description = null, int Line = 1, int Column = 1)
{
    public bool IsInForce(DateTimeOffset now) => AdoptedEarly || EffectiveFrom is null || now >= EffectiveFrom;
}

/// <summary>What a policy demands of the waivers of its rules.</summary>
public sealed record WaiverLimits(TimeSpan MaxDuration, IReadOnlyList<string> ApproverRoles, bool RequireCompensatingControl);
