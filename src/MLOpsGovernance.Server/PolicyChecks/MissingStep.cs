using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>What is still missing before a rule holds, for the person who can do it.</summary>
/// <param name="What">One step, in words a person acts on.</param>
/// <param name="Role">Who can take it.</param>
/// <param name="OrRoles">Other roles in which it would do as well; null where only that one does.</param>
internal sealed record MissingStep(string What, string Role, IReadOnlyList<string>? OrRoles = null)
{
    /// <summary>Somebody's word is all that is missing, or something about the version, its data or its papers has to become another.</summary>
    public const string ByApproval = "by-approval", ByChange = "by-change";
}

/// <summary>A step that people could take, and the facts as they would be then.</summary>
/// <param name="Fact">The fact that it changes, by its name in the schema.</param>
/// <param name="IsConsent">Whether it is somebody's word alone.</param>
/// <param name="Evidence">The kind of evidence that it attaches; null for other steps.</param>
internal sealed record PossibleStep(string Fact, MissingStep Missing, bool IsConsent, Func<GateFacts, GateFacts> Take, string? Evidence = null)
{
    public static readonly TimeSpan Soon = TimeSpan.FromDays(1);

    private const int MostOfAKind = 20;

    /// <summary>Two by each role, so that rules that want several people can be met. Those who have not had their say come first.</summary>
    private const int ApprovalsOfARole = 2;

    /// <summary>All steps that could be taken as the facts are; the more usual before the less.</summary>
    public static IEnumerable<PossibleStep> All(GateFacts facts, IReadOnlyList<EvidenceKind> evidenceKinds, DateTimeOffset now)
    {
        for (var i = 0; i < ApprovalsOfARole; i++)
        {
            foreach (var role in Roles.Approvers) yield return Approval(facts, role, i, now);
        }

        if (facts.Model.RiskState != "confirmed")
            yield return new("model", new("the risk class of the model confirmed from outside its team", Roles.AiRiskOfficer, [Roles.ComplianceOfficer]), true,
                f => f with { Model = f.Model with { RiskState = "confirmed", RiskConfirmedBy = "hypothetical-confirmer" } });
        foreach (var dataset in facts.Datasets.Where(d => d.ClassState != "confirmed").Take(MostOfAKind))
            yield return new("datasets", Classified($"training dataset {dataset.Name}"), true,
                f => f with { Datasets = [.. f.Datasets.Select(d => d.Name == dataset.Name ? d with { ClassState = "confirmed" } : d)] });
        foreach (var source in (facts.Sources ?? []).Where(s => s.ClassState != "confirmed").Take(MostOfAKind))
            yield return new("sources", Classified($"{source.Name}, a source of the training data,"), true,
                f => f with { Sources = [.. f.Sources!.Select(s => s.Name == source.Name ? s with { ClassState = "confirmed" } : s)] });
        foreach (var condition in facts.Conditions.Take(MostOfAKind)) yield return Condition(condition);
        yield return new("validations", new($"a validation that finds version {facts.Version.Number} fit", Roles.ModelValidator), true,
            f => f with { Validations = [new("hypothetical-validation", "hypothetical-validator", Validation.Fit, now, null, f.Version.ArtifactDigest, ApprovalStanding.Live)] });
        yield return new("revalidation", new($"version {facts.Version.Number} validated anew", Roles.ModelValidator), true, f => f with { Revalidation = f.Revalidation with { DueAt = null } });
        if (facts.Model.RecertificationDueAt is not null)
            yield return new("model", new("the model confirmed as in use and rightly on record, by its team", Roles.Contributor, [Roles.EngineeringLead]), true,
                f => f with { Model = f.Model with { RecertificationDueAt = now + Soon } });
        foreach (var finding in facts.Findings.Take(MostOfAKind)) yield return Finding(finding);
        if (facts.Model.Suspended) yield return new("model", Resumed("model"), false, f => f with { Model = f.Model with { Suspended = false } });
        if (facts.Version.Suspended) yield return new("version", Resumed("version"), false, f => f with { Version = f.Version with { Suspended = false } });
        foreach (var kind in evidenceKinds)
            yield return new("evidence", new($"evidence of kind {kind.Code} attached to version {facts.Version.Number}", Roles.Contributor, [Roles.Pipeline]), false,
                f => f with { Evidence = [new(kind.Code, f.Version.ArtifactDigest, now, null, "hypothetical-author"), .. f.Evidence.Where(e => e.Kind != kind.Code)] }, kind.Code);
    }

    /// <summary>The same step taken in another role; null where it is no approval.</summary>
    public PossibleStep? In(string role, GateFacts facts, DateTimeOffset now) =>
        Fact == "approvals" && Missing.Role != role ? Approval(facts, role, ApprovalsOfARole, now) : null;

    private static PossibleStep Approval(GateFacts facts, string role, int number, DateTimeOffset now) =>
        new("approvals", new($"one more approval by {role} of {facts.Version.ArtifactDigest}", role), true, f => f with
        {
            Approvals =
            [
                new($"hypothetical-{role}-{number}", $"hypothetical-{role}-{number}", role, now, now + Soon, f.Version.ArtifactDigest, ApprovalStanding.Live, [], ""),
                .. f.Approvals.Take(FactSources.MostApprovals - 1),
            ],
        });

    private static MissingStep Classified(string what) => new($"the class of {what} confirmed from outside its team", Roles.ComplianceOfficer, [Roles.AiRiskOfficer]);

    private static MissingStep Resumed(string what) => new($"the suspension of the {what} lifted", Roles.AiRiskOfficer, [Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.ModelValidator]);

    private static PossibleStep Condition(ConditionFact condition)
    {
        var missing = condition.State == "reported"
            ? new MissingStep($"condition {condition.Id}, which {condition.Owner} reports as fulfilled, confirmed as met", Roles.ModelValidator, [Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer])
            : new MissingStep($"condition {condition.Id} fulfilled by {condition.Owner} and confirmed by somebody else", Roles.Contributor);
        return new("conditions", missing, condition.State == "reported", f => f with { Conditions = [.. f.Conditions.Where(c => c.Id != condition.Id)] });
    }

    private static PossibleStep Finding(FindingFact finding) =>
        new("findings", new($"finding {finding.Id} ({finding.Severity}) remedied{(finding.Owner is { } owner ? $" by {owner}" : "")} and closed by a second person", Roles.Contributor, [Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ComplianceOfficer]), false,
            f => f with { Findings = [.. f.Findings.Where(x => x.Id != finding.Id)] });
}
