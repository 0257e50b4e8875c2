namespace MLOpsGovernance.Policy.Cel.Syntax;

/// <summary>Calls that are syntax: they introduce names, or look at the form of their arguments.</summary>
internal static class Macro
{
    /// <summary>What the call stands for, or null when it is a plain call.</summary>
    public static Expr? Expand(CallExpr call, int nameAt) => call switch
    {
        { Target: null, Function: "has", Args.Length: 1 } => Has(call),
        { Target: IdentExpr { Name: "cel" }, Function: "bind", Args.Length: 3 } =>
            new BindExpr(Variable(call.Args[0]), call.Args[1], call.Args[2], call.Start, call.End, call.Depth),
        { Target: IdentExpr { Name: "math" }, Function: "greatest" or "least", Args.Length: > 2 } => Many(call),
        { Target: IdentExpr { Name: "math" }, Function: "greatest" or "least", Args.Length: 0 } =>
            throw new CelSyntaxException($"math.{call.Function}() needs at least one argument.", nameAt),
        { Target: not null } => Member(call),
        _ => null,
    };

    private static SelectExpr Has(CallExpr call) => call.Args[0] is SelectExpr { TestOnly: false, Optional: false } select
        ? select with { TestOnly = true, Start = call.Start, End = call.End }
        : throw new CelSyntaxException("has() takes a field selection such as has(a.b).", call.Args[0].Start);

    private static CallExpr Many(CallExpr call) => call with
    {
        Args = [new ListExpr(call.Args, new bool[call.Args.Length], call.Start, call.End, call.Depth)],
        Depth = call.Depth + 1,
    };

    private static Expr? Member(CallExpr call) => (call.Function, call.Args.Length) switch
    {
        ("all", 2) => Fold(ComprehensionKind.All, call, 1),
        ("exists", 2) => Fold(ComprehensionKind.Exists, call, 1),
        ("exists_one" or "existsOne", 2) => Fold(ComprehensionKind.ExistsOne, call, 1),
        ("all", 3) => Fold(ComprehensionKind.All, call, 2),
        ("exists", 3) => Fold(ComprehensionKind.Exists, call, 2),
        ("exists_one" or "existsOne", 3) => Fold(ComprehensionKind.ExistsOne, call, 2),
        ("map", 2 or 3) => Fold(ComprehensionKind.List, call, 1),
        ("filter", 2) => Filter(call),
        ("transformList", 3 or 4) => Fold(ComprehensionKind.List, call, 2),
        ("transformMap", 3 or 4) => Fold(ComprehensionKind.Map, call, 2),
        ("transformMapEntry", 3 or 4) => Fold(ComprehensionKind.MapEntry, call, 2),
        ("sortBy", 2) => SortBy(call),
        ("optMap", 2) => new OptionalMapExpr(call.Target!, Variable(call.Args[0]), call.Args[1], false, call.Start, call.End, call.Depth),
        ("optFlatMap", 2) => new OptionalMapExpr(call.Target!, Variable(call.Args[0]), call.Args[1], true, call.Start, call.End, call.Depth),
        _ => null,
    };

    private static ComprehensionExpr Fold(ComprehensionKind kind, CallExpr call, int variables)
    {
        var first = Variable(call.Args[0]);
        var second = variables == 2 ? Variable(call.Args[1]) : null;
        if (first == second) throw new CelSyntaxException($"'{first}' cannot name both variables.", call.Args[1].Start);
        var filter = call.Args.Length == variables + 2 ? call.Args[variables] : null;
        return new(kind, call.Target!, first, second, filter, call.Args[^1], call.Start, call.End, call.Depth);
    }

    private static ComprehensionExpr Filter(CallExpr call)
    {
        var name = (IdentExpr)(call.Args[0] is IdentExpr { Rooted: false } ident ? ident : throw NotAName(call.Args[0]));
        return new(ComprehensionKind.List, call.Target!, name.Name, null, call.Args[1], name, call.Start, call.End, call.Depth);
    }

    /// <summary>The list is bound first, so that it is evaluated once; no source text can spell the bound name.</summary>
    private static BindExpr SortBy(CallExpr call)
    {
        const string list = "@list";
        var bound = new IdentExpr(list, false, call.Target!.Start, call.Target.End);
        var keys = new ComprehensionExpr(ComprehensionKind.List, bound, Variable(call.Args[0]), null, null, call.Args[1], call.Start, call.End, call.Depth);
        var sorted = new CallExpr(Operator.SortBy, false, null, [bound, keys], call.Start, call.End, call.Depth + 1);
        return new(list, call.Target, sorted, call.Start, call.End, call.Depth + 2);
    }

    private static string Variable(Expr argument) => argument is IdentExpr { Rooted: false } ident ? ident.Name : throw NotAName(argument);

    private static CelSyntaxException NotAName(Expr argument) => new("A simple name is expected here, for the variable.", argument.Start);
}
