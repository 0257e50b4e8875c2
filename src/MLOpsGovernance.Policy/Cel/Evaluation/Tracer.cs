using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Evaluation;

/// <summary>
/// Walks the checked tree and remembers the value of every node, for explanations. Knows unknowns: a strict function of an unknown is
/// unknown, <c>false &amp;&amp; unknown</c> is false, and unknown wins over error, because it may still turn out well.
/// Gives the same results and costs as the compiled code; a property test holds this.
/// </summary>
internal sealed partial class Tracer(Frame frame)
{
    private readonly Dictionary<Node, CelValue> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>The last value of the node, if it was reached.</summary>
    public bool TryGet(Node node, out CelValue value) => _seen.TryGetValue(node, out value);

    public CelValue Evaluate(Node node)
    {
        var value = node switch
        {
            ConstantNode constant => constant.Value,
            ErrorNode error => error.Value,
            VariableNode { Variable: { IsLazy: true, Slot: var slot } } => frame.Lazy(slot),
            VariableNode variable => frame.Read(variable.Variable.Slot),
            LocalNode local => Local(local),
            SelectNode select => Select(select),
            HasNode has => Has(has),
            CallNode call => Call(call),
            ConditionalNode conditional => Conditional(conditional),
            LogicNode logic => Logic(logic),
            ListNode list => List(list),
            MapNode map => Map(map),
            ComprehensionNode comprehension => Comprehension(comprehension),
            BindNode bind => Bind(bind),
            OptionalMapNode map => OptionalMap(map),
            OptionalOrNode or => OptionalOr(or),
            _ => throw new InvalidOperationException($"No evaluation for {node.GetType().Name}."),
        };
        _seen[node] = value;
        return value;
    }

    /// <summary>The failure that counts: the first error, or all unknowns together.</summary>
    private static CelValue Worse(in CelValue known, in CelValue other) =>
        known.Kind == CelKind.Unknown && other.Kind == CelKind.Unknown ? CelValue.Of(known.Unknown.And(other.Unknown))
        : known.Kind == CelKind.Unknown ? known
        : other.Kind == CelKind.Unknown || known.Kind == CelKind.None ? other
        : known;

    private CelValue Local(LocalNode local)
    {
        frame.Spend(1);
        ref var value = ref frame.Locals[local.Slot];
        if (value.Kind == CelKind.None && local.Lazy is not null) value = Evaluate(local.Lazy.Init);
        return value;
    }

    private CelValue Select(SelectNode select)
    {
        var operand = Evaluate(select.Operand);
        frame.Spend(1);
        return !operand.IsValue ? operand
            : select.Optional ? Access.OptionalSelect(operand, select.Field) : Access.Select(operand, select.Field);
    }

    private CelValue Has(HasNode has)
    {
        var operand = Evaluate(has.Operand);
        frame.Spend(1);
        return operand.IsValue ? Access.Has(operand, has.Field) : operand;
    }

    private CelValue Call(CallNode call)
    {
        var args = new CelValue[call.Args.Length];
        var failure = default(CelValue);
        for (var i = 0; i < args.Length; i++)
        {
            args[i] = Evaluate(call.Args[i]);
            if (args[i].IsValue) continue;
            failure = Worse(failure, args[i]);
            // Further arguments matter only for the unknowns in them.
            if (!frame.HasUnknowns) return failure;
        }

        if (failure.Kind != CelKind.None) return failure;
        return call.Overload is { } overload
            ? Function.Call(overload, frame, args)
            : call.Function.Call(frame, args, call.IsMember);
    }

    private CelValue Conditional(ConditionalNode node)
    {
        var condition = Evaluate(node.Condition);
        return condition.IsTrue ? Evaluate(node.Then)
            : condition.IsFalse ? Evaluate(node.Otherwise)
            : condition.IsValue ? CelError.NoOverload : condition;
    }

    private CelValue Logic(LogicNode node)
    {
        var failure = default(CelValue);
        foreach (var term in node.Terms)
        {
            var value = Evaluate(term);
            if (node.IsAnd ? value.IsFalse : value.IsTrue) return value;
            if (value.Kind != CelKind.Bool) failure = Worse(failure, value.IsValue ? CelError.NoOverload : value);
        }

        return failure.Kind == CelKind.None ? CelValue.Of(node.IsAnd) : failure;
    }

    private CelValue List(ListNode node)
    {
        frame.Spend(Costs.List + node.Items.Length);
        var list = new ListBuilder(node.Items.Length);
        var failure = default(CelValue);
        for (var i = 0; i < node.Items.Length; i++)
        {
            var value = Evaluate(node.Items[i]);
            if (value.IsValue && node.Optional[i])
            {
                if (value.Kind == CelKind.Optional && !value.Optional.HasValue) continue;
                value = value.Kind == CelKind.Optional ? value.Optional.Value : CelError.NoOverload;
            }

            if (value.IsValue)
            {
                list.Add(value);
                continue;
            }

            failure = Worse(failure, value);
            if (!frame.HasUnknowns) return failure;
        }

        return failure.Kind == CelKind.None ? list.ToValue() : failure;
    }

    private CelValue Map(MapNode node)
    {
        frame.Spend(Costs.Map + node.Entries.Length);
        var map = new CelMap(node.Entries.Length);
        var failure = default(CelValue);
        foreach (var entry in node.Entries)
        {
            var key = Evaluate(entry.Key);
            if (!key.IsValue)
            {
                failure = Worse(failure, key);
                if (!frame.HasUnknowns) return failure;
            }

            var value = Evaluate(entry.Value);
            if (!value.IsValue) failure = Worse(failure, value);
            else if (key.IsValue && Aggregates.Put(map, key, value, entry.Optional) is { Kind: CelKind.Error } bad) failure = Worse(failure, bad);
            if (failure.Kind != CelKind.None && !frame.HasUnknowns) return failure;
        }

        return failure.Kind == CelKind.None ? CelValue.Of(map) : failure;
    }

    private CelValue Bind(BindNode node)
    {
        frame.Locals[node.Slot] = default;
        return Evaluate(node.Body);
    }

    private CelValue OptionalMap(OptionalMapNode node)
    {
        var target = Evaluate(node.Target);
        frame.Spend(1);
        if (!target.IsValue) return target;
        if (target.Kind != CelKind.Optional) return CelError.NoOverload;
        if (!target.Optional.HasValue) return target;
        frame.Locals[node.Slot] = target.Optional.Value;
        return Aggregates.Rewrap(Evaluate(node.Body), node.Flat);
    }

    private CelValue OptionalOr(OptionalOrNode node)
    {
        var target = Evaluate(node.Target);
        frame.Spend(1);
        if (!target.IsValue) return target;
        if (target.Kind != CelKind.Optional) return CelError.NoOverload;
        return target.Optional.HasValue ? node.Unwrap ? target.Optional.Value : target : Aggregates.Alternative(Evaluate(node.Otherwise), node.Unwrap);
    }

    private CelValue Comprehension(ComprehensionNode node)
    {
        var loop = new Loop(Evaluate(node.Range), node.First, node.Second);
        if (loop.Failure.Kind != CelKind.None) return loop.Failure;
        return node.Kind switch
        {
            ComprehensionKind.All or ComprehensionKind.Exists => Quantifier(node, loop),
            ComprehensionKind.ExistsOne => ExistsOne(node, loop),
            ComprehensionKind.List => ListLoop(node, loop),
            _ => MapLoop(node, loop),
        };
    }
}
