using System.Runtime.CompilerServices;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;
using static MLOpsGovernance.Policy.Cel.Syntax.Operator;

namespace MLOpsGovernance.Policy.Cel.Evaluation;

internal delegate CelValue Binary(Meter meter, in CelValue a, in CelValue b);

internal delegate CelValue Unary(Meter meter, in CelValue a);

internal static partial class Compiler
{
    /// <summary>Operators have the same meaning for every pair of types, so they need no dispatch through overloads.</summary>
    public static readonly IReadOnlyDictionary<string, Binary> BinaryOperators = new Dictionary<string, Binary>(StringComparer.Ordinal)
    {
        [Equal] = Comparison.Equal,
        [NotEqual] = static (Meter meter, in CelValue a, in CelValue b) => Inverse(Comparison.Equal(meter, a, b)),
        [Less] = Comparison.Less,
        [LessOrEqual] = Comparison.LessOrEqual,
        [Greater] = Comparison.Greater,
        [GreaterOrEqual] = Comparison.GreaterOrEqual,
        [In] = Access.In,
        [Add] = Operators.Add,
        [Subtract] = Operators.Subtract,
        [Multiply] = Operators.Multiply,
        [Divide] = Operators.Divide,
        [Modulo] = Operators.Modulo,
        [Syntax.Operator.Index] = Access.Index,
        [OptionalIndex] = Access.OptionalIndex,
    };

    public static readonly IReadOnlyDictionary<string, Unary> UnaryOperators = new Dictionary<string, Unary>(StringComparer.Ordinal)
    {
        [Not] = Operators.Not,
        [Negate] = Operators.Negate,
    };

    private static CelValue Inverse(in CelValue value) => value.Kind == CelKind.Bool ? CelValue.Of(!value.Bool) : value;

    private static Code Call(CallNode node)
    {
        if (node.Args.Length == 2 && BinaryOperators.TryGetValue(node.Function.Name, out var binary)) return FieldCall(node, binary) ?? BinaryCall(node, Compile(node.Args[0]), Compile(node.Args[1]), binary);
        var args = Array.ConvertAll(node.Args, Compile);
        if (args.Length == 1 && UnaryOperators.TryGetValue(node.Function.Name, out var unary))
        {
            var operand = args[0];
            return frame =>
            {
                var value = operand(frame);
                return value.IsValue ? unary(frame, value) : value;
            };
        }

        if (args.Length == 1 && node.Overload is not null) return OneArgument(node.Overload, args[0]);
        return args.Length <= Arguments.Length ? FewArguments(node, args) : ManyArguments(node, args);
    }

    private static Code BinaryCall(CallNode node, Code left, Code right, Binary binary)
    {
        // The most frequent rule by far compares something with a constant text.
        if (node.Function.Name == Equal && node.Args[1] is ConstantNode { Value: { Kind: CelKind.String, String: var text } constant })
        {
            return frame =>
            {
                var value = left(frame);
                if (value.Kind != CelKind.String) return value.IsValue ? Comparison.Equal(frame, value, constant) : value;
                frame.Spend(Math.Max(1, Sizes.Tenth(Math.Min(value.String.Length, text.Length))));
                return CelValue.Of(value.String == text);
            };
        }

        return frame =>
        {
            var a = left(frame);
            if (!a.IsValue) return a;
            var b = right(frame);
            return b.IsValue ? binary(frame, a, b) : b;
        };
    }

    private static Code OneArgument(Overload overload, Code arg) => frame =>
    {
        var value = arg(frame);
        return value.IsValue ? Function.Call(overload, frame, new ReadOnlySpan<CelValue>(in value)) : value;
    };

    [InlineArray(Length)]
    private struct Arguments
    {
        public const int Length = 4;

        private CelValue _first;
    }

    private static Code FewArguments(CallNode node, Code[] args)
    {
        var (function, overload, isMember) = (node.Function, node.Overload, node.IsMember);
        return frame =>
        {
            var values = default(Arguments);
            for (var i = 0; i < args.Length; i++)
            {
                values[i] = args[i](frame);
                if (!values[i].IsValue) return values[i];
            }

            ReadOnlySpan<CelValue> all = values;
            return overload is not null
                ? Function.Call(overload, frame, all[..args.Length])
                : function.Call(frame, all[..args.Length], isMember);
        };
    }

    private static Code ManyArguments(CallNode node, Code[] args)
    {
        var (function, overload, isMember) = (node.Function, node.Overload, node.IsMember);
        return frame =>
        {
            var values = new CelValue[args.Length];
            for (var i = 0; i < args.Length; i++)
            {
                values[i] = args[i](frame);
                if (!values[i].IsValue) return values[i];
            }

            return overload is not null ? Function.Call(overload, frame, values) : function.Call(frame, values, isMember);
        };
    }
}
