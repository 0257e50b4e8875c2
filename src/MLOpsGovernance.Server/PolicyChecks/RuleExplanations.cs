using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>What every rule said, and of those that do not hold: why, where the facts come from, and what is missing. The same for a decision and for readiness.</summary>
internal sealed class RuleExplanations(FactOrigins origins, MissingSteps steps)
{
    /// <summary>Origins shown for one rule.</summary>
    private const int MostOrigins = 12;

    private const string OfTheQuestion = "release.";

    /// <param name="set">The policy set it was judged by; null where it cannot be read any more, and then rules show by their ids alone.</param>
    /// <param name="facts">What it was judged on; null where the store no longer has it.</param>
    public async Task<IReadOnlyList<DecisionRuleView>> OfAsync(
        IReadOnlyList<RuleResult> results, PolicySet? set, GateFacts? facts, string factsDigest, AskedFacts asked, DateTimeOffset at, CancellationToken cancellationToken)
    {
        string[] failed = [.. results.Where(IsAgainst).Select(r => r.Rule)];
        var ways = set is null || facts is null || failed.Length == 0 ? null : steps.Of(set, facts, factsDigest, failed, at);
        var read = set is null ? [] : results.Where(r => IsAgainst(r) || r.Waiver is not null)
            .ToDictionary(r => r.Rule, r => (IReadOnlyList<string>)[.. set.FactsOf(r.Rule).Where(p => !p.StartsWith(OfTheQuestion, StringComparison.Ordinal))], StringComparer.Ordinal);
        var found = read.Count == 0 ? null : await origins.OfAsync(asked, [.. read.Values.SelectMany(p => p)], cancellationToken);
        return [.. results.Select(r => DecisionRuleView.Of(r, set, ways?.GetValueOrDefault(r.Rule), found is null || !read.TryGetValue(r.Rule, out var paths) ? null : Origins(r, paths, found)))];
    }

    private static bool IsAgainst(RuleResult result) => result.Result is "fail" or "error";

    /// <summary>Of a list only the items that the rule's values name, where they name any.</summary>
    private static IReadOnlyList<FactOrigin> Origins(RuleResult result, IReadOnlyList<string> paths, IReadOnlyDictionary<string, IReadOnlyList<FactOrigin>> found)
    {
        List<FactOrigin> shown = [];
        foreach (var path in paths)
        {
            var all = found.GetValueOrDefault(path) ?? [];
            FactOrigin[] named = [.. all.Where(o => IsNamed(o, path, result))];
            shown.AddRange(named.Length > 0 ? named : all);
        }

        return [.. shown.DistinctBy(o => o.Fact, StringComparer.Ordinal).Take(MostOrigins)];
    }

    private static bool IsNamed(FactOrigin origin, string path, RuleResult result) =>
        origin.Fact.Length > path.Length && origin.Fact[(path.Length + 1)..^1].Split('@')[0] is var identity
        && (result.Why ?? []).Any(w => w.Value.Contains($"\"{identity}\"", StringComparison.Ordinal));
}
