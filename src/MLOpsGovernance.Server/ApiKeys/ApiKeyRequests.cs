using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.ApiKeys;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.ApiKeys;

/// <summary>Makes a key for a pipeline. The caller answers for it: what it registers counts as theirs too.</summary>
[AnyTeam, RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.Administrator)]
internal sealed record CreateApiKey(string Name, IReadOnlyList<string> Teams, IReadOnlyList<string> Environments, DateTimeOffset? ExpiresAt) : ICommand<NewApiKey>, IOwnIdempotency
{
    public string Stream => "key:new";
}

[AnyTeam, RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.Administrator)]
internal sealed record RevokeApiKey(string Id, string? Reason) : ICommand<ApiKeyView>
{
    public string Stream => $"key:{Id}";
}

[AnyRole]
internal sealed record ReadApiKey(string Id) : IQuery<ApiKeyView>;

/// <param name="Token">Shown once; the service keeps only its hash.</param>
internal sealed record NewApiKey(string Id, string Name, string Token, DateTimeOffset ExpiresAt);

internal sealed record ApiKeyView(string Id, string Name, string Owner, KeyScope Scope, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt);

internal sealed class CreateApiKeyRules : AbstractValidator<CreateApiKey>
{
    public CreateApiKeyRules()
    {
        RuleFor(c => c.Name).IsText(1, 100);
        RuleFor(c => c.Teams).Must(t => t.Count <= Rules.MostListed).WithMessage($"at most {Rules.MostListed} teams.");
        RuleForEach(c => c.Teams).IsName();
        RuleFor(c => c.Environments).Must(t => t.Count <= Rules.MostListed).WithMessage($"at most {Rules.MostListed} environments.");
        RuleForEach(c => c.Environments).IsName();
    }
}

internal sealed class RevokeApiKeyRules : AbstractValidator<RevokeApiKey>
{
    public RevokeApiKeyRules()
    {
        RuleFor(c => c.Id).Must(id => Guid.TryParseExact(id, "N", out _)).WithErrorCode("invalid-id").WithMessage("the id of a key is 32 hexadecimal digits, as the service gave it out.");
        RuleFor(c => c.Reason).IsText(0, 4000);
    }
}

internal sealed class ApiKeyHandlers(IGrainFactory grains, GrainCommands commands, Caller caller, ApiKeySecrets secrets, SealingKeys sealing) :
    IRequestHandler<CreateApiKey, Result<NewApiKey>>, IRequestHandler<RevokeApiKey, Result<ApiKeyView>>, IRequestHandler<ReadApiKey, Result<ApiKeyView>>
{
    private static readonly Refusal Unknown = new("api-key-unknown", "There is no such key.", RefusalKind.NotFound);

    public async Task<Result<NewApiKey>> Handle(CreateApiKey request, CancellationToken cancellationToken)
    {
        if (!secrets.IsConfigured) return new Refusal("api-keys-not-configured", "The operator has not configured ApiKeys:Secret, so keys can be neither made nor used.", RefusalKind.Conflict);
        var (id, secret) = (Guid.Parse(caller.NewId("api-key")).ToString("N"), ApiKeySecrets.NewSecret());
        var grain = grains.GetGrain<IApiKeyGrain>(id);
        ApiKeyCommand create = new Domain.ApiKeys.CreateApiKey(id, request.Name, secrets.Hash(secret), new(request.Teams, request.Environments), request.ExpiresAt);
        var outcome = await commands.ExecuteAsync(grain, $"key:{id}", create);
        if (outcome.Refusal is { } refusal) return refusal;
        // The token cannot be shown again, because it was never kept: a repeat is told so instead of getting a second key.
        return outcome.Repeated
            ? new Refusal("api-key-exists", $"Key {id} was made under this idempotency key already, and its token was shown then; revoke it and make another if the token is lost.", RefusalKind.Conflict)
            : new Result<NewApiKey>(new(id, request.Name, ApiKeySecrets.Token(id, secret), (await grain.Read()).State.ExpiresAt), Created: $"/api/v1/api-keys/{id}");
    }

    public async Task<Result<ApiKeyView>> Handle(RevokeApiKey request, CancellationToken cancellationToken)
    {
        ApiKeyCommand revoke = new Domain.ApiKeys.RevokeApiKey(await sealing.SealAsync(request.Reason, caller.Actor.Subject, cancellationToken));
        var outcome = await commands.ExecuteAsync(grains.GetGrain<IApiKeyGrain>(request.Id), request.Stream, revoke);
        return outcome.Refusal is { } refusal ? refusal : await ViewAsync(request.Id);
    }

    public async Task<Result<ApiKeyView>> Handle(ReadApiKey request, CancellationToken cancellationToken) =>
        Guid.TryParseExact(request.Id, "N", out _) && (await grains.GetGrain<IApiKeyGrain>(request.Id).Read()).State.Exists ? await ViewAsync(request.Id) : Unknown;

    private async Task<ApiKeyView> ViewAsync(string id) =>
        View(id, (await grains.GetGrain<IApiKeyGrain>(id).Read()).State);

    private static ApiKeyView View(string id, ApiKey key) => new(id, key.Name, key.Owner, key.Scope, key.CreatedAt, key.ExpiresAt, key.RevokedAt);
}

internal static class ApiKeyEndpoints
{
    /// <param name="Teams">Left out or empty, every team.</param>
    /// <param name="Environments">Left out or empty, every environment.</param>
    /// <param name="ExpiresAt">Within 366 days; 90 days by default.</param>
    internal sealed record ApiKeyBody(string Name, IReadOnlyList<string>? Teams = null, IReadOnlyList<string>? Environments = null, DateTimeOffset? ExpiresAt = null);

    internal sealed record KeyRevocationBody(string? Reason = null);

    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/api-keys").WithTags("API keys");
        keys.MapPost("", async (Body<ApiKeyBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new CreateApiKey(body.Value.Name, body.Value.Teams ?? [], body.Value.Environments ?? [], body.Value.ExpiresAt), cancellationToken)).ToHttp())
            .Answers<NewApiKey>(201).WithSummary("Make a key for a pipeline");
        keys.MapGet("", async ([AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListApiKeys(page), cancellationToken)).ToHttp()).Answers<Listed<ApiKeyView>>().WithSummary("Your keys, without their secrets");
        keys.MapGet("/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadApiKey(id), cancellationToken)).ToHttp()).Answers<ApiKeyView>().WithSummary("A key, without its secret");
        keys.MapPost("/{id}/revocation", async (string id, OptionalBody<KeyRevocationBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RevokeApiKey(id, body.Value?.Reason), cancellationToken)).ToHttp()).Answers<ApiKeyView>().WithSummary("Revoke a key");
    }
}
