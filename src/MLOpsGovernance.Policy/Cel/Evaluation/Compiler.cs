using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Evaluation;

/// <summary>A compiled expression or part of one. Answers a value or an error; never throws.</summary>
internal delegate CelValue Code(Frame frame);

/// <summary>
/// Turns the checked tree into closures once, so that an evaluation walks no tree. Charges exactly what <see cref="Tracer"/> charges.
/// </summary>
internal static partial class Compiler
{
    public static Code Compile(Node node) => node switch
    {
        ConstantNode constant => Constant(constant.Value),
        ErrorNode error => Constant(error.Value),
        VariableNode variable => Variable(variable.Variable),
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
        _ => throw new InvalidOperationException($"No code for {node.GetType().Name}."),
    };

    private static Code Constant(CelValue value) => _ => value;

    private static Code Variable(Variable variable)
    {
        var slot = variable.Slot;
        return variable.IsLazy ? frame => frame.Lazy(slot) : frame => frame.Read(slot);
    }

    private static Code Local(LocalNode local)
    {
        var slot = local.Slot;
        if (local.Lazy is null)
        {
            return frame =>
            {
                frame.Spend(1);
                return frame.Locals[slot];
            };
        }

        var init = local.Lazy.InitCode!;
        return frame =>
        {
            frame.Spend(1);
            if (frame.Locals[slot].Kind == CelKind.None) frame.Locals[slot] = init(frame);
            return frame.Locals[slot];
        };
    }

    private static Code Select(SelectNode select)
    {
        if (FieldPlace.Of(select) is { } place) return frame => place.In(frame);
        var (operand, field) = (Compile(select.Operand), select.Field);
        if (select.Optional)
        {
            return frame =>
            {
                var value = operand(frame);
                frame.Spend(1);
                return value.IsValue ? Access.OptionalSelect(value, field) : value;
            };
        }

        if (select.Operand.Type is ObjectType record)
        {
            var index = record.IndexOf(field);
            return frame =>
            {
                var value = operand(frame);
                frame.Spend(1);
                return value.Kind == CelKind.Object && ReferenceEquals(value.Object.Type, record) ? value.Object.Select(index)
                    : value.IsValue ? Access.Select(value, field) : value;
            };
        }

        return frame =>
        {
            var value = operand(frame);
            frame.Spend(1);
            return value.IsValue ? Access.Select(value, field) : value;
        };
    }

    private static Code Has(HasNode has)
    {
        var (operand, field) = (Compile(has.Operand), has.Field);
        return frame =>
        {
            var value = operand(frame);
            frame.Spend(1);
            return value.IsValue ? Access.Has(value, field) : value;
        };
    }

    private static Code Conditional(ConditionalNode node)
    {
        var (condition, then, otherwise) = (Compile(node.Condition), Compile(node.Then), Compile(node.Otherwise));
        return frame =>
        {
            var chosen = condition(frame);
            return chosen.IsTrue ? then(frame) : chosen.IsFalse ? otherwise(frame) : chosen.IsValue ? CelError.NoOverload : chosen;
        };
    }

    private static Code Logic(LogicNode node)
    {
        var terms = Array.ConvertAll(node.Terms, Compile);
        if (terms is [var left, var right]) return TwoTerms(node.IsAnd, left, right);
        return node.IsAnd
            ? frame =>
            {
                var failure = default(CelValue);
                foreach (var term in terms)
                {
                    var value = term(frame);
                    if (value.IsFalse) return value;
                    if (!value.IsTrue && failure.Kind == CelKind.None) failure = value.IsValue ? CelError.NoOverload : value;
                }

                return failure.Kind == CelKind.None ? CelValue.True : failure;
            }
        : frame =>
        {
            var failure = default(CelValue);
            foreach (var term in terms)
            {
                var value = term(frame);
                if (value.IsTrue) return value;
                if (!value.IsFalse && failure.Kind == CelKind.None) failure = value.IsValue ? CelError.NoOverload : value;
            }

            return failure.Kind == CelKind.None ? CelValue.False : failure;
        };
    }

    /// <param name="isAnd">Then false decides, else true does; what decides absorbs an error on the other side.</param>
    private static Code TwoTerms(bool isAnd, Code left, Code right) => frame =>
    {
        var a = left(frame);
        if (a.Kind == CelKind.Bool)
        {
            if (a.Bool != isAnd) return a;
            var only = right(frame);
            return only.Kind == CelKind.Bool || !only.IsValue ? only : CelError.NoOverload;
        }

        var b = right(frame);
        return b.Kind == CelKind.Bool && b.Bool != isAnd ? b : a.IsValue ? CelError.NoOverload : a;
    };

    private static Code List(ListNode node)
    {
        var (items, optional) = (Array.ConvertAll(node.Items, Compile), node.Optional);
        return frame =>
        {
            frame.Spend(Costs.List + items.Length);
            var list = new ListBuilder(items.Length);
            for (var i = 0; i < items.Length; i++)
            {
                var value = items[i](frame);
                if (!value.IsValue) return value;
                if (optional[i])
                {
                    if (value.Kind != CelKind.Optional) return CelError.NoOverload;
                    if (!value.Optional.HasValue) continue;
                    value = value.Optional.Value;
                }

                list.Add(value);
            }

            return list.ToValue();
        };
    }

    private static Code Map(MapNode node)
    {
        var entries = Array.ConvertAll(node.Entries, static e => (Key: Compile(e.Key), Value: Compile(e.Value), e.Optional));
        return frame =>
        {
            frame.Spend(Costs.Map + entries.Length);
            var map = new CelMap(entries.Length);
            foreach (var entry in entries)
            {
                var key = entry.Key(frame);
                if (!key.IsValue) return key;
                var value = entry.Value(frame);
                if (!value.IsValue) return value;
                if (Aggregates.Put(map, key, value, entry.Optional) is { Kind: CelKind.Error } failure) return failure;
            }

            return CelValue.Of(map);
        };
    }

    private static Code Bind(BindNode node)
    {
        node.InitCode = Compile(node.Init);
        var (slot, body) = (node.Slot, Compile(node.Body));
        return frame =>
        {
            frame.Locals[slot] = default;
            return body(frame);
        };
    }

    private static Code OptionalMap(OptionalMapNode node)
    {
        var (target, slot, body, flat) = (Compile(node.Target), node.Slot, Compile(node.Body), node.Flat);
        return frame =>
        {
            var value = target(frame);
            frame.Spend(1);
            if (!value.IsValue) return value;
            if (value.Kind != CelKind.Optional) return CelError.NoOverload;
            if (!value.Optional.HasValue) return value;
            frame.Locals[slot] = value.Optional.Value;
            return Aggregates.Rewrap(body(frame), flat);
        };
    }

    private static Code OptionalOr(OptionalOrNode node)
    {
        var (target, otherwise, unwrap) = (Compile(node.Target), Compile(node.Otherwise), node.Unwrap);
        return frame =>
        {
            var value = target(frame);
            frame.Spend(1);
            if (!value.IsValue) return value;
            if (value.Kind != CelKind.Optional) return CelError.NoOverload;
            return value.Optional.HasValue ? unwrap ? value.Optional.Value : value : Aggregates.Alternative(otherwise(frame), unwrap);
        };
    }
}
