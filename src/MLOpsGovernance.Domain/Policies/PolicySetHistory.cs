using System.Text.Json.Serialization;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Policies;

/// <summary>Which policies are in force, and the documents themselves, so that any past decision can be replayed with exactly what held.</summary>
public sealed record PolicySetHistory
{
    public PolicySetAdopted? InForce { get; init; }

    public static PolicySetHistory Evolve(PolicySetHistory history, object e) => e switch
    {
        PolicySetAdopted adopted => history with { InForce = adopted },
        _ => history,
    };
}

/// <param name="Digest">Of the documents, as the policy library computes it.</param>
/// <param name="ProposedBy">Who put the change forward.</param>
/// <param name="By">Who adopted it.</param>
public sealed record PolicySetAdopted(string Digest, IReadOnlyList<PolicyDocumentText> Documents, string ProposedBy, string By, DateTimeOffset At);

public sealed record PolicyDocumentText(string Path, string Text);

[JsonDerivedType(typeof(AdoptPolicySet), "adopt-policy-set")]
public abstract record PolicySetCommand;

/// <param name="AtBirthOnly">Adopt only where nothing was ever adopted.</param>
public sealed record AdoptPolicySet(string Digest, IReadOnlyList<PolicyDocumentText> Documents, bool AtBirthOnly) : PolicySetCommand;

public static class PolicySetDecider
{
    public static Decision Decide(PolicySetHistory history, PolicySetCommand command, Actor actor, DateTimeOffset at) => command switch
    {
        AdoptPolicySet { Documents.Count: 0 } => Unprocessable("policy-set-empty", "An empty policy set would close or open every gate by accident; it is never adopted."),
        AdoptPolicySet when !actor.IsSystem =>
            Forbidden("second-person-required", $"{actor.Subject} cannot adopt a policy set alone: one officer proposes it and another adopts it."),
        AdoptPolicySet { AtBirthOnly: true } when history.InForce is not null => Nothing,
        AdoptPolicySet adopt => adopt.Digest == history.InForce?.Digest ? Nothing : Accept(new PolicySetAdopted(adopt.Digest, adopt.Documents, actor.Subject, actor.Subject, at)),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };
}
