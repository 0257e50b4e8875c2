using System.Text.Json.Serialization;

namespace MLOpsGovernance.Advisor.Drift;

[JsonConverter(typeof(JsonStringEnumConverter<DriftVerdict>))]
public enum DriftVerdict
{
    /// <summary>Too few values to tell. Not the same as no drift.</summary>
    [JsonStringEnumMemberName("insufficient_data")]
    InsufficientData,
    [JsonStringEnumMemberName("no_drift")]
    NoDrift,
    [JsonStringEnumMemberName("drift")]
    Drift,

    /// <summary>The statistic does not exist for these values.</summary>
    [JsonStringEnumMemberName("not_applicable")]
    NotApplicable,
}

/// <summary>
/// Drift is what is both unlikely by chance and large enough to matter. With large samples every p-value fires, with small ones every effect size does: each alone is useless.
/// </summary>
public static class DriftJudgement
{
    public const double EffectFloor = 0.1, Alpha = 0.05;

    public static DriftVerdict OfStability(double index, double reference, double current, int bins, double alpha = Alpha, double floor = EffectFloor) =>
        PopulationStability.SamplesAreTooSmall(reference, current, bins) ? DriftVerdict.InsufficientData
        : index >= PopulationStability.CriticalValue(reference, current, bins, alpha) && index >= floor ? DriftVerdict.Drift
        : DriftVerdict.NoDrift;

    /// <summary>Of a distance with the p-value of the test that goes with it.</summary>
    public static DriftVerdict Of(double effect, double p, bool enough, double alpha = Alpha, double floor = EffectFloor) =>
        !enough ? DriftVerdict.InsufficientData : p <= alpha && effect >= floor ? DriftVerdict.Drift : DriftVerdict.NoDrift;
}
