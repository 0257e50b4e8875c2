using MLOpsGovernance.Policy.Rules;

namespace MLOpsGovernance.Policy.Testing;

/// <summary>
/// Changes each policy in one place after the other and asks whether a test notices: a rule that says the opposite, a match condition that is gone.
/// What no test notices, nobody would notice when it is edited.
/// </summary>
internal static class MutationCheck
{
    /// <param name="results">What the cases said about the policies as they are: only a case that passed can notice anything.</param>
    public static (IReadOnlyList<SurvivingMutant> Survivors, int Tried) Run(PolicySet set, IReadOnlyList<TestDocument> documents, IReadOnlyList<PolicyTestResult> results)
    {
        var passed = results.Where(static r => r.Passed).Select(static r => (r.File, r.Line, r.Column)).ToHashSet();
        var (survivors, tried) = (new List<SurvivingMutant>(), 0);
        foreach (var policy in set.Compiled)
        {
            var cases = (from document in documents
                         where document.Policy == policy
                         from @case in document.Cases
                         where passed.Contains((document.File, @case.At.Line, @case.At.Column))
                         select (document, @case)).ToList();
            foreach (var (mutant, rule, change) in Mutants(policy))
            {
                tried++;
                // Those that speak of the rule are the likeliest to notice.
                if (!cases.OrderByDescending(c => rule is not null && c.@case.Rules.ContainsKey(rule.Id)).Any(c => !TestRun.Run(set, c.document with { Policy = mutant }, c.@case).Passed))
                    survivors.Add(new(policy.Document.Name, policy.Document.Path, rule, change));
            }
        }

        return (survivors, tried);
    }

    private static IEnumerable<(CompiledPolicy Mutant, PolicyRule? Rule, string Change)> Mutants(CompiledPolicy policy)
    {
        for (var i = 0; i < policy.Rules.Length; i++)
        {
            var rule = policy.Rules[i];
            CompiledRule[] rules = [.. policy.Rules[..i], rule with { Expression = rule.Expression.Negated() }, .. policy.Rules[(i + 1)..]];
            yield return (policy with { Rules = rules }, rule.Rule, $"negated {rule.Rule.Id}");
        }

        for (var i = 0; i < policy.Conditions.Count; i++)
        {
            var dropped = i;
            yield return (policy with { Conditions = [.. policy.Conditions.Where((_, at) => at != dropped)] }, null, $"dropped the match condition '{policy.Conditions[i].Name}'");
        }
    }
}
