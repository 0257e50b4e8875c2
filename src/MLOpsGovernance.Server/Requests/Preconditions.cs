using MediatR;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Requests;

/// <summary>A precondition is about the stream that the request is aimed at and no other; when it did not hold, the answer names what would.</summary>
internal sealed class Preconditions<TRequest, TResponse>(Caller caller) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, IAimed
    where TResponse : IRefusable<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        caller.Aim = request.Stream;
        var answer = await next();
        return answer.Refusal is { Code: Precondition.Code } refusal ? TResponse.Refused(refusal, null, new { CurrentVersion = caller.FailedAt }) : answer;
    }
}
