using MLOpsGovernance.Policy.Cel.Types;

namespace MLOpsGovernance.Policy.Rules;

/// <summary>The facts that a rule looks at, as paths from the top.</summary>
internal static class ReadPaths
{
    public static IReadOnlyList<string> Of(IReadOnlyList<CompiledPolicy> policies, string ruleId)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var policy in policies)
        {
            if (Array.Find(policy.Rules, r => r.Rule.Id == ruleId) is not { } rule) continue;
            var (seen, pending) = (new HashSet<int>(), new Stack<Node>([rule.Expression.Root]));
            while (pending.TryPop(out var node))
            {
                if (node is VariableNode { Variable: { IsLazy: true, Slot: var slot } })
                {
                    if (seen.Add(slot)) pending.Push(policy.Variables[slot - policy.FirstVariable].Root);
                }
                else if (Path(node, policy.FactCount) is { } path) paths.Add(path);
                else foreach (var child in NodeWalk.Children(node)) pending.Push(child);
            }
        }

        return [.. paths];
    }

    private static string? Path(Node node, int facts) => node switch
    {
        VariableNode { Variable: var variable } when variable.Slot < facts => variable.Name,
        SelectNode select when Path(select.Operand, facts) is { } record => $"{record}.{select.Field}",
        HasNode has when Path(has.Operand, facts) is { } record => $"{record}.{has.Field}",
        _ => null,
    };
}
