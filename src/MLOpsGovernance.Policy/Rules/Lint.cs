using MLOpsGovernance.Policy.Cel;
using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Types;

namespace MLOpsGovernance.Policy.Rules;

/// <summary>What is legal and yet looks like a mistake.</summary>
internal static class Lint
{
    public static IEnumerable<CelIssue> Warnings(CelProgram program)
    {
        foreach (var node in NodeWalk.All(program.Root))
        {
            switch (node)
            {
                case HasNode { Operand.Type: ObjectType record } has when record.IndexOf(has.Field) is var index and >= 0 && !record.Fields[index].Optional:
                    yield return new("lint.has-required", $"'{has.Field}' is required, so has() is always true or an error.", has.Start);
                    break;
                case ComprehensionNode { Kind: ComprehensionKind.All } all when !IsGuarded(program.Source, all.Range):
                    yield return new("lint.vacuous-all", $"all() is true for an empty list; should '{program.Source[all.Range.Start..all.Range.End]}' be allowed to be empty?", all.Start);
                    break;
            }
        }
    }

    private static bool IsGuarded(string source, Node range)
    {
        var text = source[range.Start..range.End];
        return source.Contains($"{text}.size()", StringComparison.Ordinal) || source.Contains($"size({text})", StringComparison.Ordinal)
            || source.Contains($"{text} != []", StringComparison.Ordinal) || source.Contains($"{text}.exists", StringComparison.Ordinal);
    }
}
