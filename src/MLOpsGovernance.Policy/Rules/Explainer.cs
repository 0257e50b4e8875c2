using System.Text;
using MLOpsGovernance.Policy.Cel;
using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Rules;

/// <summary>Finds the parts of an expression that made it fail, and what they were.</summary>
internal sealed class Explainer(CelProgram program, Tracer trace)
{
    private const int Most = 16;
    private const int ValueLength = 1000;

    private readonly List<Explanation> _found = [];
    private readonly HashSet<(int, int)> _shown = [];

    public static IReadOnlyList<Explanation> Explain(CelProgram program, Tracer trace)
    {
        var explainer = new Explainer(program, trace);
        explainer.Decide(program.Root);
        return explainer._found;
    }

    /// <summary>Goes down to the terms that decided a truth value.</summary>
    private void Decide(Node node)
    {
        if (!trace.TryGet(node, out var value)) return;
        switch (node)
        {
            case LogicNode logic:
                foreach (var term in logic.Terms)
                {
                    if (trace.TryGet(term, out var part) && (part.Kind != CelKind.Bool || value.Kind != CelKind.Bool || part.Bool == value.Bool)) Decide(term);
                }

                break;
            case ConditionalNode conditional:
                Decide(conditional.Condition);
                Decide(conditional.Then);
                Decide(conditional.Otherwise);
                break;
            case CallNode { Function.Name: Operator.Not } not: Decide(not.Args[0]); break;
            case BindNode bind: Decide(bind.Body); break;
            // The loop stopped at the first counter-example, so the last values are those of that very element.
            case ComprehensionNode { Kind: ComprehensionKind.All } all when value.IsFalse:
                Operand(all.Range);
                Decide(all.Body);
                break;
            default: Operand(node); break;
        }
    }

    /// <summary>Shows a part and the parts it was computed from.</summary>
    private void Operand(Node node)
    {
        switch (node)
        {
            case ConstantNode: return;
            case BindNode bind:
                Operand(bind.Body);
                return;
        }

        if (!trace.TryGet(node, out var value)) return;
        if (value.Kind == CelKind.Error && Culprit(node) is { } culprit)
        {
            Operand(culprit);
            return;
        }

        Show(node, value);
        switch (node)
        {
            case CallNode call:
                foreach (var arg in call.Args) Operand(arg);
                break;
            case ComprehensionNode fold: Operand(fold.Range); break;
            case OptionalMapNode map: Operand(map.Target); break;
            case OptionalOrNode or:
                Operand(or.Target);
                Operand(or.Otherwise);
                break;
            case ConditionalNode conditional:
                Operand(conditional.Condition);
                break;
        }
    }

    /// <summary>Where an error came from: it passes upwards unchanged, and only its origin says something.</summary>
    private Node? Culprit(Node node)
    {
        foreach (var child in NodeWalk.Children(node))
        {
            if (trace.TryGet(child, out var value) && value.Kind == CelKind.Error) return child;
        }

        return null;
    }

    private void Show(Node node, in CelValue value)
    {
        if (_found.Count >= Most || !_shown.Add((node.Start, node.End))) return;
        var offset = CodePoints.Count(program.Source.AsSpan(0, node.Start));
        _found.Add(new(OneLine(program.Source[node.Start..node.End]), offset, ValueText.Json(value, ValueLength)));
    }

    private static string OneLine(string text)
    {
        if (!text.AsSpan().ContainsAny('\n', '\r', '\t')) return text;
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is not ('\n' or '\r' or '\t')) line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString();
    }
}
