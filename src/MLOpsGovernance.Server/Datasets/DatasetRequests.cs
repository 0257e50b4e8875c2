using FluentValidation;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Purposes;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Datasets;

internal interface IDatasetCommand : ICommand<DatasetView>
{
    string Name { get; }

    string IAimed.Stream => $"dataset:{Name}";
}

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record RegisterDataset(string Name, string Team, string? Description, string? About) : IDatasetCommand, IRegistered;

[RequiresRole(Roles.Contributor, Roles.Pipeline, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record RegisterDatasetVersion(
    string Name, string Version, string Digest, IReadOnlyList<SchemaField>? Schema, long? Rows, IReadOnlyList<DatasetReference> Sources) : IDatasetCommand;

/// <summary>The team proposes; a confirming role from outside the team confirms.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.AiRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ClassifyDataset(string Name, DataClass Class, string? Purpose, string? Reason, string? About) : IDatasetCommand;

[RequiresRole(Roles.Contributor, Roles.Pipeline, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ReportDatasetQuality(string Name, string Version, IReadOnlyList<QualityMeasure> Measures) : IDatasetCommand;

/// <summary>Says that somebody looked at the dataset as a whole, and until when it has to be looked at again.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ComplianceOfficer)]
internal sealed record ReviewDataset(string Name, DateTimeOffset NextDue, string? Note, string? About) : IDatasetCommand;

/// <summary>What is different between the columns of a version and those of another.</summary>
/// <param name="From">Null is the version that was registered before.</param>
[AnyRole]
internal sealed record ReadSchemaChanges(string Name, string Version, string? From) : IQuery<SchemaChangesView>;

/// <summary>Says by which names OpenLineage knows the dataset, so that what runs report joins what is registered.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record NameInLineage(string Name, IReadOnlyList<EntityName> Names) : IDatasetCommand;

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.AiRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record WithdrawDataset(string Name, string? Reason, string? About, string? Version = null) : IDatasetCommand;

[RequiresRole(Roles.AiRiskOfficer, Roles.ComplianceOfficer, Roles.EngineeringLead, Roles.Contributor)]
internal sealed record RestoreDataset(string Name, string? Reason, string? About, string? Version = null) : IDatasetCommand;

[AnyRole]
internal sealed record ReadDataset(string Name) : IQuery<DatasetView>;

internal sealed class RegisterDatasetRules : AbstractValidator<RegisterDataset>
{
    public RegisterDatasetRules()
    {
        RuleFor(c => c.Name).IsName();
        RuleFor(c => c.Team).IsName();
        RuleFor(c => c.Description).IsText(0, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class RegisterDatasetVersionRules : AbstractValidator<RegisterDatasetVersion>
{
    public RegisterDatasetVersionRules()
    {
        RuleFor(c => c.Name).IsName();
        RuleFor(c => c.Version).IsLabel();
        RuleFor(c => c.Digest).IsDigest();
        RuleFor(c => c.Rows).GreaterThanOrEqualTo(0).When(c => c.Rows is not null).WithMessage("rows is 0 or more.");
        RuleFor(c => c.Schema).Must(s => s is null || s.Count <= 2000).WithMessage("a schema has at most 2000 fields.");
        RuleForEach(c => c.Schema).ChildRules(f =>
        {
            f.RuleFor(x => x.Name).IsText(1, 200);
            f.RuleFor(x => x.Type).IsText(1, 200);
        });
        RuleFor(c => c.Sources).Must(s => s.Count <= Rules.MostListed).WithMessage($"at most {Rules.MostListed} sources.");
        RuleForEach(c => c.Sources).ChildRules(Reference);
    }

    public static void Reference(InlineValidator<DatasetReference> reference)
    {
        reference.RuleFor(r => r.Name).IsName();
        reference.RuleFor(r => r.Version).IsLabel();
    }
}

internal sealed class ClassifyDatasetRules : AbstractValidator<ClassifyDataset>
{
    public ClassifyDatasetRules(PoliciesInForce policies)
    {
        RuleFor(c => c.Name).IsName();
        RuleFor(c => c.Class.Sensitivity).IsOneOf(DataClass.Sensitivities).OverridePropertyName("sensitivity");
        RuleFor(c => c.Class.LegalBasis).IsText(0, 200).OverridePropertyName("legalBasis");
        RuleFor(c => c.Class.RetentionDays).InclusiveBetween(1, 36_525).OverridePropertyName("retentionDays").When(c => c.Class.RetentionDays is not null).WithMessage("retentionDays is a whole number from 1 to 36525.");
        RuleFor(c => c.Class.PermittedPurposes).Must(p => p.Count <= Rules.MostListed).WithMessage($"at most {Rules.MostListed} purposes.").OverridePropertyName("permittedPurposes");
        RuleForEach(c => c.Class.PermittedPurposes).NotNull().OverridePropertyName("permittedPurposes").WithErrorCode("invalid-field").WithMessage("a permitted purpose is {code, legalBasis, specialCategoryCondition?}.");
        RuleForEach(c => c.Class.PermittedPurposes).ChildRules(p =>
        {
            p.RuleFor(x => x.Code).IsName();
            p.RuleFor(x => x.LegalBasis).IsText(1, 200);
            p.RuleFor(x => x.SpecialCategoryCondition).IsText(1, 200).When(x => x.SpecialCategoryCondition is not null);
        }).OverridePropertyName("permittedPurposes");
        RuleFor(c => c.Class).IsKnownThroughout(policies);
        RuleFor(c => c.Class.PersonalData).Equal(false).OverridePropertyName("personalData").When(c => c.Class.Anonymised)
            .WithErrorCode("anonymised-personal-data").WithMessage("what is anonymised is no personal data any more.");
        RuleFor(c => c.Purpose).IsText(1, 4000).When(c => c.Purpose is not null);
        RuleFor(c => c.Reason).IsText(0, 4000);
        RuleFor(c => c.Reason).NotEmpty().When(c => c.Class.Anonymised).WithErrorCode("reason-required").WithMessage("say why nobody can be told from the data any more.");
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ReportDatasetQualityRules : AbstractValidator<ReportDatasetQuality>
{
    public ReportDatasetQualityRules()
    {
        RuleFor(c => c.Name).IsName();
        RuleFor(c => c.Version).IsLabel();
        RuleFor(c => c.Measures).Must(m => m.Count is >= 1 and <= Rules.MostListed).WithMessage($"give 1 to {Rules.MostListed} measures.");
        RuleForEach(c => c.Measures).ChildRules(m =>
        {
            m.RuleFor(x => x.Name).IsText(1, 100);
            m.RuleFor(x => x.Score).InclusiveBetween(0, 1).WithMessage("a score is a number from 0 to 1.");
        });
    }
}

internal sealed class ReviewDatasetRules : AbstractValidator<ReviewDataset>
{
    public ReviewDatasetRules()
    {
        RuleFor(c => c.Name).IsName();
        RuleFor(c => c.Note).IsText(0, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class NameInLineageRules : AbstractValidator<NameInLineage>
{
    public NameInLineageRules()
    {
        RuleFor(c => c.Name).IsName();
        RuleFor(c => c.Names).Must(n => n.Count <= Rules.MostListed).WithMessage($"at most {Rules.MostListed} names.");
        RuleForEach(c => c.Names).ChildRules(n =>
        {
            n.RuleFor(x => x.Namespace).IsText(1, EntityName.MostCharacters);
            n.RuleFor(x => x.Name).IsText(1, EntityName.MostCharacters);
        });
    }
}

internal sealed class WithdrawDatasetRules : AbstractValidator<WithdrawDataset>
{
    public WithdrawDatasetRules()
    {
        RuleFor(c => c.Name).IsName();
        RuleFor(c => c.Version).IsLabel().When(c => c.Version is not null);
        RuleFor(c => c.Reason).IsText(0, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class RestoreDatasetRules : AbstractValidator<RestoreDataset>
{
    public RestoreDatasetRules()
    {
        RuleFor(c => c.Name).IsName();
        RuleFor(c => c.Version).IsLabel().When(c => c.Version is not null);
        RuleFor(c => c.Reason).IsText(0, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}
