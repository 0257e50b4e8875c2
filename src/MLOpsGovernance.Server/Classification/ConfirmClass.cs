using FluentValidation;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Classification;

/// <summary>Agrees to a model's risk class as it was proposed. Who may is decided with the change, so that whoever may not is told why.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ConfirmRisk(string Model, string? Reason, string? About) : IModelCommand;

/// <summary>Agrees to a dataset's class as it was proposed.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ConfirmDatasetClass(string Name, string? Reason, string? About) : IDatasetCommand;

internal sealed class ConfirmRiskRules : AbstractValidator<ConfirmRisk>
{
    public ConfirmRiskRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Reason).IsText(0, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ConfirmDatasetClassRules : AbstractValidator<ConfirmDatasetClass>
{
    public ConfirmDatasetClassRules()
    {
        RuleFor(c => c.Name).IsName();
        RuleFor(c => c.Reason).IsText(0, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}
