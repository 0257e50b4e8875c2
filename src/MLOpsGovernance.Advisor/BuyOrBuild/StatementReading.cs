using MLOpsGovernance.Advisor.Maturity;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <param name="Value">From -1 (buy) to 1 (build); null where nothing is known.</param>
/// <param name="Origin">The fact that it comes from.</param>
public sealed record AxisValue(string Axis, double? Value, string Origin);

/// <param name="SpeaksFor"><c>buy</c>, <c>build</c> or <c>neither</c>: what the statement says here, and not in general.</param>
/// <param name="Strength">0 to 1.</param>
/// <param name="Fact">What it rests on.</param>
public sealed record StatementReading(BuyOrBuildStatement Statement, string SpeaksFor, double Strength, string Fact);

/// <param name="Lean">For conversation; null where no axis is known.</param>
public sealed record AxesReading(IReadOnlyList<AxisValue> Axes, double? Lean, Reading? Reading, IReadOnlyList<StatementReading> Statements);

/// <summary>The ten statements, read by seven axes. An axis that appears under both signs counts once.</summary>
public static class Statements
{
    public static IReadOnlyList<string> Axes { get; } = ["team_shape", "expertise", "maturity", "cost_horizon", "urgency_scale", "uniqueness", "privacy_security"];

    public static AxesReading Read(IReadOnlyList<AxisValue> axes, IReadOnlyDictionary<string, double> weights, StatementCatalogue statements)
    {
        List<AxisValue> all = [.. Axes.Select(name => axes.FirstOrDefault(a => a.Axis == name) ?? new AxisValue(name, null, "nothing is known"))];
        List<(double, double)> known = [.. all.Where(static a => a.Value is not null).Select(a => (a.Value!.Value, weights.GetValueOrDefault(a.Axis, 1)))];
        var lean = known.Sum(static k => k.Item2) > 0 ? BuyOrBuild.Axes.Lean(known) : (double?)null;
        return new(all, lean, lean is { } l ? BuyOrBuild.Axes.Read(l) : null, [.. statements.BuyOrBuild.Select(s => Of(s, all.First(a => a.Axis == s.Axis)))]);
    }

    /// <summary>A statement holds here as far as its axis points its way; where it points the other way, the statement is silent and its counterpart speaks.</summary>
    private static StatementReading Of(BuyOrBuildStatement statement, AxisValue axis)
    {
        var strength = Math.Max(0, (axis.Value ?? 0) * (statement.Side == "buy" ? -1 : 1));
        return new(statement, strength > 0 ? statement.Side : "neither", strength, axis.Origin);
    }

    public static IEnumerable<InputFault> Faults(IReadOnlyList<AxisValue> axes, IReadOnlyDictionary<string, double> weights)
    {
        foreach (var axis in axes)
        {
            if (!Axes.Contains(axis.Axis, StringComparer.Ordinal)) yield return new($"axes.{axis.Axis}", "unknown-axis", $"Axes are {string.Join(", ", Axes)}.");
            else if (axis.Value is { } value && value is not (>= -1 and <= 1)) yield return new($"axes.{axis.Axis}", "axis-out-of-range", "An axis is -1 (buy) to 1 (build).");
        }

        foreach (var (axis, weight) in weights)
        {
            if (!Axes.Contains(axis, StringComparer.Ordinal)) yield return new($"weights.{axis}", "unknown-axis", $"Axes are {string.Join(", ", Axes)}.");
            else if (!(double.IsFinite(weight) && weight >= 0)) yield return new($"weights.{axis}", "number-out-of-range", "A weight is a finite number, 0 or more.");
        }

        if (weights.Count > 0 && Axes.Sum(a => weights.GetValueOrDefault(a, 1)) is 0) yield return new("weights", "weights-sum-to-zero", "At least one axis must have a weight above 0.");
    }
}
