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

internal sealed record CompiledRule(PolicyRule Rule, CelProgram Expression, CelProgram? Message);
