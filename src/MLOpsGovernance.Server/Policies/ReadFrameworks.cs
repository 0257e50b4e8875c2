using MediatR;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Policies;

/// <summary>The laws, standards and guidance that the policy set in force knows, with the rules that support each control.</summary>
[AnyRole]
internal sealed record ReadFrameworks : IQuery<FrameworkListing>;

/// <param name="NextCursor">Null: the catalogue comes in one piece.</param>
internal sealed record FrameworkListing(IReadOnlyList<FrameworkView> Items, string? NextCursor);

/// <param name="Status"><c>law</c>, <c>standard</c> or <c>guidance</c>.</param>
/// <param name="OnlyWhere">A condition that a policy must have before its rules may name the framework.</param>
internal sealed record FrameworkView(
    string Id, string Title, string Publisher, string? Version, DateTimeOffset? Date, string Status, string Applicability, string? Url, string? OnlyWhere, IReadOnlyList<string> Replaces,
    IReadOnlyList<FrameworkControlView> Controls);

/// <param name="EffectiveFrom">When it first applies to anybody.</param>
/// <param name="Phases">For whom it begins when, where that differs.</param>
/// <param name="SupportedBy">The rules that name it; a rule alone never satisfies a control.</param>
/// <param name="Beyond">What it asks for that no rule can see.</param>
internal sealed record FrameworkControlView(
    string Ref, string Title, DateTimeOffset? EffectiveFrom, IReadOnlyList<FrameworkPhase> Phases, string? Note, IReadOnlyList<SupportingRule> SupportedBy, string? Beyond);

internal sealed record SupportingRule(string Policy, string Rule, string Title, DateTimeOffset? EffectiveFrom);

internal sealed class FrameworkReader(PoliciesInForce policies) : IRequestHandler<ReadFrameworks, Result<FrameworkListing>>
{
    public async Task<Result<FrameworkListing>> Handle(ReadFrameworks request, CancellationToken cancellationToken)
    {
        if (await policies.NowAsync() is not { } set) return new FrameworkListing([], null);
        var supports = set.Policies.SelectMany(p => p.Rules.SelectMany(r => r.Controls.Select(c => (Control: c, Rule: new SupportingRule(p.Name, r.Id, r.Title, r.EffectiveFrom)))))
            .ToLookup(s => s.Control, s => s.Rule);
        return new FrameworkListing(
        [
            .. set.Frameworks.Select(f => new FrameworkView(
                f.Id, f.Title, f.Publisher, f.Version, f.Date, Json.EnumWord(f.Status), f.Applicability, f.Url, f.OnlyWhere, f.Replaces,
                [.. f.Controls.Select(c => new FrameworkControlView(c.Ref, c.Title, c.EffectiveFrom, c.Phases, c.Note, [.. supports[new ControlRef(f.Id, c.Ref)]], c.Beyond))])),
        ], null);
    }
}
