using MLOpsGovernance.Policy.Cel;
using MLOpsGovernance.Policy.Cel.Library;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Rules;

/// <summary>Finds constant patterns that are no RE2 patterns: better at load than at the gate.</summary>
internal static class PatternCheck
{
    public static IEnumerable<CelIssue> Issues(CelProgram program)
    {
        foreach (var node in NodeWalk.All(program.Root))
        {
            if (node is CallNode { Function.Name: "matches", Args: [_, ConstantNode { Value: { Kind: CelKind.String, String: var pattern } } at] }
                && RegexFunctions.Compile(pattern).Why is { } why)
                yield return new("cel.pattern", why + ".", at.Start);
        }
    }
}
