using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Environments;

/// <summary>Registers or changes an environment. Taking its gate away is proposed by one person and agreed to by another.</summary>
[RequiresRole(Roles.Administrator, Roles.ComplianceOfficer)]
internal sealed record PutEnvironment(string Name, bool? Gated, string? Region, string? Target, string? Reason, string? About) : ICommand<EnvironmentView>
{
    public string Stream => $"environment:{Name}";
}

[AnyRole]
internal sealed record ReadEnvironment(string Name) : IQuery<EnvironmentView>;

[AnyRole]
internal sealed record ListEnvironments(Page Page) : IQuery<Listed<EnvironmentView>>, IPaged;

internal sealed class PutEnvironmentRules : AbstractValidator<PutEnvironment>
{
    public PutEnvironmentRules()
    {
        RuleFor(c => c.Name).IsName();
        RuleFor(c => c.Region).IsReference();
        RuleFor(c => c.Target!).IsOneOf(DeploymentEnvironment.Targets).When(c => c.Target is not null);
        RuleFor(c => c.Reason).IsText(0, 4000);
        RuleFor(c => c.Reason).IsText(1, 4000).When(c => c.Gated is false).WithMessage("taking a gate away needs a reason of 1 to 4000 characters.");
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class EnvironmentHandlers(IGrainFactory grains, GrainCommands commands, Caller caller, SealingKeys sealing, StreamNames streams, EnvironmentViews views) :
    IRequestHandler<PutEnvironment, Result<EnvironmentView>>, IRequestHandler<ReadEnvironment, Result<EnvironmentView>>, IRequestHandler<ListEnvironments, Result<Listed<EnvironmentView>>>
{
    public async Task<Result<EnvironmentView>> Handle(PutEnvironment request, CancellationToken cancellationToken)
    {
        var reason = await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken);
        var grain = grains.GetGrain<IEnvironmentGrain>(request.Name);
        var outcome = await commands.ExecuteAsync(
            grain, request.Stream, new Domain.Environments.PutEnvironment(request.Name, request.Gated, request.Region, request.Target, reason));
        return outcome.Refusal is { } refusal ? refusal : await views.AnswerAsync(await grain.Read(), cancellationToken);
    }

    public async Task<Result<EnvironmentView>> Handle(ReadEnvironment request, CancellationToken cancellationToken) =>
        Name.IsValid(request.Name) && await grains.GetGrain<IEnvironmentGrain>(request.Name).Read() is { State.Exists: true } read
            ? await views.AnswerAsync(read, cancellationToken)
            : new Refusal("environment-unknown", "There is no such environment.", RefusalKind.NotFound);

    /// <summary>An organisation has a handful of environments, so their streams are the list.</summary>
    public async Task<Result<Listed<EnvironmentView>>> Handle(ListEnvironments request, CancellationToken cancellationToken)
    {
        var (names, next) = await streams.PageAsync("environment:", request.Page, cancellationToken);
        var read = await Task.WhenAll(names.Select(name => grains.GetGrain<IEnvironmentGrain>(name).Read()));
        return new Listed<EnvironmentView>([.. read.Where(e => e.State.Exists).Select(e => views.Row(e.State))], next);
    }
}

internal static class EnvironmentEndpoints
{
    /// <param name="Gated">Left out, it stays as it is; an environment is born gated.</param>
    internal sealed record EnvironmentBody(bool? Gated = null, string? Region = null, string? Target = null, string? Reason = null, string? About = null);

    public static void MapEnvironments(this IEndpointRouteBuilder api)
    {
        var environments = api.MapGroup("/environments").WithTags("Environments");
        environments.MapGet("", async ([AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListEnvironments(page), cancellationToken)).ToHttp()).Answers<Listed<EnvironmentView>>().WithSummary("All environments");
        environments.MapGet("/{env}", async (string env, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadEnvironment(env), cancellationToken)).ToHttp()).Answers<EnvironmentView>().WithSummary("An environment");
        environments.MapPut("/{env}", async (string env, Body<EnvironmentBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new PutEnvironment(env, body.Value.Gated, body.Value.Region, body.Value.Target, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp())
            .Answers<EnvironmentView>().WithSummary("Register or change an environment");
    }
}
