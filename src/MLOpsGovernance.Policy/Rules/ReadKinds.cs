using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Rules;

/// <summary>The kinds of evidence that a rule names, its variables included.</summary>
internal static class ReadKinds
{
    public static IReadOnlyList<string> Of(IReadOnlyList<CompiledPolicy> policies, string ruleId, IReadOnlyList<EvidenceKind> known)
    {
        var kinds = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var policy in policies)
        {
            if (Array.Find(policy.Rules, r => r.Rule.Id == ruleId) is not { } rule) continue;
            var (seen, pending) = (new HashSet<int>(), new Stack<Node>([rule.Expression.Root]));
            while (pending.TryPop(out var node))
            {
                if (node is ConstantNode { Value: { Kind: CelKind.String } text } && known.Any(k => k.Code == text.String)) kinds.Add(text.String);
                else if (node is VariableNode { Variable: { IsLazy: true, Slot: var slot } } && seen.Add(slot)) pending.Push(policy.Variables[slot - policy.FirstVariable].Root);
                else foreach (var child in NodeWalk.Children(node)) pending.Push(child);
            }
        }

        return [.. kinds];
    }
}
