using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Syntax;

/// <summary>An expression as written, macros expanded.</summary>
/// <param name="Start">First UTF-16 unit in the source.</param>
/// <param name="End">Behind the last one.</param>
/// <param name="Depth">Levels of nesting; bounded, so that every later pass may recurse.</param>
internal abstract record Expr(int Start, int End, int Depth);

internal sealed record LiteralExpr(CelValue Value, int Start, int End) : Expr(Start, End, 1);

/// <param name="Rooted">Written with a leading dot: looked up in the root scope only.</param>
internal sealed record IdentExpr(string Name, bool Rooted, int Start, int End) : Expr(Start, End, 1);

/// <param name="TestOnly">Inside <c>has()</c>: is the field there?</param>
/// <param name="Optional">Written <c>a.?b</c>.</param>
/// <param name="Quoted">Written in back-quotes, so never part of a dotted variable name.</param>
internal sealed record SelectExpr(Expr Operand, string Field, bool TestOnly, bool Optional, bool Quoted, int Start, int End, int Depth) : Expr(Start, End, Depth);

/// <summary>Operators are calls too, by the names in <see cref="Operator"/>.</summary>
internal sealed record CallExpr(string Function, bool Rooted, Expr? Target, Expr[] Args, int Start, int End, int Depth) : Expr(Start, End, Depth);

/// <summary><c>&amp;&amp;</c> or <c>||</c> of any number of terms: a long chain is one node, not a deep tree.</summary>
internal sealed record LogicExpr(bool IsAnd, Expr[] Terms, int Start, int End, int Depth) : Expr(Start, End, Depth);

internal sealed record ListExpr(Expr[] Items, bool[] Optional, int Start, int End, int Depth) : Expr(Start, End, Depth);

internal sealed record MapExpr(MapEntryExpr[] Entries, int Start, int End, int Depth) : Expr(Start, End, Depth);

internal readonly record struct MapEntryExpr(Expr Key, Expr Value, bool Optional);

internal enum ComprehensionKind : byte { All, Exists, ExistsOne, List, Map, MapEntry }

/// <param name="First">The element of a list or the key of a map; with <paramref name="Second"/>, the index or key.</param>
internal sealed record ComprehensionExpr(
    ComprehensionKind Kind, Expr Range, string First, string? Second, Expr? Filter, Expr Body, int Start, int End, int Depth) : Expr(Start, End, Depth);

/// <summary><c>cel.bind</c>: the name stands for the initial value, evaluated at most once and only if needed.</summary>
internal sealed record BindExpr(string Name, Expr Init, Expr Body, int Start, int End, int Depth) : Expr(Start, End, Depth);

/// <summary><c>optMap</c>, or <c>optFlatMap</c> when <paramref name="Flat"/>.</summary>
internal sealed record OptionalMapExpr(Expr Target, string Name, Expr Body, bool Flat, int Start, int End, int Depth) : Expr(Start, End, Depth);

internal static class Operator
{
    public const string Equal = "_==_", NotEqual = "_!=_", Less = "_<_", LessOrEqual = "_<=_", Greater = "_>_", GreaterOrEqual = "_>=_",
        In = "@in", Add = "_+_", Subtract = "_-_", Multiply = "_*_", Divide = "_/_", Modulo = "_%_", Not = "!_", Negate = "-_",
        Index = "_[_]", OptionalIndex = "_[?_]", Conditional = "_?_:_", SortBy = "@sortBy";

    /// <summary>How an operator is written, for messages.</summary>
    public static string Sign(string function) => function.Trim('_', '@');
}
