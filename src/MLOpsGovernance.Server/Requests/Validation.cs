using System.Text.Json;
using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;

namespace MLOpsGovernance.Server.Requests;

/// <summary>Refuses a request whose fields cannot be, each with what is allowed (400).</summary>
internal sealed class Validation<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IRefusable<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (request is IPaged paged && paged.Page.Faults(paged.NumberedCursor) is { Count: > 0 } faults)
            return TResponse.Refused(new("invalid-page", string.Join(' ', faults.Values.SelectMany(f => f)), RefusalKind.Unprocessable), faults);

        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            if (result.IsValid) continue;
            var errors = result.Errors
                .GroupBy(e => Field(e.PropertyName), StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Select(e => e.ErrorMessage).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
            var first = result.Errors[0];
            var code = first.ErrorCode.Contains('-', StringComparison.Ordinal) ? first.ErrorCode : "invalid-field";
            return TResponse.Refused(new(code, $"{Field(first.PropertyName)}: {first.ErrorMessage}", RefusalKind.Unprocessable), errors);
        }

        return await next();
    }

    private static string Field(string property) => string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
