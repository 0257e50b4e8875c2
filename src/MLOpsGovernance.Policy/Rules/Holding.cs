using MLOpsGovernance.Policy.Cel.Values;
using MLOpsGovernance.Policy.Facts;

namespace MLOpsGovernance.Policy.Rules;

/// <summary>Which rules hold, and nothing else: no messages, no explanations, no waivers.</summary>
internal static class Holding
{
    public static IReadOnlySet<string> Of(IReadOnlyList<CompiledPolicy> policies, PolicyQuery query, IReadOnlySet<string> rules, FactSchema schema, bool[] read)
    {
        var holding = new HashSet<string>(StringComparer.Ordinal);
        var (facts, problem) = FactReader.Read(query.Facts.Span, schema, read);
        if (problem is not null) return holding;

        var now = CelValue.Of(CelTimestamp.From(query.Now));
        foreach (var policy in policies)
        {
            var asked = Array.FindAll(policy.Rules, r => rules.Contains(r.Rule.Id));
            if (asked.Length == 0) continue;
            var frame = new PolicyFrame(policy, facts, now, policy.ParameterValues);
            var inScope = policy.IsMeantFor(query.Action, query.Environment) && !policy.Conditions.Any(c => Value(c.Program, frame).IsFalse);
            foreach (var rule in asked)
            {
                if (!inScope || !rule.Rule.IsInForce(query.Now) || Value(rule.Expression, frame).IsTrue) holding.Add(rule.Rule.Id);
            }
        }

        return holding;
    }

    private static CelValue Value(Cel.CelProgram program, PolicyFrame frame)
    {
        frame.Begin(PolicyLimits.Rule);
        return program.Evaluate(frame);
    }
}
