using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Types;

/// <summary>
/// Resolves names and infers types. In the lenient mode (the suite's unchecked cases) nothing is reported: what cannot be resolved
/// becomes an error at run time, so both modes give the same results.
/// </summary>
internal sealed partial class Checker(Environment environment, bool lenient, int firstLocal)
{
    private readonly record struct Local(string Name, int Slot, CelType Type, BindNode? Lazy);

    private readonly Substitution _types = new();
    private readonly List<Node> _nodes = [];
    private readonly List<CelIssue> _issues = [];
    private readonly Stack<Local> _locals = new();
    private int _nextLocal = firstLocal;

    /// <param name="firstLocal">First slot that this expression may use for its own variables.</param>
    public static (Node Root, int Locals, IReadOnlyList<CelIssue> Issues) Check(Expr expression, Environment environment, bool lenient = false, int firstLocal = 0)
    {
        var checker = new Checker(environment, lenient, firstLocal);
        var root = checker.Visit(expression);
        foreach (var node in checker._nodes) node.Type = checker._types.Apply(node.Type, final: true);
        foreach (var node in checker._nodes) if (node is CallNode call) Narrow(call);
        return (root, checker._nextLocal, checker._issues);
    }

    /// <summary>With one candidate and no dynamic argument the call needs no dispatch at run time.</summary>
    private static void Narrow(CallNode call)
    {
        if (call.Candidates.Count != 1 || call.Function.Direct is not null) return;
        var overload = call.Candidates[0];
        for (var i = 0; i < call.Args.Length; i++)
        {
            var wanted = overload.Parameters[i].ValueKind;
            if (wanted != CelKind.None && call.Args[i].Type.ValueKind != wanted) return;
        }

        call.Overload = overload;
    }

    private T Typed<T>(T node, CelType type)
        where T : Node
    {
        node.Type = type;
        _nodes.Add(node);
        return node;
    }

    private ErrorNode Refuse(Expr at, string code, string message, string? suggestion = null)
    {
        if (!lenient) _issues.Add(new(code, message, at.Start, suggestion));
        return Typed(new ErrorNode(at, message), lenient ? CelType.Dyn : CelType.Error);
    }

    private CelType TypeOf(Node node) => _types.Apply(node.Type);

    private string Show(CelType type) => _types.Apply(type, final: true).ToString();

    private Node Visit(Expr expression) => expression switch
    {
        LiteralExpr literal => Typed<Node>(new ConstantNode(literal, literal.Value), LiteralType(literal.Value)),
        IdentExpr ident => Ident(ident),
        SelectExpr select => Select(select),
        CallExpr call => Call(call),
        LogicExpr logic => Logic(logic),
        ListExpr list => List(list),
        MapExpr map => Map(map),
        ComprehensionExpr comprehension => Comprehension(comprehension),
        BindExpr bind => Bind(bind),
        OptionalMapExpr map => OptionalMap(map),
        _ => throw new InvalidOperationException($"No rule for {expression.GetType().Name}."),
    };

    private static CelType LiteralType(in CelValue value) => value.Kind switch
    {
        CelKind.Null => CelType.Null,
        CelKind.Bool => CelType.Bool,
        CelKind.Int => CelType.Int,
        CelKind.UInt => CelType.UInt,
        CelKind.Double => CelType.Double,
        CelKind.String => CelType.String,
        _ => CelType.Bytes,
    };

    private Node Ident(IdentExpr ident)
    {
        if (!ident.Rooted)
        {
            foreach (var local in _locals)
            {
                if (local.Name == ident.Name) return Typed(new LocalNode(ident, local.Slot, local.Lazy), local.Type);
            }
        }

        return Named(ident, ident.Name, ident.Rooted) ?? Refuse(ident, "cel.name", $"Nothing is called '{ident.Name}' here.", Nearest(ident.Name));
    }

    private Node? Named(Expr at, string name, bool rooted) => environment.Find(name, rooted) switch
    {
        ({ } variable, _) => Typed(new VariableNode(at, variable), variable.Type),
        (_, { } type) => Typed(new ConstantNode(at, CelValue.OfType(type.Name)), CelType.TypeOf(type)),
        _ => null,
    };

    /// <summary>Whether some beginning of a dotted name is something, so that the rest may be its fields.</summary>
    private bool BeginsKnown(string name, bool rooted)
    {
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = name.IndexOf('.', dot + 1))
        {
            if (environment.Find(name[..dot], rooted) != default) return true;
        }

        return false;
    }

    private string? Nearest(string name) => Spelling.Nearest(name,
        environment.Variables.Select(static v => v.Name).Concat(_locals.Select(static l => l.Name)));

    private Node Select(SelectExpr select)
    {
        if (!select.TestOnly && !select.Optional && Qualified(select) is { } dotted && Named(select, dotted.Name, dotted.Rooted) is { } named) return named;

        if (!select.TestOnly && Qualified(select) is { } unknown && !BeginsKnown(unknown.Name, unknown.Rooted))
            return Refuse(select, "cel.name", $"Nothing is called '{unknown.Name}' here.", Nearest(unknown.Name));

        var operand = Visit(select.Operand);
        var type = TypeOf(operand);
        var target = type.IsOptional ? type.Parameters[0] : type;
        var field = FieldType(select, target);
        var result = select.TestOnly ? CelType.Bool : type.IsOptional || select.Optional ? CelType.Optional(field) : field;
        return select.TestOnly
            ? Typed(new HasNode(select, operand, select.Field), result)
            : Typed(new SelectNode(select, operand, select.Field, select.Optional), result);
    }

    private CelType FieldType(SelectExpr select, CelType target)
    {
        switch (target)
        {
            case { Kind: TypeKind.Map }: return target.Parameters[1];
            case { Kind: TypeKind.Parameter }:
                _types.TryAssign(CelType.Dyn, target);
                return CelType.Dyn;
            case ObjectType record when record.IndexOf(select.Field) is var index and >= 0: return record.Fields[index].Type;
            case ObjectType record:
                Refuse(select, "cel.name", $"'{record.Name}' has no field '{select.Field}'.", Spelling.Nearest(select.Field, record.Fields.Select(static f => f.Name)));
                return CelType.Error;
            case { IsDynamic: true }: return CelType.Dyn;
            default:
                Refuse(select, "cel.type", $"A value of type {Show(target)} has no fields, so '.{select.Field}' cannot be selected.");
                return CelType.Error;
        }
    }

    /// <summary>The dotted name that a chain of selections spells, unless it begins with a local variable: those shadow everything.</summary>
    private (string Name, bool Rooted)? Qualified(Expr expression)
    {
        if (expression is IdentExpr ident)
            return !ident.Rooted && _locals.Any(local => local.Name == ident.Name) ? null : (ident.Name, ident.Rooted);
        if (expression is not SelectExpr { TestOnly: false, Optional: false, Quoted: false } select) return null;
        return Qualified(select.Operand) is { } prefix ? ($"{prefix.Name}.{select.Field}", prefix.Rooted) : null;
    }
}
