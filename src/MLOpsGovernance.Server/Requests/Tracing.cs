using System.Diagnostics;
using MediatR;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Requests;

/// <summary>One span for each use case; a refusal is counted by its code and is no error of the service.</summary>
internal sealed class Tracing<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IRefusable<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        using var activity = Telemetry.Source.StartActivity(UseCase.Of(typeof(TRequest)));
        try
        {
            var answer = await next();
            if (answer.Refusal is { } refusal)
            {
                activity?.SetTag("mlgov.refusal", refusal.Code);
                Telemetry.Refusals.Add(1, new("code", refusal.Code), new("use_case", UseCase.Of(typeof(TRequest))));
            }

            return answer;
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            throw;
        }
    }
}
