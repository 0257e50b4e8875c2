using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Drift;

/// <param name="Adjusted">The p-value of the stability index among those of all features (Benjamini and Hochberg).</param>
/// <param name="Holm">The same for a gate, where a single false alarm stops something.</param>
public sealed record AdjustedFeature(FeatureDriftResult Result, double Adjusted, double Holm);

/// <summary>All features of one look. Of a hundred features that have not changed, five alarm: so alarms count only after adjusting.</summary>
/// <param name="Drifted">Features whose drift remains after adjusting.</param>
/// <param name="Insufficient">Features of which too little is known to say anything.</param>
public sealed record DriftReport(IReadOnlyList<AdjustedFeature> Features, IReadOnlyList<string> Drifted, IReadOnlyList<string> Insufficient)
{
    public DriftVerdict Verdict => Drifted.Count > 0 ? DriftVerdict.Drift : Insufficient.Count == Features.Count ? DriftVerdict.InsufficientData : DriftVerdict.NoDrift;

    public static DriftReport Of(IReadOnlyList<FeatureData> features, double alpha = DriftJudgement.Alpha, double floor = DriftJudgement.EffectFloor)
    {
        List<FeatureDriftResult> results = [.. features.Select(f => FeatureDriftResult.Of(f, alpha, floor))];
        List<double> p = [.. results.Select(static r => r.Statistics[0].P ?? 1)];
        var (rates, family) = (ManyTests.BenjaminiHochberg(p), ManyTests.Holm(p));
        return new(
            [.. results.Select((r, i) => new AdjustedFeature(r, rates[i], family[i]))],
            [.. results.Where((r, i) => r.Verdict == DriftVerdict.Drift && rates[i] <= alpha).Select(static r => r.Feature)],
            [.. results.Where(static r => r.Verdict == DriftVerdict.InsufficientData).Select(static r => r.Feature)]);
    }
}
