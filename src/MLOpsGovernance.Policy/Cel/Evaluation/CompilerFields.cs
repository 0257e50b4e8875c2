using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;
using static MLOpsGovernance.Policy.Cel.Syntax.Operator;

namespace MLOpsGovernance.Policy.Cel.Evaluation;

/// <summary>What most rules are made of: a field of a fact or of a loop's element, against a constant or another such field. One step each, nothing copied.</summary>
internal static partial class Compiler
{
    private sealed class FieldPlace(int slot, bool isLocal, ObjectType record, int index, string name)
    {
        /// <summary>Null where the node is anything else than a declared field of a record that a variable holds.</summary>
        public static FieldPlace? Of(Node node)
        {
            if (node is not SelectNode { Optional: false, Operand: { Type: ObjectType record } operand } select || record.IndexOf(select.Field) is not (>= 0 and var index)) return null;
            return operand switch
            {
                VariableNode { Variable: { IsLazy: false, Slot: var slot } } => new(slot, false, record, index, select.Field),
                LocalNode { Lazy: null, Slot: var slot } => new(slot, true, record, index, select.Field),
                _ => null,
            };
        }

        /// <summary>Charges what reading the variable and selecting from it cost apart.</summary>
        public ref readonly CelValue In(Frame frame)
        {
            frame.Spend(2);
            ref readonly var holder = ref (isLocal ? frame.Locals : frame.Globals)[slot];
            if (holder.Kind == CelKind.Object && ReferenceEquals(holder.Object.Type, record))
            {
                ref readonly var value = ref holder.Object.Fields[index];
                if (value.Kind != CelKind.None) return ref value;
            }

            return ref Otherwise(holder);
        }

        private ref readonly CelValue Otherwise(in CelValue holder)
        {
            if (holder.Kind == CelKind.None && !isLocal) return ref Frame.Unset;
            return ref new Held(holder.IsValue ? Access.Select(holder, name) : holder).Value;
        }
    }

    private sealed class Held(CelValue value)
    {
        public readonly CelValue Value = value;
    }

    /// <summary>Null where neither side is a field.</summary>
    private static Code? FieldCall(CallNode node, Binary binary)
    {
        if (FieldPlace.Of(node.Args[0]) is not { } left) return null;
        if (node.Args[1] is ConstantNode { Value: { Kind: CelKind.String, String: var text } constant } && node.Function.Name is Equal or NotEqual)
        {
            var wanted = node.Function.Name == Equal;
            return frame =>
            {
                ref readonly var value = ref left.In(frame);
                if (value.Kind != CelKind.String) return value.IsValue ? binary(frame, value, constant) : value;
                frame.Spend(Math.Max(1, Sizes.Tenth(Math.Min(value.String.Length, text.Length))));
                return CelValue.Of((value.String == text) == wanted);
            };
        }

        if (node.Args[1] is ConstantNode { Value: var other } && other.IsValue)
        {
            return frame =>
            {
                ref readonly var value = ref left.In(frame);
                return value.IsValue ? binary(frame, value, other) : value;
            };
        }

        if (FieldPlace.Of(node.Args[1]) is not { } right) return null;
        return frame =>
        {
            ref readonly var a = ref left.In(frame);
            if (!a.IsValue) return a;
            ref readonly var b = ref right.In(frame);
            return b.IsValue ? binary(frame, a, b) : b;
        };
    }
}
