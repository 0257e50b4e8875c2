using FluentValidation;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Validations;

/// <summary>Records what a validator found. Refused when the caller, or the owner of the credential, had a hand in the version or asked for its review.</summary>
[RequiresRole(Roles.ModelValidator)]
internal sealed record ValidateVersion(
    string Model, int Version, string Scope, string Conclusion, string? Limitations, IReadOnlyList<string> Evidence, IReadOnlyList<ConditionWish> Conditions, DateTimeOffset? ValidUntil, string? About)
    : ICommand<OpenedAnswer>
{
    public string Stream => $"model:{Model}";
}

/// <summary>The owner of a condition says that it is fulfilled.</summary>
[AnyTeam, RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ReportCondition(string Model, int Version, string Id, IReadOnlyList<string> Evidence, string Reason, string? About) : IVersionCommand;

/// <summary>Somebody else agrees that a condition is met.</summary>
[RequiresRole(Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record ConfirmCondition(string Model, int Version, string Id, string Reason, string? About) : IVersionCommand;

/// <summary>A condition as somebody asks for it.</summary>
/// <param name="Id">A name; made up where it is left out.</param>
internal sealed record ConditionWish(string Title, DateTimeOffset Due, string? Owner = null, string? Id = null);

internal sealed class ConditionWishRules : AbstractValidator<ConditionWish>
{
    public const int Most = 20;

    public ConditionWishRules()
    {
        RuleFor(c => c.Title).IsText(1, 1000);
        RuleFor(c => c.Id).IsName().When(c => c.Id is not null);
        RuleFor(c => c.Owner).IsSubject().When(c => !string.IsNullOrWhiteSpace(c.Owner));
    }
}

internal sealed class ValidateVersionRules : AbstractValidator<ValidateVersion>
{
    public ValidateVersionRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.Scope).IsText(1, 4000);
        RuleFor(c => c.Conclusion).IsOneOf(Validation.Conclusions);
        RuleFor(c => c.Limitations).IsText(0, 4000);
        RuleFor(c => c.Evidence).Must(e => e.Count <= Rules.MostListed).WithMessage($"at most {Rules.MostListed} digests.");
        RuleForEach(c => c.Evidence).IsDigest();
        RuleFor(c => c.Conditions).Must(d => d.Count <= ConditionWishRules.Most).WithMessage($"at most {ConditionWishRules.Most} conditions.");
        RuleForEach(c => c.Conditions).SetValidator(new ConditionWishRules());
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ReportConditionRules : AbstractValidator<ReportCondition>
{
    public ReportConditionRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.Id).IsName();
        RuleFor(c => c.Evidence).Must(e => e.Count <= Rules.MostListed).WithMessage($"at most {Rules.MostListed} digests.");
        RuleForEach(c => c.Evidence).IsDigest();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ConfirmConditionRules : AbstractValidator<ConfirmCondition>
{
    public ConfirmConditionRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.Id).IsName();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}
