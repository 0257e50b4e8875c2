using FluentValidation;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Waivers;

/// <summary>Asks that a rule be waived for a model in an environment, until a time. A second person must agree.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record RequestWaiver(
    string Model, string Environment, string Rule, int? Version, string? ArtifactDigest, DateTimeOffset? ExpiresAt, string Reason, string? CompensatingControl, string? Ticket, string? About) : ICommand<WaiverView>
{
    /// <summary>The model's: it decides what may be asked for, and its team asks.</summary>
    public string Stream => $"model:{Model}";
}

/// <summary>Which role it takes, the policy says.</summary>
[AnyTeam, RequiresRole(Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Executive)]
internal sealed record ApproveWaiver(string Id, string Reason, string? About) : IWaiverCommand;

[AnyTeam, RequiresRole(Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Executive)]
internal sealed record RejectWaiver(string Id, string Reason, string? About) : IWaiverCommand;

/// <summary>Whoever asked for it may take it back, whichever team they are in by now.</summary>
[AnyTeam, RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record WithdrawWaiver(string Id, string Reason, string? About) : IWaiverCommand;

[AnyTeam, RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Executive)]
internal sealed record RevokeWaiver(string Id, string Reason, string? About) : IWaiverCommand;

[AnyRole]
internal sealed record ReadWaiver(string Id) : IQuery<WaiverView>;

/// <summary>A command to one waiver.</summary>
internal interface IWaiverCommand : ICommand<WaiverView>
{
    string Id { get; }

    string Reason { get; }

    string? About { get; }

    string IAimed.Stream => $"waiver:{Id}";
}

internal sealed class RequestWaiverRules : AbstractValidator<RequestWaiver>
{
    public RequestWaiverRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Environment).IsName();
        RuleFor(c => c.Rule).IsRuleId();
        RuleFor(c => c.Version).Must(v => v is null or >= 1).WithErrorCode("invalid-version").WithMessage("a model version is a whole number from 1 to 2147483647.");
        RuleFor(c => c.ArtifactDigest!).IsDigest().When(c => c.ArtifactDigest is not null);
        RuleFor(c => c.ExpiresAt).NotNull().WithErrorCode("expiry-required").WithMessage("a waiver has an end: RFC 3339 with a zone, such as 2026-01-31T12:00:00Z.");
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.CompensatingControl).IsText(1, 4000).When(c => c.CompensatingControl is not null);
        RuleFor(c => c.Ticket).IsReference();
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal abstract class DecisionRules<T> : AbstractValidator<T> where T : IWaiverCommand
{
    protected DecisionRules()
    {
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ApproveWaiverRules : DecisionRules<ApproveWaiver>;

internal sealed class RejectWaiverRules : DecisionRules<RejectWaiver>;

internal sealed class WithdrawWaiverRules : DecisionRules<WithdrawWaiver>;

internal sealed class RevokeWaiverRules : DecisionRules<RevokeWaiver>;

internal static class RuleIds
{
    /// <summary>As policies write them.</summary>
    public static IRuleBuilderOptions<T, string?> IsRuleId<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(Name.IsLabel).WithErrorCode("invalid-rule").WithMessage($"a rule's id is {Name.LabelRule}.");
}
