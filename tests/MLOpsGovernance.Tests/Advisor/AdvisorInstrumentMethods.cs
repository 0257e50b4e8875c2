using System.Text.Json;
using MLOpsGovernance.Advisor.Maturity;
using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Tests.Advisor;

internal static class AdvisorInstrumentMethods
{
    public static IReadOnlyDictionary<string, Func<JsonElement, object?>> All { get; } = new Dictionary<string, Func<JsonElement, object?>>(StringComparer.Ordinal)
    {
        ["instrument.coverage_band"] = static i => new { coverage = AnswerScale.CoverageOf(i.Number("share")) },
        ["instrument.answer_score"] = static i => new { score = AnswerScale.Score(i.Number("coverage"), i.Number("mode")) },
        ["instrument.dimension_level"] = static i => LevelRule.Of(Questions(i)) is var l ? new { level = l.Level, fraction = l.Fraction, display = l.Display } : null,
        ["instrument.bounds"] = static i => LevelRule.Bounds(Questions(i)) is var b
            ? new { m_low = b.Low.Display, m_high = b.High.Display, answer_coverage = b.Answered, headline = b.Headline } : null,
        ["instrument.overall"] = Overall,
        ["instrument.claim_vs_evidence"] = Claim,
        ["instrument.calibration_gap"] = static i => Calibration.Of(i.Numbers("deltas")) is { } gap ? new { mean = gap.Mean, n = gap.Count } : null,
        ["instrument.credibility"] = static i =>
            ClaimRule.Credibility(i.Number("n"), i.Number("k", 10), i.Number("evidence"), i.Number("claim")) is var (z, score) ? new { z, score } : null,
        ["instrument.evidence_share"] = static i => new { share = i.Number("applicable_weight") > 0 ? i.Number("evidence_backed_weight") / i.Number("applicable_weight") : (double?)null },
        ["relative.percent_to_target"] = static i => Targets.Met(i.Numbers("current"), i.Numbers("target")) is var met
            ? new { absolute_gap = met.Gap, target_sum = met.Wanted, percent_to_target = met.Share } : null,
        ["relative.progress_to_date"] = static i => Targets.Progress(i.Number("baseline"), i.Number("current"), i.Number("target")) is { } progress
            ? new { progress = (double?)progress, reason = (string?)null } : new { progress = (double?)null, reason = (string?)"target_equals_baseline" },
        ["wilson.interval"] = static i => Wilson.Interval((long)i.Number("successes"), (long)i.Number("n"), i.Number("confidence", 0.95)) is var w ? new { lower = w.Lower, upper = w.Upper } : null,
        ["wilson.perfect_runs_needed"] = static i => new { n = Wilson.PerfectRunsNeeded(i.Number("share"), i.Number("confidence", 0.95)) },
    };

    private static ScoredQuestion[] Questions(JsonElement input) =>
    [
        .. input.GetProperty("questions").EnumerateArray().Select(static q => new ScoredQuestion(
            q.Text("id"), q.Whole("level"), q.Flag("critical") ?? false, q.Number("weight", 1), q.NumberOrNull("score"), q.GetProperty("score").ValueKind != JsonValueKind.String)),
    ];

    private static object Overall(JsonElement input)
    {
        var fractions = input.GetProperty("fractions");
        var weights = input.GetProperty("weights");
        var dimensions = input.Named("levels").Select(d => new WeighedDimension(
            d.Name, Instrument.Shipped.Dimensions.Any(known => known.Core && known.Id == d.Name), weights.Number(d.Name), new(d.Value.GetInt32(), fractions.Number(d.Name)))).ToList();
        return new { floor = OverallRule.Floor(dimensions), mean = OverallRule.Mean(dimensions) };
    }

    private static object Claim(JsonElement input)
    {
        var decided = ClaimRule.Decide(new(
            input.Text("source") switch { "A" => EvidenceSource.Automatic, "H" => EvidenceSource.Hybrid, _ => EvidenceSource.Attested },
            input.NumberOrNull("claim"), input.NumberOrNull("evidence"), (long)input.Number("n", 0), (long)input.Number("n_min", ClaimRule.EnoughVersions), input.Flag("reviewed_by_other"), input.Number("age_months", 0)));
        return new
        {
            final = decided.Score,
            tag = decided.Standing switch { Standing.Evidenced => "evidenced", Standing.Thin => "thin", Standing.Attested => "attested", Standing.AttestedUnreviewed => "attested_unreviewed", _ => "unanswered" },
            delta = decided.Delta,
        };
    }
}
