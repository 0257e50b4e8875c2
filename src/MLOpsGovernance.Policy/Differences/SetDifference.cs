using MLOpsGovernance.Policy.Rules;

namespace MLOpsGovernance.Policy.Differences;

/// <summary>What one set asks that another does not.</summary>
public static class SetDifference
{
    /// <summary>What is relaxed first, then what is tightened, then what a reader has to judge, then wording; each in the order of policies.</summary>
    /// <param name="before">Null where nothing was in force.</param>
    public static IReadOnlyList<SetChange> Between(PolicySet? before, PolicySet after)
    {
        var changes = new List<SetChange>();
        var (old, now) = (ByName(before), ByName(after));
        var (rulesThen, rulesNow) = (Rules(before), Rules(after));
        foreach (var name in old.Keys.Except(now.Keys, StringComparer.Ordinal))
            changes.Add(new(ChangeEffect.Relaxed, "policy-removed", name, null, $"The policy {name} is gone: {old[name].Document.Title}."));
        foreach (var (id, (policy, rule)) in rulesThen)
        {
            if (rulesNow.ContainsKey(id)) continue;
            changes.Add(new(ChangeEffect.Relaxed, "rule-removed", policy.Document.Name, id, $"Nobody asks any more that: {Plain(rule.Rule.Title)} ({id}, it was {Levels.Of(policy.Document.Enforcement)})."));
        }

        foreach (var name in now.Keys.Except(old.Keys, StringComparer.Ordinal))
            changes.Add(new(ChangeEffect.Tightened, "policy-added", name, null, $"The policy {name} is new: {now[name].Document.Title}. It is {Levels.Of(now[name].Document.Enforcement)}."));
        foreach (var (id, (policy, rule)) in rulesNow)
        {
            if (!rulesThen.TryGetValue(id, out var then))
            {
                changes.Add(new(ChangeEffect.Tightened, "rule-added", policy.Document.Name, id,
                    $"From now on: {Plain(rule.Rule.Title)} ({id}, {Levels.Of(policy.Document.Enforcement)}{RuleComparison.Waits(rule.Rule)})."));
                continue;
            }

            if (then.Policy.Document.Name != policy.Document.Name)
                changes.Add(new(ChangeEffect.Changed, "rule-moved", policy.Document.Name, id, $"{id} moved from the policy {then.Policy.Document.Name} to {policy.Document.Name}: its scope and its level are those of {policy.Document.Name} now."));
            changes.AddRange(new RuleComparison(then.Policy, then.Rule, policy, rule).Changes());
        }

        foreach (var name in now.Keys.Intersect(old.Keys, StringComparer.Ordinal)) changes.AddRange(PolicyComparison.Changes(old[name], now[name]));
        changes.AddRange(CatalogueComparison.Changes(before, after));
        foreach (var document in Documents(before, after).Where(d => d.Change == "changed" && !Mentioned(after, d.Path, changes)))
            changes.Add(new(ChangeEffect.Wording, "wording-changed", NameOf(after, document.Path), null, $"{document.Path} says the same in other words."));
        return [.. changes.OrderBy(c => c.Effect)];
    }

    /// <summary>The files that are not as they were, by the canonical form of each, in ordinal order of the paths.</summary>
    public static IReadOnlyList<DocumentChange> Documents(PolicySet? before, PolicySet after)
    {
        var old = before?.Digests ?? new Dictionary<string, string>(StringComparer.Ordinal);
        return
        [
            .. old.Keys.Union(after.Digests.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Where(path => old.GetValueOrDefault(path) != after.Digests.GetValueOrDefault(path))
                .Select(path => new DocumentChange(path, !old.ContainsKey(path) ? "added" : !after.Digests.ContainsKey(path) ? "removed" : "changed", after.Digests.GetValueOrDefault(path))),
        ];
    }

    private static Dictionary<string, CompiledPolicy> ByName(PolicySet? set) => (set?.Compiled ?? []).ToDictionary(p => p.Document.Name, StringComparer.Ordinal);

    private static Dictionary<string, (CompiledPolicy Policy, CompiledRule Rule)> Rules(PolicySet? set) =>
        (set?.Compiled ?? []).SelectMany(p => p.Rules.Select(r => (p, r))).ToDictionary(x => x.r.Rule.Id, x => (x.p, x.r), StringComparer.Ordinal);

    private static bool Mentioned(PolicySet after, string path, List<SetChange> changes) =>
        NameOf(after, path) is { } name ? changes.Exists(c => c.Policy == name) : changes.Exists(c => c.Policy is null && c.Sentence.StartsWith(path, StringComparison.Ordinal));

    private static string? NameOf(PolicySet set, string path) => set.Policies.FirstOrDefault(p => p.Path == path)?.Name;

    internal static string Plain(string title) => title.TrimEnd('.');
}
