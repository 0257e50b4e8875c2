using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Evaluation;

internal static partial class Compiler
{
    private static Code Comprehension(ComprehensionNode node) => node.Kind switch
    {
        ComprehensionKind.All => Quantifier(node, stopAt: false),
        ComprehensionKind.Exists => Quantifier(node, stopAt: true),
        ComprehensionKind.ExistsOne => ExistsOne(node),
        ComprehensionKind.List => ListLoop(node),
        _ => MapLoop(node),
    };

    /// <summary><c>all</c> is a long <c>&amp;&amp;</c> and <c>exists</c> a long <c>||</c>: errors are absorbed by a decisive element.</summary>
    private static Code Quantifier(ComprehensionNode node, bool stopAt)
    {
        var (range, first, second, body) = (Compile(node.Range), node.First, node.Second, Compile(node.Body));
        return frame =>
        {
            var over = range(frame);
            if (over.Kind == CelKind.List && second < 0) return Quantify(frame, over.List, first, body, stopAt);
            var loop = new Loop(over, first, second);
            if (loop.Failure.Kind != CelKind.None) return loop.Failure;
            var failure = default(CelValue);
            while (loop.Next(frame))
            {
                var value = body(frame);
                if (stopAt ? value.IsTrue : value.IsFalse) return value;
                if (value.Kind != CelKind.Bool && failure.Kind == CelKind.None) failure = value.IsValue ? CelError.NoOverload : value;
            }

            return frame.IsExhausted ? CelError.Budget : failure.Kind == CelKind.None ? CelValue.Of(!stopAt) : failure;
        };
    }

    /// <summary>The same over a list and with one variable, as nearly all are.</summary>
    private static CelValue Quantify(Frame frame, CelList list, int variable, Code body, bool stopAt)
    {
        var failure = default(CelValue);
        ref var local = ref frame.Locals[variable];
        foreach (ref readonly var item in list.Items)
        {
            if (!frame.Spend(Costs.Turn)) return CelError.Budget;
            local = item;
            var value = body(frame);
            if (value.Kind == CelKind.Bool)
            {
                if (value.Bool == stopAt) return value;
            }
            else if (failure.Kind == CelKind.None) failure = value.IsValue ? CelError.NoOverload : value;
        }

        return frame.IsExhausted ? CelError.Budget : failure.Kind == CelKind.None ? CelValue.Of(!stopAt) : failure;
    }

    private static Code ExistsOne(ComprehensionNode node)
    {
        var (range, first, second, body) = (Compile(node.Range), node.First, node.Second, Compile(node.Body));
        return frame =>
        {
            var loop = new Loop(range(frame), first, second);
            if (loop.Failure.Kind != CelKind.None) return loop.Failure;
            var found = 0;
            while (loop.Next(frame))
            {
                var value = body(frame);
                if (value.Kind != CelKind.Bool) return value.IsValue ? CelError.NoOverload : value;
                if (value.Bool) found++;
            }

            return frame.IsExhausted ? CelError.Budget : CelValue.Of(found == 1);
        };
    }

    private static Code ListLoop(ComprehensionNode node)
    {
        var (range, first, second, body) = (Compile(node.Range), node.First, node.Second, Compile(node.Body));
        var filter = node.Filter is null ? null : Compile(node.Filter);
        return frame =>
        {
            var loop = new Loop(range(frame), first, second);
            if (loop.Failure.Kind != CelKind.None) return loop.Failure;
            var list = new ListBuilder(filter is null ? loop.Count : 0);
            while (loop.Next(frame))
            {
                if (filter is not null)
                {
                    var kept = filter(frame);
                    if (kept.IsFalse) continue;
                    if (!kept.IsTrue) return kept.IsValue ? CelError.NoOverload : kept;
                }

                var value = body(frame);
                if (!value.IsValue) return value;
                frame.Spend(Costs.Append);
                list.Add(value);
            }

            return frame.IsExhausted ? CelError.Budget : list.ToValue();
        };
    }

    private static Code MapLoop(ComprehensionNode node)
    {
        var (range, first, second, body) = (Compile(node.Range), node.First, node.Second, Compile(node.Body));
        var filter = node.Filter is null ? null : Compile(node.Filter);
        var entries = node.Kind == ComprehensionKind.MapEntry;
        return frame =>
        {
            var loop = new Loop(range(frame), first, second);
            if (loop.Failure.Kind != CelKind.None) return loop.Failure;
            var map = new CelMap(0);
            while (loop.Next(frame))
            {
                if (filter is not null)
                {
                    var kept = filter(frame);
                    if (kept.IsFalse) continue;
                    if (!kept.IsTrue) return kept.IsValue ? CelError.NoOverload : kept;
                }

                var value = body(frame);
                if (!value.IsValue) return value;
                frame.Spend(entries ? Costs.Append * (1 + Sizes.Of(value)) : Costs.Append);
                var added = entries ? Aggregates.PutAll(map, value) : Aggregates.Put(map, frame.Locals[first], value);
                if (!added.IsTrue) return added;
            }

            return frame.IsExhausted ? CelError.Budget : CelValue.Of(map);
        };
    }
}
