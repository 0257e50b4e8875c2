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

    public bool IsMeantFor(string action, string environment) =>
        Covers(Document.Match.Actions, action) && Covers(Document.Match.Environments, environment);

    private static bool Covers(IReadOnlyList<string> names, string name)
    {
        if (names.Count == 0) return true;
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name) return true;
        }

        return false;
    }
}

internal sealed record CompiledRule(PolicyRule Rule, CelProgram Expression, CelProgram? Message);
