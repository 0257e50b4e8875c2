using FluentValidation;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.BuyOrBuild;

/// <summary>Asks whether to buy or to build. What it rests on and what it came to are kept, and stand in the log by their digests.</summary>
[AnyTeam, RequiresRole(Roles.EngineeringLead, Roles.Contributor, Roles.Executive, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record GiveAdvice(AdviceBody Body) : ICommand<AdviceView>
{
    public string Stream => "advice";
}

internal sealed class GiveAdviceRules : AbstractValidator<GiveAdvice>
{
    public GiveAdviceRules()
    {
        RuleFor(c => c.Body.Team).IsName().OverridePropertyName("team").When(c => c.Body.Team is not null);
        RuleFor(c => c.Body.Assessment).IsId().OverridePropertyName("assessment").When(c => c.Body.Assessment is not null);
    }
}

[AnyRole]
internal sealed record ReadAdvice(string Id) : IQuery<AdviceView>;

[AnyRole]
internal sealed record ExportAdvice(string Id) : IQuery<AdviceExport>;

[AnyRole]
internal sealed record ListAdvice(string? Team, Page Page) : IQuery<Listed<AdviceListing>>, IPaged;

internal sealed class ListAdviceRules : AbstractValidator<ListAdvice>
{
    public ListAdviceRules() => RuleFor(q => q.Team).IsName().When(q => q.Team is not null);
}

/// <param name="Recommended">Empty where nothing was feasible.</param>
internal sealed record AdviceListing(string Id, string? Team, string? Assessment, IReadOnlyList<string> Recommended, string By, DateTimeOffset At);
