using MLOpsGovernance.Advisor.Maturity;

namespace MLOpsGovernance.Advisor.CrossViews;

/// <summary>How often a test of one system ran in the window, with a result that was kept.</summary>
public sealed record TestRuns(string Test, int Automated, int ByHand);

/// <summary>A mark that a person set. Lower than proposed needs nobody's leave; higher does.</summary>
/// <param name="Mark">Null: does not apply.</param>
public sealed record ConfirmedMark(string Test, double? Mark, string By, string? AgreedBy);

/// <param name="Proposed">From recorded runs.</param>
/// <param name="Mark">What counts: the confirmed one, else the proposed.</param>
public sealed record SystemTestResult(SystemTest Test, double Proposed, double? Mark, bool Confirmed);

/// <param name="Strict">What does not apply counts as not done. The paper knows no such marks, so both values are shown.</param>
/// <param name="Lenient">What does not apply counts as automated.</param>
public sealed record SystemTestSheet(IReadOnlyList<SystemTestResult> Tests, TestScore Strict, TestScore Lenient, int NotApplicable)
{
    /// <summary>What reads as run on a repeated basis.</summary>
    public const int Repeated = 2;

    public static double Propose(TestRuns runs) => runs switch
    {
        { Automated: >= Repeated } => 1,
        { Automated: > 0 } or { ByHand: > 0 } => 0.5,
        _ => 0,
    };

    /// <summary>The marks must be free of <see cref="Faults"/>.</summary>
    public static SystemTestSheet Of(IReadOnlyList<TestRuns> runs, IReadOnlyList<ConfirmedMark> confirmed, Instrument instrument)
    {
        List<SystemTestResult> tests = [.. instrument.Views.MlTestScore.Tests.Select(test =>
        {
            var proposed = ProposedFor(test.Id, runs);
            var mark = confirmed.LastOrDefault(c => c.Test == test.Id);
            return new SystemTestResult(test, proposed, mark is null ? proposed : mark.Mark, mark is not null);
        })];
        IReadOnlyList<double?> Section(string name) => [.. tests.Where(t => t.Test.Section == name).Select(static t => t.Mark)];

        var marks = new TestMarks(Section("data"), Section("model"), Section("infrastructure"), Section("monitoring"));
        return new(tests, MlTestScore.Of(marks), MlTestScore.Of(marks, 1), MlTestScore.NotApplicable(marks));
    }

    public static IEnumerable<InputFault> Faults(IReadOnlyList<TestRuns> runs, IReadOnlyList<ConfirmedMark> confirmed, Instrument instrument)
    {
        var known = instrument.Views.MlTestScore.Tests.Select(static t => t.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (mark, i) in confirmed.Select(static (mark, i) => (mark, i)))
        {
            var at = $"marks[{i}]";
            if (!known.Contains(mark.Test)) yield return new($"{at}.test", "unknown-test", $"The ML Test Score of 2017 has no test '{mark.Test}'.");
            else if (mark.Mark is not (null or 0 or 0.5 or 1)) yield return new($"{at}.mark", "mark_not_in_0_0.5_1", "A mark is 0, 0.5 or 1; the points of 2016 are no marks.");
            else if ((mark.Mark ?? 1) > ProposedFor(mark.Test, runs) && (mark.AgreedBy is null || mark.AgreedBy == mark.By)) yield return new($"{at}.agreedBy", "raised-alone", "A mark above what recorded runs show needs the agreement of another person.");
        }
    }

    private static double ProposedFor(string test, IReadOnlyList<TestRuns> runs) => runs.LastOrDefault(r => r.Test == test) is { } run ? Propose(run) : 0;
}
