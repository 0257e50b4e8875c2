using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Evaluation;

internal sealed partial class Tracer
{
    private CelValue Quantifier(ComprehensionNode node, Loop loop)
    {
        var stopAt = node.Kind == ComprehensionKind.Exists;
        var failure = default(CelValue);
        while (loop.Next(frame))
        {
            var value = Evaluate(node.Body);
            if (stopAt ? value.IsTrue : value.IsFalse) return value;
            if (value.Kind != CelKind.Bool) failure = Worse(failure, value.IsValue ? CelError.NoOverload : value);
        }

        return frame.IsExhausted ? CelError.Budget : failure.Kind == CelKind.None ? CelValue.Of(!stopAt) : failure;
    }

    private CelValue ExistsOne(ComprehensionNode node, Loop loop)
    {
        var found = 0;
        var failure = default(CelValue);
        while (loop.Next(frame))
        {
            var value = Evaluate(node.Body);
            if (value.IsTrue) found++;
            else if (!value.IsFalse)
            {
                failure = Worse(failure, value.IsValue ? CelError.NoOverload : value);
                if (!frame.HasUnknowns) return failure;
            }
        }

        return frame.IsExhausted ? CelError.Budget : failure.Kind == CelKind.None ? CelValue.Of(found == 1) : failure;
    }

    private CelValue ListLoop(ComprehensionNode node, Loop loop)
    {
        var list = new ListBuilder(node.Filter is null ? loop.Count : 0);
        var failure = default(CelValue);
        while (loop.Next(frame))
        {
            var kept = Keep(node, ref failure);
            if (failure.Kind != CelKind.None && !frame.HasUnknowns) return failure;
            if (!kept) continue;

            var value = Evaluate(node.Body);
            if (!value.IsValue)
            {
                failure = Worse(failure, value);
                if (!frame.HasUnknowns) return failure;
                continue;
            }

            frame.Spend(Costs.Append);
            list.Add(value);
        }

        return frame.IsExhausted ? CelError.Budget : failure.Kind == CelKind.None ? list.ToValue() : failure;
    }

    private CelValue MapLoop(ComprehensionNode node, Loop loop)
    {
        var entries = node.Kind == ComprehensionKind.MapEntry;
        var map = new CelMap(0);
        var failure = default(CelValue);
        while (loop.Next(frame))
        {
            var kept = Keep(node, ref failure);
            if (failure.Kind != CelKind.None && !frame.HasUnknowns) return failure;
            if (!kept) continue;

            var value = Evaluate(node.Body);
            if (value.IsValue)
            {
                frame.Spend(entries ? Costs.Append * (1 + Sizes.Of(value)) : Costs.Append);
                var added = entries ? Aggregates.PutAll(map, value) : Aggregates.Put(map, frame.Locals[node.First], value);
                if (added.IsTrue) continue;
                value = added;
            }

            failure = Worse(failure, value);
            if (!frame.HasUnknowns) return failure;
        }

        return frame.IsExhausted ? CelError.Budget : failure.Kind == CelKind.None ? CelValue.Of(map) : failure;
    }

    private bool Keep(ComprehensionNode node, ref CelValue failure)
    {
        if (node.Filter is null) return true;
        var kept = Evaluate(node.Filter);
        if (kept.Kind != CelKind.Bool) failure = Worse(failure, kept.IsValue ? CelError.NoOverload : kept);
        return kept.IsTrue;
    }
}
