using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Rules;

namespace MLOpsGovernance.Policy.Differences;

/// <summary>What becomes of an expression when one thing in it becomes more: a number larger, a list longer, a condition true.</summary>
internal enum Direction { None, Up, Down, Unknown }

/// <summary>Finds out whether a rule passes more or less easily when a parameter, or one number in it, is raised.</summary>
/// <param name="isIt">The part that is raised.</param>
internal sealed class Monotony(CompiledPolicy policy, Func<Node, bool> isIt)
{
    private readonly Dictionary<int, Direction> _variables = [];

    /// <summary>Of all rules of the policy together; what takes more models into its scope tightens.</summary>
    public static Direction OfParameter(CompiledPolicy policy, string parameter)
    {
        var name = $"params.{parameter}";
        var monotony = new Monotony(policy, node => node is VariableNode variable && variable.Variable.Name == name);
        var rules = policy.Rules.Aggregate(Direction.None, (sum, rule) => sum.And(monotony.Of(rule.Expression.Root)));
        return policy.Conditions.Aggregate(rules, (sum, condition) => sum.And(monotony.Of(condition.Program.Root).Flipped()));
    }

    public Direction Of(Node node)
    {
        if (isIt(node)) return Direction.Up;
        return node switch
        {
            VariableNode variable => OfVariable(variable.Variable.Slot),
            LocalNode { Lazy: { } bound } => Of(bound.Init),
            LogicNode logic => logic.Terms.Aggregate(Direction.None, (sum, term) => sum.And(Of(term))),
            ConditionalNode conditional when Of(conditional.Condition) == Direction.None => Of(conditional.Then).And(Of(conditional.Otherwise)),
            CallNode { Args: [var only] } call => OfCall(call, Of(only)),
            CallNode { Args: [var left, var right] } call => OfCall(call, Of(left), Of(right)),
            BindNode bind => Of(bind.Body),
            ComprehensionNode fold => OfComprehension(fold),
            _ => NodeWalk.Children(node).All(child => Of(child) == Direction.None) ? Direction.None : Direction.Unknown,
        };
    }

    private Direction OfVariable(int slot)
    {
        var index = slot - policy.FirstVariable;
        if (index < 0 || index >= policy.Variables.Length) return Direction.None;
        if (!_variables.TryGetValue(slot, out var known)) _variables[slot] = known = Of(policy.Variables[index].Root);
        return known;
    }

    private static Direction OfCall(CallNode call, Direction argument) => call.Function.Name switch
    {
        Operator.Not or Operator.Negate => argument.Flipped(),
        "size" or "distinct" or "int" or "double" => argument,
        _ => argument == Direction.None ? Direction.None : Direction.Unknown,
    };

    private static Direction OfCall(CallNode call, Direction left, Direction right) => call.Function.Name switch
    {
        _ when (left, right) == (Direction.None, Direction.None) => Direction.None,
        Operator.Less or Operator.LessOrEqual => left.Flipped().And(right),
        Operator.Greater or Operator.GreaterOrEqual => left.And(right.Flipped()),
        Operator.Add when call.Type.Kind is not (TypeKind.String or TypeKind.Bytes or TypeKind.Dyn) => left.And(right),
        Operator.Subtract => left.And(right.Flipped()),
        Operator.In when left == Direction.None => right,
        _ => Direction.Unknown,
    };

    private Direction OfComprehension(ComprehensionNode fold)
    {
        var (range, filter, body) = (Of(fold.Range), fold.Filter is null ? Direction.None : Of(fold.Filter), Of(fold.Body));
        return fold.Kind switch
        {
            _ when (range, filter, body) == (Direction.None, Direction.None, Direction.None) => Direction.None,
            ComprehensionKind.Exists => range.And(body),
            ComprehensionKind.All => range.Flipped().And(body),
            ComprehensionKind.List when body == Direction.None => range.And(filter),
            _ => Direction.Unknown,
        };
    }
}

internal static class Directions
{
    public static Direction And(this Direction one, Direction other) =>
        one == Direction.None ? other : other == Direction.None || one == other ? one : Direction.Unknown;

    public static Direction Flipped(this Direction direction) => direction switch
    {
        Direction.Up => Direction.Down,
        Direction.Down => Direction.Up,
        _ => direction,
    };

    /// <summary>What it means for a rule that the thing was raised (1) or lowered (-1).</summary>
    public static ChangeEffect After(this Direction direction, int change) => (direction, change) switch
    {
        (Direction.Up, 1) or (Direction.Down, -1) => ChangeEffect.Relaxed,
        (Direction.Up, -1) or (Direction.Down, 1) => ChangeEffect.Tightened,
        _ => ChangeEffect.Changed,
    };
}
