using System.Reflection;
using MediatR;
using MLOpsGovernance.Domain;

namespace MLOpsGovernance.Server.Requests;

/// <summary>Lets a request through to those who hold one of its roles. What depends on state is decided later, with the change.</summary>
internal sealed class RoleAuthorization<TRequest, TResponse>(Caller caller, GrainCommands commands) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IRefusable<TResponse>
{
    private static readonly IReadOnlyList<string>? Allowed = typeof(TRequest).GetCustomAttribute<RequiresRoleAttribute>()?.Roles;
    private static readonly bool Anybody = typeof(TRequest).GetCustomAttribute<AnyRoleAttribute>() is not null;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (Anybody || (Allowed is not null && caller.Actor.HoldsAny(Allowed))) return await next();

        var refusal = new Refusal("forbidden",
            $"{UseCase.Of(typeof(TRequest))} needs one of the roles {string.Join(", ", Allowed ?? [])}; {caller.Actor.Subject} holds {(caller.Actor.Roles.Count == 0 ? "none" : string.Join(", ", caller.Actor.Roles))}.",
            RefusalKind.Forbidden);
        if (request is IAimed aimed) await commands.NoteAsync(aimed.Stream, UseCase.Of(typeof(TRequest)), refusal);
        return TResponse.Refused(refusal);
    }
}
