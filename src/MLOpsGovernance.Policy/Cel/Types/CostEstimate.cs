using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Library;
using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Types;

/// <summary>
/// The most an expression can cost, from the declared bounds. The same unit costs as at run time, applied to the largest sizes; a
/// declared variable counts once in every expression that reads it.
/// </summary>
internal sealed class CostEstimate
{
    private readonly Dictionary<int, Extent> _locals = [];
    private readonly Dictionary<string, (long Cost, string[] Reads)> _variables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, long> _costs = new(ReferenceEqualityComparer.Instance);

    /// <summary>Makes the cost of a variable known, as <see cref="Of"/> answered it just before.</summary>
    public void Declare(Variable variable, long cost) => _variables[variable.Name] = (cost, [.. _read]);

    /// <summary>Own cost, without that of the variables read, and the extent of the result.</summary>
    public (long Cost, Extent Extent) Of(Node root)
    {
        _read.Clear();
        _costs.Clear();
        return Visit(root);
    }

    public long Total(Node root)
    {
        var total = Of(root).Cost;
        var pending = new Stack<string>(_read);
        while (pending.TryPop(out var name))
        {
            var (cost, reads) = _variables.GetValueOrDefault(name, (0, []));
            total = Plus(total, cost);
            foreach (var other in reads)
            {
                if (_read.Add(other)) pending.Push(other);
            }
        }

        return total;
    }

    /// <summary>The innermost part that makes up most of the cost, as <see cref="Total"/> found it just before.</summary>
    public Node Costliest(Node root)
    {
        while (true)
        {
            var child = NodeWalk.Children(root).MaxBy(c => _costs.GetValueOrDefault(c));
            if (child is null || _costs.GetValueOrDefault(child) < _costs.GetValueOrDefault(root) / 10 * 8) return root;
            root = child;
        }
    }

    private static long Plus(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;

    private static long Times(long a, long b) => a != 0 && b > long.MaxValue / a ? long.MaxValue : a * b;

    private (long Cost, Extent Extent) Visit(Node node)
    {
        var (cost, extent) = node switch
        {
            ConstantNode constant => (0, new Extent(Sizes.Of(constant.Value))),
            VariableNode variable => Variable(variable.Variable),
            LocalNode local => (1, _locals.GetValueOrDefault(local.Slot) ?? Extent.Of(local.Type)),
            SelectNode select => Select(select),
            HasNode has => (Plus(1, Visit(has.Operand).Cost), Extent.Scalar),
            CallNode call => Call(call),
            ConditionalNode conditional => Conditional(conditional),
            LogicNode logic => (logic.Terms.Aggregate(0L, (sum, term) => Plus(sum, Visit(term).Cost)), Extent.Scalar),
            ListNode list => List(list),
            MapNode map => Map(map),
            ComprehensionNode fold => Comprehension(fold),
            BindNode bind => Bind(bind),
            OptionalMapNode map => OptionalMap(map),
            OptionalOrNode or => OptionalOr(or),
            _ => (0, Extent.Scalar),
        };
        _costs[node] = Plus(_costs.GetValueOrDefault(node), cost);
        return (cost, extent);
    }

    private (long, Extent) Variable(Variable variable)
    {
        if (variable.IsLazy) _read.Add(variable.Name);
        return (1, variable.Bounds);
    }

    private (long, Extent) Select(SelectNode select)
    {
        var (cost, extent) = Visit(select.Operand);
        var type = select.Operand.Type.IsOptional ? select.Operand.Type.Parameters[0] : select.Operand.Type;
        var field = type is ObjectType record && record.IndexOf(select.Field) is var index and >= 0 ? record.Fields[index].Bounds : extent.Items;
        return (Plus(1, cost), field);
    }

    private (long, Extent) Conditional(ConditionalNode node)
    {
        var (then, otherwise) = (Visit(node.Then), Visit(node.Otherwise));
        return (Plus(Visit(node.Condition).Cost, Math.Max(then.Cost, otherwise.Cost)), Extent.Larger(then.Extent, otherwise.Extent));
    }

    private (long, Extent) List(ListNode node)
    {
        var cost = Costs.List + node.Items.Length;
        var item = node.Items.Length == 0 ? Extent.Scalar : null;
        foreach (var child in node.Items)
        {
            var (more, extent) = Visit(child);
            cost = Plus(cost, more);
            item = item is null ? extent : Extent.Larger(item, extent);
        }

        return (cost, new(node.Items.Length, item));
    }

    private (long, Extent) Map(MapNode node)
    {
        var cost = Costs.Map + node.Entries.Length;
        Extent key = Extent.Scalar, value = Extent.Scalar;
        foreach (var entry in node.Entries)
        {
            var (keys, values) = (Visit(entry.Key), Visit(entry.Value));
            cost = Plus(cost, Plus(keys.Cost, values.Cost));
            // Keys are scalars or the map is an error, so their own structure does not count.
            (key, value) = (Extent.Larger(key, new(keys.Extent.Size)), Extent.Larger(value, values.Extent));
        }

        return (cost, new(node.Entries.Length, value, key));
    }

    private (long, Extent) Comprehension(ComprehensionNode node)
    {
        var (cost, range) = Visit(node.Range);
        var isMap = node.Range.Type.Kind == TypeKind.Map;
        _locals[node.First] = isMap ? range.Keys : node.Second < 0 ? range.Items : Extent.Scalar;
        if (node.Second >= 0) _locals[node.Second] = range.Items;

        var (body, result) = Visit(node.Body);
        var turn = Plus(Costs.Turn, Plus(body, node.Filter is null ? 0 : Visit(node.Filter).Cost));
        var builds = node.Kind is ComprehensionKind.List or ComprehensionKind.Map or ComprehensionKind.MapEntry;
        if (builds) turn = Plus(turn, node.Kind == ComprehensionKind.MapEntry ? Times(Costs.Append, 1 + result.Size) : Costs.Append);
        var total = Plus(cost, Times(range.Size, turn));
        return node.Kind switch
        {
            ComprehensionKind.List => (total, new(range.Size, result)),
            ComprehensionKind.Map => (total, new(range.Size, result, _locals[node.First])),
            ComprehensionKind.MapEntry => (total, new(Times(range.Size, result.Size), result.Items, result.Keys)),
            _ => (total, Extent.Scalar),
        };
    }

    private (long, Extent) Bind(BindNode node)
    {
        var (init, extent) = Visit(node.Init);
        _locals[node.Slot] = extent;
        var (body, result) = Visit(node.Body);
        return (Plus(init, body), result);
    }

    private (long, Extent) OptionalMap(OptionalMapNode node)
    {
        var (target, extent) = Visit(node.Target);
        _locals[node.Slot] = extent;
        var (body, result) = Visit(node.Body);
        return (Plus(1, Plus(target, body)), result);
    }

    private (long, Extent) OptionalOr(OptionalOrNode node)
    {
        var (target, extent) = Visit(node.Target);
        var (otherwise, other) = Visit(node.Otherwise);
        return (Plus(1, Plus(target, otherwise)), Extent.Larger(extent, other));
    }

    private (long, Extent) Call(CallNode call)
    {
        var cost = 0L;
        var args = new Extent[call.Args.Length];
        for (var i = 0; i < args.Length; i++)
        {
            var (more, extent) = Visit(call.Args[i]);
            cost = Plus(cost, more);
            args[i] = Whole(call.Args[i].Type, extent, 0);
        }

        if (Written(call, args) is { } written) return (Plus(cost, written.Cost), written.Extent);
        var (own, result) = args.Length == 2 && OperatorCost.Of(call, args) is { } known ? known : Overloads(call, args);
        return (Plus(cost, own), result);
    }

    /// <summary>Calls whose cost lies in a value, and so is known only where that is written out.</summary>
    private static (long Cost, Extent Extent)? Written(CallNode call, Extent[] args)
    {
        switch (call)
        {
            case { Function.Name: "lists.range", Args: [var count] }:
                var items = count is ConstantNode { Value: { Kind: CelKind.Int, Int: var written } } ? Math.Clamp(written, 0, ListFunctions.LongestRange) : ListFunctions.LongestRange;
                return (1 + items, new(items, Extent.Scalar));
            case { Function.Name: "format", Args: [ConstantNode { Value: { Kind: CelKind.String, String: var format } }, _] }: return FormatFunction.Estimate(format, args[1]);
            case { Function.Name: "matches", Args: [_, var pattern] }:
                var size = pattern is ConstantNode { Value: { Kind: CelKind.String, String: var text } } ? RegexFunctions.SizeOf(text) : RegexFunctions.LargestProgram;
                return (Times(Sizes.Tenth(1 + args[0].Size), (args[1].Size + 3) / 4 + size / 4), Extent.Scalar);
            default: return null;
        }
    }

    /// <summary>A record as large as comparing it is dear: what it is made of counts.</summary>
    private static Extent Whole(CelType type, Extent extent, int depth)
    {
        if (depth > 8) return extent;
        switch (type)
        {
            case ObjectType record:
                var fields = record.Fields.Aggregate(0L, (sum, f) => Plus(sum, OperatorCost.Weight(Whole(f.Type, f.Bounds, depth + 1))));
                return new(1, new(Math.Min(fields, long.MaxValue / 100) * 10));
            case { Kind: TypeKind.List } when extent.Item is { } item: return extent with { Item = Whole(type.Parameters[0], item, depth + 1) };
            case { Kind: TypeKind.Map } when extent.Item is { } item: return extent with { Item = Whole(type.Parameters[1], item, depth + 1) };
            case { IsOptional: true }: return Whole(type.Parameters[0], extent, depth + 1);
            default: return extent;
        }
    }

    private static (long Cost, Extent Extent) Overloads(CallNode call, Extent[] args)
    {
        var sizes = Array.ConvertAll(args, static a => a.Size);
        long cost = 1;
        Extent? result = null;
        foreach (var overload in call.Candidates)
        {
            var own = Plus(overload.Cost?.Invoke(sizes) ?? 1, overload.WorstCase?.Invoke(args) ?? 0);
            cost = Math.Max(cost, own);
            var extent = overload.ResultExtent?.Invoke(args) ?? Extent.Of(overload.Result);
            result = result is null ? extent : Extent.Larger(result, extent);
        }

        return (cost, result ?? Extent.Of(call.Type));
    }
}
