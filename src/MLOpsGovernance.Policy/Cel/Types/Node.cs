using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Types;

/// <summary>The checked tree: names resolved to slots and functions, types inferred. Both evaluators run over it.</summary>
internal abstract class Node(Expr source)
{
    public Expr Source => source;

    public int Start => source.Start;

    public int End => source.End;

    public CelType Type { get; set; } = CelType.Dyn;
}

internal sealed class ConstantNode(Expr source, CelValue value) : Node(source)
{
    public CelValue Value => value;
}

internal sealed class VariableNode(Expr source, Variable variable) : Node(source)
{
    public Variable Variable => variable;
}

/// <summary>A variable of a comprehension or of <c>cel.bind</c>.</summary>
/// <param name="lazy">The initial value to compute on first use, for <c>cel.bind</c>.</param>
internal sealed class LocalNode(Expr source, int slot, BindNode? lazy) : Node(source)
{
    public int Slot => slot;

    public BindNode? Lazy => lazy;
}

internal sealed class SelectNode(Expr source, Node operand, string name, bool optional) : Node(source)
{
    public Node Operand => operand;

    public string Field => name;

    public bool Optional => optional;
}

internal sealed class HasNode(Expr source, Node operand, string name) : Node(source)
{
    public Node Operand => operand;

    public string Field => name;
}

internal sealed class CallNode(Expr source, Function function, bool isMember, Node[] args) : Node(source)
{
    public Function Function => function;

    public bool IsMember => isMember;

    public Node[] Args => args;

    /// <summary>Set when the static types leave only one overload.</summary>
    public Overload? Overload { get; set; }

    /// <summary>Every overload that the static types admit; the cost estimate takes the dearest.</summary>
    public IReadOnlyList<Overload> Candidates { get; set; } = [];
}

internal sealed class ConditionalNode(Expr source, Node condition, Node then, Node otherwise) : Node(source)
{
    public Node Condition => condition;

    public Node Then => then;

    public Node Otherwise => otherwise;
}

internal sealed class LogicNode(Expr source, bool isAnd, Node[] terms) : Node(source)
{
    public bool IsAnd => isAnd;

    public Node[] Terms => terms;
}

internal sealed class ListNode(Expr source, Node[] items, bool[] optional) : Node(source)
{
    public Node[] Items => items;

    public bool[] Optional => optional;
}

internal sealed class MapNode(Expr source, (Node Key, Node Value, bool Optional)[] entries) : Node(source)
{
    public (Node Key, Node Value, bool Optional)[] Entries => entries;
}

/// <param name="second">Slot of the second variable, or -1.</param>
internal sealed class ComprehensionNode(
    Expr source, ComprehensionKind kind, Node range, int first, int second, Node? filter, Node body) : Node(source)
{
    public ComprehensionKind Kind => kind;

    public Node Range => range;

    public int First => first;

    public int Second => second;

    public Node? Filter => filter;

    public Node Body => body;
}

internal sealed class BindNode(Expr source, int slot, Node init) : Node(source)
{
    public int Slot => slot;

    public Node Init => init;

    /// <summary>Compiled once, however often the name is used: names can stand for twice what the one before them does.</summary>
    public Code? InitCode { get; set; }

    /// <summary>Set after construction: the body refers to this node.</summary>
    public Node Body { get; set; } = null!;
}

internal sealed class OptionalMapNode(Expr source, Node target, int slot, Node body, bool flat) : Node(source)
{
    public Node Target => target;

    public int Slot => slot;

    public Node Body => body;

    public bool Flat => flat;
}

/// <summary><c>or</c>, or <c>orValue</c> when <paramref name="unwrap"/>: the alternative is evaluated only where the target has no value.</summary>
internal sealed class OptionalOrNode(Expr source, Node target, Node otherwise, bool unwrap) : Node(source)
{
    public Node Target => target;

    public Node Otherwise => otherwise;

    public bool Unwrap => unwrap;
}

/// <summary>What cannot be resolved without a check: an error when evaluated, so that <c>x || true</c> is still true.</summary>
internal sealed class ErrorNode(Expr source, string message) : Node(source)
{
    public CelValue Value { get; } = CelValue.Error(message);
}
