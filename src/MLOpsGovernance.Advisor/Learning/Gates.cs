namespace MLOpsGovernance.Advisor.Learning;

/// <param name="Reason">Why not; null where it may be shown.</param>
public sealed record GateAnswer(string? Reason)
{
    public bool Show => Reason is null;
}

/// <param name="Have">Completed cases, or cases of the rarer class.</param>
/// <param name="Need">Of these.</param>
public sealed record PredictionGateAnswer(string? Reason, int Have, int Need)
{
    public bool Show => Reason is null;
}

/// <summary>What a learned model must show before anybody sees what it says.</summary>
public static class Gates
{
    public const double LeastFit = 0.95, MostOfADummy = 0.01, MostResidual = 1e-4;
    public const int LeastCases = 200, LeastOfTheRarer = 100, RarerPerFeature = 10;

    /// <summary>A model of our own simulation: with correlated inputs the shares mean nothing, with a poor fit neither.</summary>
    public static GateAnswer Surrogate(double fitOnHeldOut, double largestDummy, bool inputsCorrelated) => new(
        inputsCorrelated ? "inputs_correlated"
        : fitOnHeldOut < LeastFit ? "r2_below_gate"
        : largestDummy > MostOfADummy ? "dummy_not_zero"
        : null);

    public static GateAnswer Additive(double fitOnHeldOut, double largestResidual) => new(
        fitOnHeldOut < LeastFit ? "r2_below_gate"
        : largestResidual > MostResidual ? "contributions_not_additive"
        : null);

    public static PredictionGateAnswer Time(int completed, double skillAtLeast) => Prediction(completed, LeastCases, skillAtLeast);

    public static PredictionGateAnswer Risk(int ofTheRarerClass, int features, double skillAtLeast) => Prediction(ofTheRarerClass, Math.Max(LeastOfTheRarer, RarerPerFeature * features), skillAtLeast);

    private static PredictionGateAnswer Prediction(int have, int need, double skillAtLeast) =>
        new(have < need ? "not_enough_data" : skillAtLeast > 0 ? null : "no_better_than_baseline", have, need);
}
