using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Subjects;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Subjects;

[RequiresRole(Roles.Administrator)]
internal sealed record GrantRole(string Subject, string Role, string? Reason, string? About) : ICommand<SubjectView>
{
    public string Stream => $"subject:{Subject}";
}

[RequiresRole(Roles.Administrator)]
internal sealed record RevokeRole(string Subject, string Role) : ICommand<SubjectView>
{
    public string Stream => $"subject:{Subject}";
}

[AnyRole]
internal sealed record ReadSubject(string Subject) : IQuery<SubjectView>;

/// <summary>Who the caller is to the service.</summary>
[AnyRole]
internal sealed record ReadMyself : IQuery<MyselfView>;

internal sealed record MyselfView(string Subject, bool Person, IReadOnlyList<string> Roles, string? Owner);

internal sealed class GrantRoleRules : AbstractValidator<GrantRole>
{
    public GrantRoleRules()
    {
        RuleFor(c => c.Subject).IsSubject();
        RuleFor(c => c.Role).IsOneOf(Roles.All);
        RuleFor(c => c.Reason).IsText(0, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class RevokeRoleRules : AbstractValidator<RevokeRole>
{
    public RevokeRoleRules()
    {
        RuleFor(c => c.Subject).IsSubject();
        RuleFor(c => c.Role).IsOneOf(Roles.All);
    }
}

internal sealed class SubjectHandlers(IGrainFactory grains, GrainCommands commands, Caller caller, SealingKeys sealing, SubjectViews views) :
    IRequestHandler<GrantRole, Result<SubjectView>>, IRequestHandler<RevokeRole, Result<SubjectView>>, IRequestHandler<ReadSubject, Result<SubjectView>>,
    IRequestHandler<ReadMyself, Result<MyselfView>>
{
    public async Task<Result<SubjectView>> Handle(GrantRole request, CancellationToken cancellationToken) => await ExecuteAsync(
        request.Subject, new Domain.Subjects.GrantRole(request.Subject, request.Role, await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken)), cancellationToken);

    public Task<Result<SubjectView>> Handle(RevokeRole request, CancellationToken cancellationToken) =>
        ExecuteAsync(request.Subject, new Domain.Subjects.RevokeRole(request.Subject, request.Role, null), cancellationToken);

    public async Task<Result<SubjectView>> Handle(ReadSubject request, CancellationToken cancellationToken) =>
        Name.IsSubject(request.Subject) ? await views.ReadAsync(request.Subject, cancellationToken) : new Refusal("subject-unknown", "There is no such subject.", RefusalKind.NotFound);

    public Task<Result<MyselfView>> Handle(ReadMyself request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<MyselfView>>(new MyselfView(caller.Actor.Subject, caller.Actor.Human, caller.Actor.Roles, caller.Actor.Owner));

    private async Task<Result<SubjectView>> ExecuteAsync(string subject, SubjectCommand command, CancellationToken cancellationToken)
    {
        var outcome = await commands.ExecuteAsync(grains.GetGrain<ISubjectGrain>(subject), $"subject:{subject}", command);
        return outcome.Refusal is { } refusal ? refusal : await views.ReadAsync(subject, cancellationToken);
    }
}

internal static class SubjectEndpoints
{
    internal sealed record GrantBody(string? Reason = null, string? About = null);

    public static void MapSubjects(this IEndpointRouteBuilder api)
    {
        var subjects = api.MapGroup("").WithTags("Subjects and roles");
        subjects.MapGet("/me", async (IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadMyself(), cancellationToken)).ToHttp()).Answers<MyselfView>().WithSummary("Who you are to the service");
        subjects.MapGet("/subjects/{subject}", async (string subject, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadSubject(subject), cancellationToken)).ToHttp()).Answers<SubjectView>().WithSummary("A subject and its granted roles");
        subjects.MapPut("/subjects/{subject}/roles/{role}", async (string subject, string role, OptionalBody<GrantBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new GrantRole(subject, role, body.Value?.Reason, body.Value?.About), cancellationToken)).ToHttp()).Answers<SubjectView>().WithSummary("Grant a role");
        subjects.MapDelete("/subjects/{subject}/roles/{role}", async (string subject, string role, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RevokeRole(subject, role), cancellationToken)).ToHttp()).Answers<SubjectView>().WithSummary("Take a role back");
    }
}
