using MLOpsGovernance.Policy.Cel;
using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Types;

namespace MLOpsGovernance.Policy.Rules;

/// <summary>What is legal in the language and yet a mistake, or looks like one.</summary>
internal static class Lint
{
    private static readonly string[] Names = ["displayname", "fullname", "firstname", "lastname", "givenname", "familyname", "username", "mail"];
    private static readonly string[] Subjects = ["subject", "actor", "subjectId", "id"];

    /// <summary>What keeps a policy from loading.</summary>
    public static IEnumerable<CelIssue> Errors(CelProgram program, Emptiness emptiness)
    {
        foreach (var all in emptiness.Undecided(program.Root))
        {
            var list = program.Source[all.Range.Start..all.Range.End];
            yield return new("lint.vacuous-all",
                $"all() is true for an empty list, and nothing here says whether '{Excerpt(list)}' may be empty. Write '{Excerpt(list)}.size() > 0 && …' where it must not be, '{Excerpt(list)}.size() == 0 || …' where it may.", all.Start);
        }
    }

    public static IEnumerable<CelIssue> Warnings(CelProgram program)
    {
        foreach (var node in NodeWalk.All(program.Root))
        {
            switch (node)
            {
                case HasNode { Operand.Type: ObjectType record } has when record.IndexOf(has.Field) is var index and >= 0 && !record.Fields[index].Optional:
                    yield return new("lint.has-required", $"'{has.Field}' is required, so has() is always true or an error.", has.Start);
                    break;
                case CallNode { Function.Name: Operator.Equal or Operator.NotEqual or Operator.In, Args: [var a, var b] }:
                    foreach (var name in new[] { DisplayName(a), DisplayName(b) }.OfType<SelectNode>())
                    {
                        yield return new("lint.display-name",
                            $"'{name.Field}' is what a person is called, not who they are: names change and two people share one. Compare subject ids.", name.Start, Subject(name));
                    }

                    break;
            }
        }
    }

    /// <summary>A field that holds what a person is called: by its own name, or because the record beside it says who they are.</summary>
    private static SelectNode? DisplayName(Node node) =>
        node is SelectNode { Operand.Type: ObjectType, Type.Kind: TypeKind.String or TypeKind.List } select && (IsName(select.Field) || (select.Field == "name" && Subject(select) is "subject" or "actor")) ? select : null;

    private static bool IsName(string field) => Array.Exists(Names, name => field.EndsWith(name, StringComparison.OrdinalIgnoreCase));

    private static string? Subject(SelectNode select) => Array.Find(Subjects, name => ((ObjectType)select.Operand.Type).IndexOf(name) >= 0);

    private static string Excerpt(string text) => text.Length > 60 ? Cel.Values.CodePoints.Cut(text, 60) + "…" : text;
}
