using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Policies;

[AnyRole]
internal sealed record ReadPolicies : IQuery<PolicySetView>;

/// <param name="Policies">Every policy in force, with its rules.</param>
internal sealed record PolicySetView(string Digest, string AdoptedBy, DateTimeOffset AdoptedAt, IReadOnlyList<string> Documents, IReadOnlyList<PolicyView> Policies);

internal sealed record PolicyView(string Name, string Version, string Title, string Severity, string Owner, string Digest, IReadOnlyList<string> Actions, IReadOnlyList<string> Environments, IReadOnlyList<RuleView> Rules);

/// <param name="EffectiveFrom">Before it the rule reports <c>notYetInForce</c> and denies nothing, unless it was adopted early.</param>
internal sealed record RuleView(
    string Id, string Title, string Expression, string Message, string? Remediation, bool Waivable, DateTimeOffset? EffectiveFrom, bool AdoptedEarly, IReadOnlyList<ControlRef> Controls);

internal sealed class PolicyReader(IGrainFactory grains, PoliciesInForce policies) : IRequestHandler<ReadPolicies, Result<PolicySetView>>
{
    public async Task<Result<PolicySetView>> Handle(ReadPolicies request, CancellationToken cancellationToken)
    {
        var adopted = (await grains.GetGrain<IPolicySetGrain>(PolicySetGrain.StreamName).Read()).State.InForce;
        if (adopted is null || await policies.NowAsync() is not { } set) return new Refusal("no-policy-set", "No policy set was adopted, so nothing is allowed.", RefusalKind.NotFound);
        return new PolicySetView(adopted.Digest, adopted.By, adopted.At, [.. adopted.Documents.Select(d => d.Path)],
        [
            .. set.Policies.Select(p => new PolicyView(
                p.Name, p.Version, p.Title, Json.EnumWord(p.Severity), p.Owner, p.Digest, p.Match.Actions, p.Match.Environments,
                [.. p.Rules.Select(r => new RuleView(r.Id, r.Title, r.Expression, r.Message, r.Remediation, r.Waivable, r.EffectiveFrom, r.AdoptedEarly, r.Controls))])),
        ]);
    }
}

internal static class PolicyEndpoints
{
    public static void MapPolicies(this IEndpointRouteBuilder api)
    {
        var policies = api.MapGroup("/policies").WithTags("Policies");
        policies.MapGet("", async (IMediator mediator, CancellationToken cancellationToken) => (await mediator.Send(new ReadPolicies(), cancellationToken)).ToHttp())
            .Answers<PolicySetView>().WithSummary("The policy set in force");
        policies.MapGet("/frameworks", async (IMediator mediator, CancellationToken cancellationToken) => (await mediator.Send(new ReadFrameworks(), cancellationToken)).ToHttp())
            .Answers<FrameworkListing>().WithSummary("The frameworks that rules can support, and which rules do");
    }
}
