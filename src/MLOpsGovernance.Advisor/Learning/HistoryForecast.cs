using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Learning;

/// <summary>A request of the past, by what was known when it was made: no name of anybody is among that.</summary>
/// <param name="Hours">Until it was decided; null while it is open.</param>
/// <param name="Denied">Null while it is open.</param>
public sealed record PastRequest(DateTimeOffset At, IReadOnlyList<double> Features, double? Hours, bool? Denied);

/// <summary>In how many of the held-out cases the forecast lay in this band, what it said on average, and what really came.</summary>
public sealed record CalibrationBand(int Cases, double Forecast, double Observed);

/// <param name="Skill">How much better than the baseline on cases that came later; 0 is no better.</param>
/// <param name="SkillAtLeast">The lower end of its 95 % bootstrap interval.</param>
/// <param name="Baseline">What is said without any model: the median of hours, or the rate of denials.</param>
/// <param name="Open">Requests that are open: left out, so that waiting times are those of what was decided.</param>
/// <param name="Value">For the request asked about; null behind a shut gate.</param>
public sealed record ForecastResult(PredictionGateAnswer Gate, double? Skill, double? SkillAtLeast, double? Baseline, int Open, double? Value, IReadOnlyList<CalibrationBand> Calibration);

/// <summary>
/// Statistics of an installation's own history, behind a gate that says no: enough cases, learned from earlier ones and tried on later ones, and better than saying the same every time. Never for a person.
/// </summary>
public static class HistoryForecast
{
    private const double Learned = 0.7;
    private const int Trees = 50, Leaves = 8, Resamples = 200, Bands = 5;

    public static ForecastResult Hours(IReadOnlyList<PastRequest> requests, IReadOnlyList<double>? asked = null)
    {
        List<PastRequest> decided = [.. requests.Where(static r => r.Hours is not null).OrderBy(static r => r.At)];
        if (decided.Count < Gates.LeastCases) return Shut(Gates.Time(decided.Count, 0), requests.Count - decided.Count);
        // Waiting times are skewed; a day more or less matters little for what takes a month.
        double[] logs = [.. decided.Select(static r => Math.Log(1 + r.Hours!.Value))];
        var fitted = Fit(decided, logs);
        var median = Samples.Median(logs[..fitted.Train]);
        var skill = Skill([.. fitted.Held.Select(p => Math.Abs(p.Actual - p.Forecast))], [.. fitted.Held.Select(p => Math.Abs(p.Actual - median))]);
        var gate = Gates.Time(decided.Count, skill.AtLeast);
        return new(gate, skill.Mean, skill.AtLeast, Math.Exp(median) - 1, requests.Count - decided.Count, gate.Show && asked is not null ? Math.Max(0, Math.Exp(fitted.Of(asked)) - 1) : null, []);
    }

    public static ForecastResult Denial(IReadOnlyList<PastRequest> requests, IReadOnlyList<double>? asked = null)
    {
        List<PastRequest> decided = [.. requests.Where(static r => r.Denied is not null).OrderBy(static r => r.At)];
        var denied = decided.Count(static r => r.Denied == true);
        var (rarer, features) = (Math.Min(denied, decided.Count - denied), decided.Count == 0 ? 0 : decided[0].Features.Count);
        if (Gates.Risk(rarer, features, 1).Reason is not null) return Shut(Gates.Risk(rarer, features, 0), requests.Count - decided.Count);
        var fitted = Fit(decided, [.. decided.Select(static r => r.Denied == true ? 1.0 : 0)]);
        var rate = decided.Take(fitted.Train).Average(static r => r.Denied == true ? 1.0 : 0);
        List<(double Actual, double Forecast)> held = [.. fitted.Held.Select(static p => (p.Actual, Math.Clamp(p.Forecast, 0, 1)))];
        var skill = Skill([.. held.Select(static p => Square(p.Actual - p.Forecast))], [.. held.Select(p => Square(p.Actual - rate))]);
        var gate = Gates.Risk(rarer, features, skill.AtLeast);
        return new(
            gate, skill.Mean, skill.AtLeast, rate, requests.Count - decided.Count, gate.Show && asked is not null ? Math.Clamp(fitted.Of(asked), 0, 1) : null,
            [.. held.OrderBy(static p => p.Forecast).Chunk((held.Count + Bands - 1) / Bands).Select(static b => new CalibrationBand(b.Length, b.Average(static p => p.Forecast), b.Average(static p => p.Actual)))]);
    }

    private static ForecastResult Shut(PredictionGateAnswer gate, int open) => new(gate, null, null, null, open, null, []);

    private static double Square(double value) => value * value;

    private sealed record Fitted(int Train, IReadOnlyList<(double Actual, double Forecast)> Held, Func<IReadOnlyList<double>, double> Of);

    /// <summary>On what came first; what came later is for trying.</summary>
    private static Fitted Fit(List<PastRequest> decided, double[] labels)
    {
        var train = (int)(decided.Count * Learned);
        double[][] rows = [.. decided.Select(static r => (double[])[.. r.Features])];
        var context = TrainingRows.Context();
        var model = context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options { NumberOfTrees = Trees, NumberOfLeaves = Leaves, NumberOfThreads = 1 })
            .Fit(TrainingRows.Of(context, rows[..train], labels[..train]));
        var scores = TrainingRows.Scores(context, model, rows[train..]);
        return new(train, [.. labels[train..].Zip(scores)], asked => TrainingRows.Scores(context, model, [[.. asked]])[0]);
    }

    private static (double Mean, double AtLeast) Skill(double[] errors, double[] baseline)
    {
        static double Of(IEnumerable<double> errors, IEnumerable<double> baseline) => baseline.Sum() is > 0 and var all ? 1 - (errors.Sum() / all) : 0;
        var draws = new Draws(1, "skill");
        double[] resampled =
        [
            .. Enumerable.Range(0, Resamples).Select(_ =>
            {
                int[] some = [.. Enumerable.Range(0, errors.Length).Select(_ => draws.Below(errors.Length))];
                return Of(some.Select(i => errors[i]), some.Select(i => baseline[i]));
            }).Order(),
        ];
        return (Of(errors, baseline), Samples.QuantileOfSorted(resampled, 0.025));
    }
}
