using MLOpsGovernance.Policy.Cel.Values;
using MLOpsGovernance.Policy.Facts;

namespace MLOpsGovernance.Policy.Rules;

/// <summary>Evaluates with some facts unknown, by the tracing evaluator.</summary>
internal static class OpenQuestions
{
    public static IReadOnlyList<OpenRule> Of(
        IReadOnlyList<CompiledPolicy> policies, PolicyQuery query, IReadOnlyCollection<string> unknown, FactSchema schema, bool[] read)
    {
        var (facts, problem) = FactReader.Read(query.Facts.Span, schema, read);
        if (problem is not null) return [];
        foreach (var name in unknown)
        {
            if (schema.IndexOf(name) is var index and >= 0) facts[index] = CelValue.Of(new CelUnknown([name]));
        }

        var now = CelValue.Of(CelTimestamp.From(query.Now));
        var open = new List<OpenRule>();
        foreach (var policy in policies)
        {
            if (!policy.IsMeantFor(query.Action, query.Environment)) continue;
            var frame = new PolicyFrame(policy, facts, now, policy.ParameterValues) { HasUnknowns = true };
            var scope = Scope(policy, frame);
            if (scope.IsFalse) continue;
            foreach (var rule in policy.Rules)
            {
                if (!rule.Rule.IsInForce(query.Now)) continue;
                // Whether the policy applies may hang on one fact and whether the rule holds on another: it waits for both.
                var value = Decide(rule.Expression, frame);
                if (scope.Kind == CelKind.Unknown) value = value.Kind == CelKind.Unknown ? CelValue.Of(scope.Unknown.And(value.Unknown)) : scope;
                if (value.Kind == CelKind.Unknown)
                    open.Add(new(policy.Document.Name, rule.Rule.Id, rule.Rule.Title, policy.Document.Enforcement.In(query.Environment), value.Unknown.Facts));
            }
        }

        return open;
    }

    private static CelValue Scope(CompiledPolicy policy, PolicyFrame frame)
    {
        var scope = CelValue.True;
        foreach (var (_, program) in policy.Conditions)
        {
            var value = Decide(program, frame);
            if (value.IsFalse) return value;
            if (value.Kind == CelKind.Unknown) scope = scope.Kind == CelKind.Unknown ? CelValue.Of(scope.Unknown.And(value.Unknown)) : value;
        }

        return scope;
    }

    private static CelValue Decide(Cel.CelProgram program, PolicyFrame frame)
    {
        frame.Begin(PolicyLimits.Rule);
        return program.Trace(frame).Value;
    }
}
