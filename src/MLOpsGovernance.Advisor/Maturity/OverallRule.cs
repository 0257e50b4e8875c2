namespace MLOpsGovernance.Advisor.Maturity;

/// <param name="Core">Whether the floor is taken over it.</param>
public sealed record WeighedDimension(string Id, bool Core, double Weight, DimensionLevel Level);

/// <summary>Two of the three results; the third is the profile. They are never made into one.</summary>
public static class OverallRule
{
    /// <summary>The lowest level of the core dimensions; 0 where there are none.</summary>
    public static int Floor(IEnumerable<WeighedDimension> dimensions) => dimensions.Where(static d => d.Core).Select(static d => d.Level.Level).DefaultIfEmpty(0).Min();

    public static double Mean(IReadOnlyCollection<WeighedDimension> dimensions) =>
        dimensions.Sum(static d => d.Weight * d.Level.Display) / dimensions.Sum(static d => d.Weight);
}

/// <param name="Mean">Positive where more is claimed than recorded events show.</param>
public sealed record Calibration(double Mean, int Count)
{
    /// <summary>Null where no claim could be compared.</summary>
    public static Calibration? Of(IReadOnlyCollection<double> deltas) => deltas.Count == 0 ? null : new(deltas.Average(), deltas.Count);
}
