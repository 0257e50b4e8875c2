using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Rules;

/// <summary>
/// Finds <c>all()</c> that an empty list would satisfy without anybody having said so. Emptiness is decided where some other term settles the expression for an empty
/// list, either way: <c>size(xs) &gt; 0 &amp;&amp; xs.all(…)</c> wants something there, <c>size(xs) == 0 || xs.all(…)</c> says that nothing is fine.
/// </summary>
/// <param name="definition">What a variable of the policy stands for; null for facts and parameters.</param>
internal sealed class Emptiness(Func<Variable, Node?> definition)
{
    /// <summary>Past this much work a list counts as undecided: nobody reads such an expression.</summary>
    private const int MaxSteps = 100_000;

    private int _steps;

    public IEnumerable<ComprehensionNode> Undecided(Node root)
    {
        // With every node goes what is known to hold where it matters: a term and the truth value that it then has.
        var pending = new Stack<(Node Node, Known? Known)>();
        pending.Push((root, null));
        while (pending.TryPop(out var next))
        {
            if (next.Node is ComprehensionNode { Kind: ComprehensionKind.All } all && !IsDecided(all.Range, next.Known)) yield return all;
            foreach (var child in Children(next.Node, next.Known)) pending.Push(child);
        }
    }

    /// <param name="Except">With it the term is a chain whose other links have that truth value.</param>
    private sealed record Known(Node Term, bool Truth, Node? Except, Known? Outer);

    private static IEnumerable<(Node, Known?)> Children(Node node, Known? known)
    {
        switch (node)
        {
            case LogicNode logic:
                // Beside an && term that is false nothing else matters, beside an || term that is true neither.
                foreach (var term in logic.Terms) yield return (term, new(logic, logic.IsAnd, term, known));
                break;
            case ConditionalNode conditional:
                yield return (conditional.Condition, known);
                yield return (conditional.Then, new(conditional.Condition, true, null, known));
                yield return (conditional.Otherwise, new(conditional.Condition, false, null, known));
                break;
            case ComprehensionNode { Filter: { } filter } fold:
                yield return (fold.Range, known);
                yield return (filter, known);
                yield return (fold.Body, new(filter, true, null, known));
                break;
            default:
                foreach (var child in NodeWalk.Children(node)) yield return (child, known);
                break;
        }
    }

    private bool IsDecided(Node range, Known? known)
    {
        var list = Meaning(range);
        if (list is ListNode literal && literal.Optional.Contains(false)) return true;
        for (; known is not null; known = known.Outer)
        {
            if (known is { Except: { } except, Term: LogicNode chain }
                ? Array.Exists(chain.Terms, t => !ReferenceEquals(t, except) && HasItems(t, known.Truth, list))
                : HasItems(known.Term, known.Truth, list)) return true;
        }

        return false;
    }

    /// <summary>Whether the list has at least one item whenever the term has that truth value.</summary>
    private bool HasItems(Node term, bool truth, Node list)
    {
        term = Meaning(term);
        if (++_steps > MaxSteps) return false;
        return term switch
        {
            CallNode { Function.Name: Operator.Not, Args: [var inner] } => HasItems(inner, !truth, list),
            LogicNode logic when logic.IsAnd == truth => Array.Exists(logic.Terms, t => HasItems(t, truth, list)),
            LogicNode logic => Array.TrueForAll(logic.Terms, t => HasItems(t, truth, list)),
            ComprehensionNode { Kind: ComprehensionKind.Exists or ComprehensionKind.ExistsOne } exists => truth && IsPartOf(exists.Range, list),
            CallNode { Function.Name: Operator.In, Args: [_, var container] } => truth && IsPartOf(container, list),
            CallNode { Args: [var a, var b] } comparison => Compares(comparison.Function.Name, a, b, truth, list) || Compares(Mirrored(comparison.Function.Name), b, a, truth, list),
            _ => false,
        };
    }

    private bool Compares(string sign, Node a, Node b, bool truth, Node list)
    {
        b = Meaning(b);
        if (b is ListNode { Items.Length: 0 } or MapNode { Entries.Length: 0 })
            return sign == (truth ? Operator.NotEqual : Operator.Equal) && IsPartOf(a, list);
        if (Meaning(a) is not CallNode { Function.Name: "size", Args: [var counted] } || b is not ConstantNode { Value: { Kind: CelKind.Int, Int: var count } }) return false;
        var leavesItems = (truth ? sign : Opposite(sign)) switch
        {
            Operator.Greater => count >= 0,
            Operator.GreaterOrEqual or Operator.Equal => count >= 1,
            Operator.NotEqual => count == 0,
            _ => false,
        };
        return leavesItems && IsPartOf(counted, list);
    }

    private static string Mirrored(string sign) => sign switch
    {
        Operator.Less => Operator.Greater,
        Operator.LessOrEqual => Operator.GreaterOrEqual,
        Operator.Greater => Operator.Less,
        Operator.GreaterOrEqual => Operator.LessOrEqual,
        _ => sign,
    };

    private static string Opposite(string sign) => sign switch
    {
        Operator.Less => Operator.GreaterOrEqual,
        Operator.LessOrEqual => Operator.Greater,
        Operator.Greater => Operator.LessOrEqual,
        Operator.GreaterOrEqual => Operator.Less,
        Operator.Equal => Operator.NotEqual,
        Operator.NotEqual => Operator.Equal,
        _ => "",
    };

    /// <summary>Whether an item of the one shows that there is an item of the other: it is the same list, or was filtered or computed from it.</summary>
    private bool IsPartOf(Node part, Node whole)
    {
        for (part = Meaning(part); ; part = Meaning(((ComprehensionNode)part).Range))
        {
            if (Same(part, whole)) return true;
            if (part is not ComprehensionNode { Kind: ComprehensionKind.List or ComprehensionKind.Map }) return false;
        }
    }

    /// <summary>What a node stands for, without the steps that neither empty a list nor fill it.</summary>
    private Node Meaning(Node node)
    {
        while (++_steps <= MaxSteps)
        {
            var next = node switch
            {
                VariableNode { Variable: { IsLazy: true } variable } => definition(variable),
                LocalNode { Lazy: { } bind } => bind.Init,
                ComprehensionNode { Kind: ComprehensionKind.List or ComprehensionKind.Map, Filter: null } each => each.Range,
                CallNode { Function.Name: "distinct" or "reverse" or "sort" or Operator.SortBy or "dyn", Args: [var list, ..] } => list,
                BindNode { Body: CallNode { Function.Name: Operator.SortBy } sorted } => sorted.Args[0],
                _ => null,
            };
            if (next is null) return node;
            node = next;
        }

        return node;
    }

    private bool Same(Node a, Node b)
    {
        if (ReferenceEquals(a, b)) return true;
        if (++_steps > MaxSteps || a.GetType() != b.GetType()) return false;
        var alike = (a, b) switch
        {
            (VariableNode x, VariableNode y) => ReferenceEquals(x.Variable, y.Variable) || x.Variable.Name == y.Variable.Name,
            (LocalNode x, LocalNode y) => x.Slot == y.Slot,
            (ConstantNode x, ConstantNode y) => x.Value.ToString() == y.Value.ToString() && x.Value.Kind == y.Value.Kind,
            (SelectNode x, SelectNode y) => x.Field == y.Field && x.Optional == y.Optional,
            (HasNode x, HasNode y) => x.Field == y.Field,
            (CallNode x, CallNode y) => x.Function.Name == y.Function.Name,
            (LogicNode x, LogicNode y) => x.IsAnd == y.IsAnd,
            (ConditionalNode, ConditionalNode) => true,
            _ => false,
        };
        return alike && NodeWalk.Children(a).Count() == NodeWalk.Children(b).Count() && NodeWalk.Children(a).Zip(NodeWalk.Children(b)).All(p => Same(p.First, p.Second));
    }
}
