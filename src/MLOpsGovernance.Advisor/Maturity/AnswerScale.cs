namespace MLOpsGovernance.Advisor.Maturity;

/// <summary>An answer is how much is covered times how it is done.</summary>
public static class AnswerScale
{
    public const double AtLeastHalf = 0.5, Most = 0.9;

    public static IReadOnlyList<double> Coverages { get; } = [0, 0.25, 0.5, 1];

    /// <summary>0 not done, 0.5 by hand and documented, 1 automated.</summary>
    public static IReadOnlyList<double> Modes { get; } = [0, 0.5, 1];

    public static double CoverageOf(double share) => share switch
    {
        <= 0 => 0,
        < AtLeastHalf => 0.25,
        < Most => 0.5,
        _ => 1,
    };

    public static double Score(double coverage, double mode) => coverage * mode;
}
