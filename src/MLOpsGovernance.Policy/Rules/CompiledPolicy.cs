using MLOpsGovernance.Policy.Cel;
using MLOpsGovernance.Policy.Cel.Values;
using MLOpsGovernance.Policy.Facts;

namespace MLOpsGovernance.Policy.Rules;

/// <summary>A policy ready to be evaluated. Slots: the facts, then <c>now</c>, then parameters, then variables.</summary>
internal sealed record CompiledPolicy(
    PolicyDocument Document, FactSchema Parameters, byte[] Defaults, CelValue[] ParameterValues,
    IReadOnlyList<(string Name, CelProgram Program)> Conditions, CelProgram[] Variables, CompiledRule[] Rules,
    IReadOnlyList<(string Key, CelProgram Program)> Annotations, int FactCount, int Locals, bool[] ReadFacts)
{
    public int FirstVariable => FactCount + 1 + ParameterValues.Length;

    public int Slots => FirstVariable + Variables.Length;

    public bool IsMeantFor(string action, string environment) => Document.Match.IsMeantFor(action, environment);
}

internal sealed record CompiledRule(PolicyRule Rule, CelProgram Expression, CelProgram? Message)
{
    private RuleVerdict? _last;

    /// <summary>What is said of the rule where there is nothing to explain. It hardly ever differs from one decision to the next, so the last is kept.</summary>
    public RuleVerdict Plain(string policy, RuleOutcome result, EnforcementLevel level, long cost) =>
        _last is { } last && last.Result == result && last.Level == level && last.Cost == cost ? last
        : _last = new(policy, Rule.Id, Rule.Title, result, level, Rule.Title, Rule.Remediation, [], null, Rule.Controls, cost);
}
