using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Requests;

/// <summary>
/// A repeated idempotency key gets the first answer, and the same key with another request is refused. The streams know the keys too,
/// which covers events that were stored while their answer was lost.
/// </summary>
internal sealed class Idempotency<TRequest, TResponse>(Caller caller, Answers answers, SealingKeys sealing) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, IAimed
    where TResponse : class, IRefusable<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (caller.IdempotencyKey is not { } key || request is IOwnIdempotency) return await next();

        caller.Body = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, Json.Lenient)).AsSpan(0, 16));
        var useCase = UseCase.Of(typeof(TRequest));
        if (await answers.FindAsync(caller.Actor.Subject, key, cancellationToken) is { } first)
        {
            return first.UseCase == useCase && first.Body == caller.Body
                ? (await sealing.OpenAllAsync(JsonNode.Parse(first.Answer), cancellationToken)).Deserialize<TResponse>(Json.Lenient)!
                : TResponse.Refused(new("idempotency-key-reused", "This idempotency key was used for another request; take a fresh one.", RefusalKind.Unprocessable));
        }

        SealingKeys.Watch();
        var answer = await next();
        // A refusal is not kept: the same request may succeed once its reason is gone.
        if (answer.Refusal is not null) return answer;
        // Free text is kept as the events hold it, or destroying a key would leave the text behind here.
        var kept = SealingKeys.SealAgain(JsonSerializer.SerializeToNode(answer, Json.Lenient));
        await answers.KeepAsync(caller.Actor.Subject, key, new(useCase, caller.Body, kept!.ToJsonString(Json.Lenient)), cancellationToken);
        return answer;
    }
}

/// <summary>A request that settles repeats by itself.</summary>
internal interface IOwnIdempotency;
