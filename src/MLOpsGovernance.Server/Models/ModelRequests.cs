using FluentValidation;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Descriptors;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Purposes;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Models;

internal interface IModelCommand : ICommand<ModelView>
{
    string Model { get; }

    string IAimed.Stream => $"model:{Model}";
}

internal interface IVersionCommand : ICommand<VersionView>
{
    string Model { get; }

    string IAimed.Stream => $"model:{Model}";
}

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record RegisterModel(string Model, string Team, string Purpose, IReadOnlyList<string> Purposes, string? About, string Origin = ModelOrigin.Internal, bool Generative = false) : IModelCommand, IRegistered;

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ChangePurpose(string Model, string Purpose, IReadOnlyList<string>? Purposes, string? About) : IModelCommand;

/// <summary>The team proposes; a confirming role from outside the team confirms.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.AiRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ClassifyModel(string Model, RiskClass Risk, string Reason, string? About) : IModelCommand;

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.Administrator)]
internal sealed record WriteCard(string Model, string Text, string? About) : IModelCommand;

[RequiresRole(Roles.Contributor, Roles.Pipeline, Roles.EngineeringLead, Roles.Administrator)]
internal sealed record RegisterVersion(
    string Model, string? ArtifactDigest, string? ImageDigest, string? Framework, string? EnvironmentDigest, string? Commit, string? Run,
    IReadOnlyList<DatasetReference> Datasets, IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<string> Authors,
    ModelDescriptor? Descriptor = null, string? RunTrigger = null, string? RunEnvironment = null) : IVersionCommand;

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record AddAuthor(string Model, int Version, string Author) : IVersionCommand;

[RequiresRole(Roles.Contributor, Roles.Pipeline, Roles.EngineeringLead, Roles.Administrator)]
internal sealed record ReplaceArtifact(string Model, int Version, string? ArtifactDigest, string? ImageDigest) : IVersionCommand;

[RequiresRole(Roles.Contributor, Roles.Pipeline, Roles.EngineeringLead, Roles.Administrator)]
internal sealed record SetAlias(string Model, string Alias, int Version) : IModelCommand;

[RequiresRole(Roles.Contributor, Roles.Pipeline, Roles.EngineeringLead, Roles.Administrator)]
internal sealed record RemoveAlias(string Model, string Alias) : IModelCommand;

/// <summary>Anybody who may write for the team can stop a model; starting it again is for risk and compliance officers and leads.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record SuspendModel(string Model, int? Version, string Reason, string? About) : IModelCommand;

[RequiresRole(Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.ModelValidator)]
internal sealed record ResumeModel(string Model, int? Version, string Reason, string? About) : IModelCommand;

[RequiresRole(Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record RecallVersion(string Model, int Version, string Reason, string? About) : IModelCommand;

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.AiRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record RetireModel(string Model, int? Version, string Reason, string? About) : IModelCommand;

[AnyRole]
internal sealed record ReadModel(string Model, DateTimeOffset? AsOf = null) : IQuery<ModelView>;

[AnyRole]
internal sealed record ReadVersion(string Model, int Version, DateTimeOffset? AsOf = null) : IQuery<VersionView>;

internal sealed class RegisterModelRules : AbstractValidator<RegisterModel>
{
    public RegisterModelRules(PoliciesInForce policies)
    {
        RuleFor(c => c.Model).IsName().OverridePropertyName("name");
        RuleFor(c => c.Team).IsName();
        RuleFor(c => c.Purpose).IsText(1, 4000);
        RuleFor(c => c.Purposes).Must(p => p.Count <= Rules.MostListed).WithMessage($"at most {Rules.MostListed} purposes.");
        RuleForEach(c => c.Purposes).IsName();
        RuleFor(c => c.Purposes).AreKnownPurposes(policies);
        RuleFor(c => c.Origin).IsOneOf(ModelOrigin.All);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ChangePurposeRules : AbstractValidator<ChangePurpose>
{
    public ChangePurposeRules(PoliciesInForce policies)
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Purpose).IsText(1, 4000);
        RuleFor(c => c.Purposes).Must(p => p is null || p.Count <= Rules.MostListed).WithMessage($"at most {Rules.MostListed} purposes.");
        RuleForEach(c => c.Purposes).IsName();
        RuleFor(c => c.Purposes).AreKnownPurposes(policies);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ClassifyModelRules : AbstractValidator<ClassifyModel>
{
    public ClassifyModelRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Risk.EuAiAct).IsOneOf(RiskClass.Classes).OverridePropertyName("euAiAct");
        RuleFor(c => c.Risk.Tier).InclusiveBetween(1, 3).OverridePropertyName("tier").WithMessage("tier is 1 (highest), 2 or 3.");
        RuleFor(c => c.Risk.OperatorRole!).IsOneOf(RiskClass.OperatorRoles).OverridePropertyName("role").When(c => c.Risk.OperatorRole is not null);
        RuleFor(c => c.Risk.Basis!).ChildRules(b =>
        {
            b.RuleFor(x => x.Annex).IsText(1, 20);
            b.RuleFor(x => x.Point).IsText(1, 20);
            b.RuleFor(x => x.Exception).IsText(0, 100);
        }).OverridePropertyName("basis").When(c => c.Risk.Basis is not null);
        RuleFor(c => c.Risk.Materiality!).ChildRules(m =>
        {
            m.RuleFor(x => x.Exposure).InclusiveBetween(0, 1_000_000_000_000_000m).WithMessage("exposure is an amount of 0 or more.");
            m.RuleFor(x => x.Currency).Must(Currency.IsCode).WithErrorCode("invalid-currency").WithMessage("currency is an ISO 4217 code such as EUR.");
            m.RuleFor(x => x.PeopleAffected).InclusiveBetween(0, Materiality.MostPeople).WithMessage($"peopleAffected is a whole number from 0 to {Materiality.MostPeople}.");
            m.RuleFor(x => x.BusinessService).IsText(0, 200);
        }).OverridePropertyName("materiality").When(c => c.Risk.Materiality is not null);
        RuleFor(c => c.Risk.AccountableExecutive!).IsSubject().OverridePropertyName("accountableExecutive").When(c => c.Risk.AccountableExecutive is not null);
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class WriteCardRules : AbstractValidator<WriteCard>
{
    public WriteCardRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Text).IsText(1, 32_000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class RegisterVersionRules : AbstractValidator<RegisterVersion>
{
    public RegisterVersionRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.ArtifactDigest!).IsDigest().When(c => c.ArtifactDigest is not null);
        RuleFor(c => c.ArtifactDigest).Must((c, digest) => digest is not null || c.Descriptor is not null).WithErrorCode("artifact-digest-missing")
            .WithMessage("a version needs an artifactDigest; one of a vendor's or api model a descriptor instead.");
        RuleFor(c => c.Descriptor).Must((c, descriptor) => descriptor is null || c.ArtifactDigest is null).WithErrorCode("artifact-and-descriptor")
            .WithMessage("a version has an artifactDigest or a descriptor, not both: the digest of a descriptor is computed from it.");
        RuleFor(c => c.Descriptor!).ChildRules(DescriptorFields.Descriptor).When(c => c.Descriptor is not null);
        RuleFor(c => c.ImageDigest!).IsDigest().When(c => c.ImageDigest is not null);
        RuleFor(c => c.EnvironmentDigest!).IsDigest().When(c => c.EnvironmentDigest is not null);
        RuleFor(c => c.Framework).IsText(0, 200);
        RuleFor(c => c.Commit).IsReference();
        RuleFor(c => c.Run).IsReference();
        RuleFor(c => c.Run).NotEmpty().WithErrorCode("run-missing").WithMessage("a trigger and an environment are those of a run: give its id too.").When(c => (c.RunTrigger ?? c.RunEnvironment) is not null);
        RuleFor(c => c.RunTrigger!).IsOneOf(TrainingRun.Triggers).When(c => c.RunTrigger is not null);
        RuleFor(c => c.RunEnvironment!).IsName().When(c => c.RunEnvironment is not null);
        RuleFor(c => c.Datasets).Must(d => d.Count <= Rules.MostListed).WithMessage($"at most {Rules.MostListed} datasets.");
        RuleFor(c => c.Datasets).Must(d => d.Distinct().Count() == d.Count).WithMessage("each dataset version is named once.");
        RuleForEach(c => c.Datasets).ChildRules(RegisterDatasetVersionRules.Reference);
        RuleFor(c => c.Metrics).Must(m => m.Count <= Rules.MostListed && m.Keys.All(k => k.Length is >= 1 and <= 100 && !k.Any(char.IsControl)) && m.Values.All(double.IsFinite))
            .WithMessage($"at most {Rules.MostListed} metrics, each with a name of 1 to 100 characters and a finite number.");
        RuleFor(c => c.Authors).Must(a => a.Count <= 50).WithMessage("at most 50 authors.");
        RuleForEach(c => c.Authors).IsSubject();
    }
}

internal sealed class AddAuthorRules : AbstractValidator<AddAuthor>
{
    public AddAuthorRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.Author).IsSubject();
    }
}

internal sealed class ReplaceArtifactRules : AbstractValidator<ReplaceArtifact>
{
    public ReplaceArtifactRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.ArtifactDigest!).IsDigest().When(c => c.ArtifactDigest is not null);
        RuleFor(c => c.ImageDigest!).IsDigest().When(c => c.ImageDigest is not null);
        RuleFor(c => c).Must(c => c.ArtifactDigest is not null || c.ImageDigest is not null).WithName("artifactDigest").WithMessage("give an artifactDigest, an imageDigest or both.");
    }
}

internal sealed class SetAliasRules : AbstractValidator<SetAlias>
{
    public SetAliasRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Alias).IsName();
        RuleFor(c => c.Version).IsVersion();
    }
}

internal sealed class RemoveAliasRules : AbstractValidator<RemoveAlias>
{
    public RemoveAliasRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Alias).IsName();
    }
}
