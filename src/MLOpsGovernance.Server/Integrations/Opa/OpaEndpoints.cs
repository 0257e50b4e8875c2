using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Integrations.Opa;

/// <summary>
/// The gate by OPA's data API, for programs that speak it: <c>/v1/data/gate/{policySet}</c>, and one member of the result by its name. The same check as any other: recorded, limited, signed in.
/// Never <c>{}</c>: a client reads a missing result as a denial only if it was written so.
/// </summary>
internal static class OpaEndpoints
{
    /// <summary>The set in force, whichever that is; a digest instead holds the client to one set.</summary>
    private const string InForce = "current";

    public static void MapOpa(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/data/gate/{policySet}/{member?}", async (string policySet, string? member, bool? provenance, HttpContext context, IMediator mediator, Grains grains, CancellationToken cancellationToken) =>
            {
                var asked = await AskedAsync(context, policySet, grains, whole: false);
                if (asked.Question is not { } q) return OpaAnswer.Of(OpaResult.Denied(asked.Fault!), member, null, null, policySet, bare: false);
                var answer = await mediator.Send(new CheckPolicy(q.Model, q.Version, q.Environment, q.Action, q.ArtifactDigest, asked.DryRun, q.Stage), cancellationToken);
                return answer.Value is { } decision
                    ? OpaAnswer.Of(OpaResult.Of(decision), member, decision.DecisionId, provenance is true ? decision.PolicySet : null, policySet, bare: false)
                    : OpaAnswer.Of(answer, member, policySet, bare: false);
            })
            .AddEndpointFilter(InItsWordsAsync).RequireRateLimiting(CheckLimit.Name).ExcludeFromDescription();
        app.MapPost("/v0/data/gate/{policySet}/{member?}", async (string policySet, string? member, HttpContext context, IMediator mediator, Grains grains, CancellationToken cancellationToken) =>
            {
                var asked = await AskedAsync(context, policySet, grains, whole: true);
                if (asked.Fault is { Id: UnknownSet } unknown) return OpaAnswer.Error(404, "undefined_document", unknown.Msg);
                if (asked.Question is not { } q) return OpaAnswer.Of(OpaResult.Denied(asked.Fault!), member, null, null, policySet, bare: true);
                var answer = await mediator.Send(new CheckPolicy(q.Model, q.Version, q.Environment, q.Action, q.ArtifactDigest, asked.DryRun, q.Stage), cancellationToken);
                return answer.Value is { } decision ? OpaAnswer.Of(OpaResult.Of(decision), member, decision.DecisionId, null, policySet, bare: true) : OpaAnswer.Of(answer, member, policySet, bare: true);
            })
            .AddEndpointFilter(InItsWordsAsync).RequireRateLimiting(CheckLimit.Name).ExcludeFromDescription();
    }

    private const string UnknownSet = "unknown-policy-set";

    private static async Task<OpaQuestion> AskedAsync(HttpContext context, string policySet, Grains grains, bool whole)
    {
        var inForce = (await grains.Of<IPolicySetGrain>(PolicySetGrain.StreamName).InForce()).Digest;
        if (policySet != InForce && (inForce is null || (policySet != inForce && $"sha256:{policySet}" != inForce)))
            return new(null, false, new($"unknown policy set; '{InForce}' and the digest of the set in force are known", UnknownSet));
        return await OpaQuestion.ReadAsync(context, whole);
    }

    /// <summary>A body that is no JSON is an error in OPA's words.</summary>
    private static async ValueTask<object?> InItsWordsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (BadRequestException e)
        {
            return OpaAnswer.Error(e.Status, "invalid_parameter", e.Message);
        }
    }
}
