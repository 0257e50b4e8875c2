using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Types;

/// <summary>The most a binary operator can cost.</summary>
internal static class OperatorCost
{
    /// <summary>Null for what is no binary operator.</summary>
    public static (long Cost, Extent Extent)? Of(CallNode call, Extent[] args)
    {
        var (a, b) = (args[0], args[1]);
        switch (call.Function.Name)
        {
            case Operator.Equal or Operator.NotEqual or Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual:
                return (Math.Min(Weight(a), Weight(b)), Extent.Scalar);
            case Operator.In:
                return (call.Args[1].Type.Kind == TypeKind.Map ? 1 : 1 + Product(b.Size, Math.Min(Weight(a), Weight(b.Items))), Extent.Scalar);
            case Operator.Add when call.Type.Kind is TypeKind.String or TypeKind.Bytes:
                return (Sizes.Tenth(a.Size + b.Size), new(a.Size + b.Size));
            case Operator.Add when call.Type.Kind is TypeKind.List or TypeKind.Dyn:
                return (1 + a.Size + b.Size, Extent.Larger(a, b) with { Size = a.Size + b.Size });
            case Operator.Index or Operator.OptionalIndex: return (1, a.Items);
            case Operator.Add or Operator.Subtract or Operator.Multiply or Operator.Divide or Operator.Modulo: return (1, Extent.Scalar);
            default: return null;
        }
    }

    /// <summary>What it costs to compare such a value with one that is as large.</summary>
    public static long Weight(Extent extent) =>
        extent.Item is null ? Math.Max(1, Sizes.Tenth(extent.Size)) : 1 + Product(extent.Size, Weight(extent.Item));

    public static long Product(long a, long b) => a != 0 && b > long.MaxValue / 4 / a ? long.MaxValue / 4 : a * b;
}
