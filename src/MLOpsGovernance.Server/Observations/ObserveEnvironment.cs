using FluentValidation;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Observations;

/// <summary>What really runs in an environment, as somebody saw it. It is compared with what is on record; each difference opens one finding.</summary>
[AnyTeam, RequiresRole(Roles.Pipeline, Roles.Contributor, Roles.EngineeringLead, Roles.AiRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ObserveEnvironment(string Environment, DateTimeOffset ObservedAt, string? Source, IReadOnlyList<ObservedItem> Items) : ICommand<ObservationView>
{
    public string Stream => $"environment:{Environment}";
}

[AnyRole]
internal sealed record ReadObservation(string Environment) : IQuery<ObservedView>;

/// <param name="At">When it was seen.</param>
/// <param name="Digest">Of the list of items.</param>
/// <param name="Items">How many there were.</param>
internal sealed record ObservationView(string Environment, string State, DateTimeOffset At, string? Source, string Digest, int Items, IReadOnlyList<DiscrepancyView> Discrepancies);

/// <param name="Kind"><c>unknown-digest</c>, <c>running-not-allowed</c> or <c>recorded-not-running</c>.</param>
/// <param name="Finding">The open finding about it: on the model, or on the environment where no model has the digest.</param>
internal sealed record DiscrepancyView(string Kind, string Digest, string? Name, string? Model, int? Version, string? Deployment, string? Finding);

/// <summary>The last observation with all that was seen.</summary>
/// <param name="Items">Null where the store no longer has the list as it was.</param>
internal sealed record ObservedView(string Environment, string State, DateTimeOffset? At, string? Source, string? Digest, IReadOnlyList<ObservedItem>? Items);

internal sealed class ObserveEnvironmentRules : AbstractValidator<ObserveEnvironment>
{
    public ObserveEnvironmentRules()
    {
        RuleFor(c => c.Environment).IsName();
        RuleFor(c => c.Source).IsText(0, 200);
        RuleFor(c => c.Items).Must(i => i.Count <= ObservedItem.Most).WithMessage($"at most {ObservedItem.Most} items.");
        RuleFor(c => c.Items).Must(i => i.DistinctBy(x => (x.Name, x.Digest)).Count() == i.Count).WithMessage("each name with its digest is given once; replicas says how often it runs.");
        RuleForEach(c => c.Items).ChildRules(i =>
        {
            i.RuleFor(x => x.Name).NotNull().IsReference();
            i.RuleFor(x => x.Digest).IsDigest();
            i.RuleFor(x => x.Replicas).Must(r => r is null or >= 0).WithMessage("replicas is a whole number of 0 or more.");
        });
    }
}
