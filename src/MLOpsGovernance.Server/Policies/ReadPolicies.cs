using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Policies;

[AnyRole]
internal sealed record ReadPolicies : IQuery<PolicySetView>;

/// <param name="Policies">Every policy in force, with its rules.</param>
/// <param name="Folder">What the policy folder holds; null before it was read.</param>
internal sealed record PolicySetView(string Digest, string AdoptedBy, DateTimeOffset AdoptedAt, IReadOnlyList<string> Documents, IReadOnlyList<PolicyView> Policies, PolicyFolderView? Folder);

/// <param name="Digest">Of the set that it holds; null where that does not load.</param>
/// <param name="Errors">What is wrong with it: then it is neither adopted nor proposed, and the set in force stays.</param>
internal sealed record PolicyFolderView(string? Digest, IReadOnlyList<LoadError> Errors);

/// <param name="SuspendsLive">Whether what runs already and fails one of its mandatory rules is suspended and to be taken down.</param>
internal sealed record PolicyView(string Name, string Version, string Title, string Severity, string Owner, string Digest, IReadOnlyList<string> Actions, IReadOnlyList<string> Environments, bool SuspendsLive, IReadOnlyList<RuleView> Rules);

/// <param name="EffectiveFrom">Before it the rule reports <c>notYetInForce</c> and denies nothing, unless it was adopted early.</param>
internal sealed record RuleView(
    string Id, string Title, string Expression, string Message, string? Remediation, bool Waivable, DateTimeOffset? EffectiveFrom, bool AdoptedEarly, IReadOnlyList<ControlRef> Controls);

internal sealed class PolicyReader(IGrainFactory grains, PoliciesInForce policies, PolicyFolder folder) : IRequestHandler<ReadPolicies, Result<PolicySetView>>
{
    public async Task<Result<PolicySetView>> Handle(ReadPolicies request, CancellationToken cancellationToken)
    {
        var adopted = (await grains.GetGrain<IPolicySetGrain>(PolicySetGrain.StreamName).Read()).State.InForce;
        if (adopted is null || await policies.NowAsync() is not { } set) return new Refusal("no-policy-set", "No policy set was adopted, so nothing is allowed.", RefusalKind.NotFound);
        return new PolicySetView(adopted.Digest, adopted.By, adopted.At, [.. adopted.Documents.Select(d => d.Path)],
        [
            .. set.Policies.Select(p => new PolicyView(
                p.Name, p.Version, p.Title, Json.EnumWord(p.Severity), p.Owner, p.Digest, p.Match.Actions, p.Match.Environments, p.Enforcement.SuspendsLive,
                [.. p.Rules.Select(r => new RuleView(r.Id, r.Title, r.Expression, r.Message, r.Remediation, r.Waivable, r.EffectiveFrom, r.AdoptedEarly, r.Controls))])),
        ], folder.Last is { } last ? new(last.Set?.Digest, last.Errors) : null);
    }
}
