using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Evidence;

/// <summary>Puts on record that a document exists which says something about a version.</summary>
[RequiresRole(Roles.Contributor, Roles.Pipeline, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record AttachEvidence(string Model, int Version, string Kind, string Digest, string? Uri, DateTimeOffset ProducedAt, DateTimeOffset? ValidUntil, string? Summary, string? About) : ICommand<OpenedAnswer>
{
    public string Stream => $"model:{Model}";
}

internal sealed class AttachEvidenceRules : AbstractValidator<AttachEvidence>
{
    /// <summary>As long as a code of the catalogue may be.</summary>
    private const int MostOfAKind = 64;

    public AttachEvidenceRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.Kind).IsName();
        RuleFor(c => c.Kind).MaximumLength(MostOfAKind).WithErrorCode("invalid-name").WithMessage($"a kind has at most {MostOfAKind} characters.");
        RuleFor(c => c.Digest).IsDigest();
        RuleFor(c => c.Uri).Must(IsLink).WithErrorCode("invalid-uri").WithMessage("must be an absolute URI of at most 2000 characters without a user or password in it.");
        RuleFor(c => c.Summary).IsText(0, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }

    private static bool IsLink(string? text) => text is null
        || (text.Length is > 0 and <= 2000 && text.All(c => c is > ' ' and <= '~') && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && text.Contains(':', StringComparison.Ordinal));
}

internal sealed class EvidenceHandler(ModelCommands models, PoliciesInForce policies, Caller caller, SealingKeys sealing) : IRequestHandler<AttachEvidence, Result<OpenedAnswer>>
{
    public async Task<Result<OpenedAnswer>> Handle(AttachEvidence request, CancellationToken cancellationToken)
    {
        var id = caller.NewId("evidence");
        var summary = await sealing.SealAsync(request.Summary, request.About ?? caller.Actor.Subject, cancellationToken);
        var kinds = (await policies.NowAsync())?.EvidenceKinds;
        var outcome = await models.ExecuteAsync(request.Model, new Domain.Evidence.AttachEvidence(
            request.Version, id, request.Kind, request.Digest, request.Uri, request.ProducedAt, request.ValidUntil, summary, kinds is [_, ..] ? [.. kinds.Select(k => k.Code)] : null));
        return outcome.Refusal is { } refusal ? refusal : new Result<OpenedAnswer>(new(id), Created: $"/api/v1/models/{request.Model}/versions/{request.Version}");
    }
}
