using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Subjects;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Subjects;

/// <summary>Keeps all that was written about a person from being erased, until it is lifted.</summary>
[RequiresRole(Roles.ComplianceOfficer, Roles.ChiefRiskOfficer)]
internal sealed record PlaceHold(string Subject, string Reason, string? About) : ICommand<LegalHoldsView>
{
    public string Stream => $"subject:{Subject}";
}

[RequiresRole(Roles.ComplianceOfficer, Roles.ChiefRiskOfficer)]
internal sealed record LiftHold(string Subject, string Hold, string Reason, string? About) : ICommand<LegalHoldsView>
{
    public string Stream => $"subject:{Subject}";
}

[RequiresRole(Roles.ComplianceOfficer, Roles.ChiefRiskOfficer, Roles.Administrator)]
internal sealed record ReadHolds(string Subject) : IQuery<LegalHoldsView>;

internal sealed record LegalHoldsView(string Subject, IReadOnlyList<LegalHoldView> Items);

internal sealed record LegalHoldView(string Id, string? Reason, string PlacedBy, DateTimeOffset PlacedAt);

internal sealed class PlaceHoldRules : AbstractValidator<PlaceHold>
{
    public PlaceHoldRules()
    {
        RuleFor(c => c.Subject).IsSubject();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class LiftHoldRules : AbstractValidator<LiftHold>
{
    public LiftHoldRules()
    {
        RuleFor(c => c.Subject).IsSubject();
        RuleFor(c => c.Hold).IsId();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ReadHoldsRules : AbstractValidator<ReadHolds>
{
    public ReadHoldsRules() => RuleFor(q => q.Subject).IsSubject();
}

internal sealed class LegalHoldHandlers(IGrainFactory grains, GrainCommands commands, SealingKeys sealing, Caller caller) :
    IRequestHandler<PlaceHold, Result<LegalHoldsView>>, IRequestHandler<LiftHold, Result<LegalHoldsView>>, IRequestHandler<ReadHolds, Result<LegalHoldsView>>
{
    public async Task<Result<LegalHoldsView>> Handle(PlaceHold request, CancellationToken cancellationToken) => await ExecuteAsync(
        request.Subject, new PlaceLegalHold(request.Subject, caller.NewId("legal-hold"), await SealAsync(request.Reason, request.About, cancellationToken)), cancellationToken);

    public async Task<Result<LegalHoldsView>> Handle(LiftHold request, CancellationToken cancellationToken) => await ExecuteAsync(
        request.Subject, new LiftLegalHold(request.Subject, request.Hold, await SealAsync(request.Reason, request.About, cancellationToken)), cancellationToken);

    public async Task<Result<LegalHoldsView>> Handle(ReadHolds request, CancellationToken cancellationToken) => await ViewAsync(request.Subject, cancellationToken);

    private async Task<Result<LegalHoldsView>> ExecuteAsync(string subject, SubjectCommand command, CancellationToken cancellationToken)
    {
        var outcome = await commands.ExecuteAsync(grains.GetGrain<ISubjectGrain>(subject), $"subject:{subject}", command);
        return outcome.Refusal is { } refusal ? refusal : await ViewAsync(subject, cancellationToken);
    }

    private async Task<LegalHoldsView> ViewAsync(string subject, CancellationToken cancellationToken)
    {
        List<LegalHoldView> items = [];
        foreach (var hold in (await grains.GetGrain<ISubjectGrain>(subject).Read()).State.Holds.Values) items.Add(new(hold.Id, await sealing.OpenAsync(hold.Reason, cancellationToken), hold.PlacedBy, hold.PlacedAt));
        return new(subject, items);
    }

    private Task<Sealed?> SealAsync(string reason, string? about, CancellationToken cancellationToken) => sealing.SealAsync(reason, about ?? caller.Actor.Subject, cancellationToken);
}

internal static class LegalHoldEndpoints
{
    internal sealed record LegalHoldBody(string Reason, string? About = null);

    public static void MapLegalHolds(this IEndpointRouteBuilder api)
    {
        var holds = api.MapGroup("/subjects/{subject}/legal-holds").WithTags("Erasure");
        holds.MapPost("", async (string subject, Body<LegalHoldBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new PlaceHold(subject, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<LegalHoldsView>().WithSummary("Keep what was written about a person from being erased");
        holds.MapGet("", async (string subject, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadHolds(subject), cancellationToken)).ToHttp()).Answers<LegalHoldsView>(200, 403).WithSummary("Legal holds in force for a person");
        holds.MapPost("/{hold}/lifting", async (string subject, string hold, Body<LegalHoldBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new LiftHold(subject, hold, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<LegalHoldsView>().WithSummary("Lift a legal hold");
    }
}
