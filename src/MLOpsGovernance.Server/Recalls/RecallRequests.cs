using FluentValidation;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Recalls;
using MLOpsGovernance.Server.Lineage;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Recalls;

/// <summary>Shows what recalling a dataset, or one version of it, reaches. Nothing happens by it; as a drill it records how long all of it takes.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.AiRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record PrepareRecall(string Dataset, string? Version, string? Reason, bool Drill, string? About) : ICommand<RecallView>
{
    public string Stream => $"dataset:{Dataset}";
}

/// <summary>Withdraws the data, and opens a finding on every version that rests on it.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.AiRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ConfirmRecall(string Dataset, string Id) : ICommand<RecallView>
{
    public string Stream => $"dataset:{Dataset}";
}

[AnyRole]
internal sealed record ReadRecall(string Dataset, string Id) : IQuery<RecallView>;

[AnyRole]
internal sealed record ListRecalls(Page Page, string? Dataset) : IQuery<Listed<RecallListing>>, IPaged;

internal sealed class PrepareRecallRules : AbstractValidator<PrepareRecall>
{
    public PrepareRecallRules()
    {
        RuleFor(c => c.Dataset).IsName();
        RuleFor(c => c.Version).IsLabel().When(c => c.Version is not null);
        RuleFor(c => c.Reason).IsText(0, 4000);
        RuleFor(c => c.Reason).NotEmpty().When(c => !c.Drill).WithErrorCode("reason-required").WithMessage("say why the data must not be used any more.");
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ConfirmRecallRules : AbstractValidator<ConfirmRecall>
{
    public ConfirmRecallRules()
    {
        RuleFor(c => c.Dataset).IsName();
        RuleFor(c => c.Id).IsId();
    }
}

internal sealed class ListRecallsRules : AbstractValidator<ListRecalls>
{
    public ListRecallsRules() => RuleFor(q => q.Dataset).IsName().When(q => q.Dataset is not null);
}

/// <param name="Version">Left out where every version is concerned.</param>
/// <param name="State"><c>prepared</c>, <c>confirmed</c> or <c>drilled</c>.</param>
/// <param name="Reach">How much it reaches. Of a drill the findings are those that would have been opened.</param>
/// <param name="TookMilliseconds">From the request until all was worked out; of a confirmed recall, until all was done.</param>
internal sealed record RecallListing(
    string Id, string Dataset, string? Version, string State, RecallReach Reach, long TookMilliseconds, string PreparedBy, DateTimeOffset PreparedAt, string? ConfirmedBy, DateTimeOffset? ConfirmedAt)
{
    public static RecallListing Of(Recall r) => new(r.Id!, r.Dataset, r.Version, r.State, r.Reach, r.TookMilliseconds, r.PreparedBy, r.PreparedAt, r.ConfirmedBy, r.ConfirmedAt);
}

/// <param name="Impact">The versions, deployments and owners that it reaches, as they were when it was prepared or confirmed.</param>
internal sealed record RecallView(string Id, RecallListing Recall, string? Reason, ImpactView? Impact);
