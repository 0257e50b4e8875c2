using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Subjects;
using MLOpsGovernance.Server.Validations;

namespace MLOpsGovernance.Server.Approvals;

[RequiresRole(Roles.Contributor, Roles.Pipeline, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record RequestReview(string Model, int Version, string? Note, string? About) : IVersionCommand;

/// <summary>Approves or rejects a version under review. Refused when the caller, or the owner of the credential, had a hand in it or asked for the review.</summary>
[RequiresRole(Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record ApproveVersion(
    string Model, int Version, string Outcome, string Role, string Reason, DateTimeOffset? ValidUntil, string? Validation, IReadOnlyList<ConditionWish> Conditions, string? About) : ICommand<ApprovalAnswer>
{
    public const string Approved = "approved", WithConditions = "approved-with-conditions", Rejected = "rejected";

    public static IReadOnlyList<string> Outcomes { get; } = [Approved, WithConditions, Rejected];

    public string Stream => $"model:{Model}";
}

[RequiresRole(Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record RevokeApproval(string Model, int Version, string Id, string Reason, string? About) : IVersionCommand;

/// <param name="ValidUntil">Null for a rejection.</param>
internal sealed record ApprovalAnswer(string Id, string Outcome, string Role, DateTimeOffset? ValidUntil);

internal sealed class RequestReviewRules : AbstractValidator<RequestReview>
{
    public RequestReviewRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.Note).IsText(0, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ApproveVersionRules : AbstractValidator<ApproveVersion>
{
    public ApproveVersionRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.Outcome).IsOneOf(ApproveVersion.Outcomes);
        RuleFor(c => c.Role).IsOneOf(Roles.Approvers);
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.Validation).IsId().When(c => c.Validation is not null);
        RuleFor(c => c.Conditions).Must(d => d.Count <= ConditionWishRules.Most).WithMessage($"at most {ConditionWishRules.Most} conditions.");
        RuleFor(c => c.Conditions).NotEmpty().When(c => c.Outcome == ApproveVersion.WithConditions)
            .WithErrorCode("conditions-required").WithMessage("approved-with-conditions names its conditions, each with an owner and a due date.");
        RuleFor(c => c.Conditions).Empty().When(c => c.Outcome != ApproveVersion.WithConditions)
            .WithErrorCode("conditions-not-expected").WithMessage("conditions go with the outcome approved-with-conditions, and with no other.");
        RuleForEach(c => c.Conditions).SetValidator(new ConditionWishRules());
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class RevokeApprovalRules : AbstractValidator<RevokeApproval>
{
    public RevokeApprovalRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ApprovalHandlers(IGrainFactory grains, ModelCommands models, ModelViews views, FactCollector collector, ConditionDemands demands, Caller caller, SealingKeys sealing, People people) :
    IRequestHandler<RequestReview, Result<VersionView>>, IRequestHandler<ApproveVersion, Result<ApprovalAnswer>>, IRequestHandler<RevokeApproval, Result<VersionView>>
{
    public async Task<Result<VersionView>> Handle(RequestReview request, CancellationToken cancellationToken)
    {
        var note = await sealing.SealAsync(request.Note, request.About ?? caller.Actor.Subject, cancellationToken);
        var outcome = await models.ExecuteAsync(request.Model, new Domain.Models.RequestReview(request.Version, note));
        return outcome.Refusal is { } refusal
            ? refusal
            : await views.ReadAsync(request.Model, request.Version, cancellationToken) with { Created = $"/api/v1/models/{request.Model}/versions/{request.Version}" };
    }

    public async Task<Result<ApprovalAnswer>> Handle(ApproveVersion request, CancellationToken cancellationToken)
    {
        var (id, approved) = (caller.NewId("approval"), request.Outcome != ApproveVersion.Rejected);
        var reason = await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken);
        var conditions = await demands.OfAsync(request.Conditions, request.About, cancellationToken);
        var grain = grains.GetGrain<IModelGrain>(request.Model);
        var outcome = await models.ExecuteAsync(request.Model, async () =>
        {
            // The approval is bound to the data as it stands at the very commit: the guards hold the datasets until then.
            var (material, guards) = await collector.MaterialAsync((await grain.Read()).State.Versions.GetValueOrDefault(request.Version));
            var known = await people.AmongAsync(request.Conditions.Select(c => c.Owner).OfType<string>());
            return new(new Domain.Models.ApproveVersion(request.Version, id, approved, request.Role, reason, request.ValidUntil, material, request.Validation, conditions, known), guards);
        });
        if (outcome.Refusal is { } refusal) return refusal;

        var until = (await grain.Read()).State.Versions[request.Version].Approvals.Find(a => a.Id == id)?.ValidUntil;
        return new(new(id, request.Outcome, request.Role, until), Created: $"/api/v1/models/{request.Model}/versions/{request.Version}");
    }

    public async Task<Result<VersionView>> Handle(RevokeApproval request, CancellationToken cancellationToken)
    {
        var reason = await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken);
        var outcome = await models.ExecuteAsync(request.Model, new Domain.Models.RevokeApproval(request.Version, request.Id, reason));
        return outcome.Refusal is { } refusal ? refusal : await views.ReadAsync(request.Model, request.Version, cancellationToken);
    }
}
