using System.Globalization;

namespace MLOpsGovernance.Advisor.CrossViews;

/// <summary>Seven marks of each section: 0, 0.5 or 1; null does not apply.</summary>
public sealed record TestMarks(IReadOnlyList<double?> Data, IReadOnlyList<double?> Model, IReadOnlyList<double?> Infrastructure, IReadOnlyList<double?> Monitoring)
{
    internal IReadOnlyList<double?>[] Sections => [Data, Model, Infrastructure, Monitoring];
}

/// <param name="Sums">Of the four sections, in their order.</param>
public sealed record TestScore(double Score, string Band, IReadOnlyList<double> Sums);

/// <summary>
/// The ML Test Score of 2017 (Breck and others): 28 tests for one system, the weakest section decides. It says that tests are there, not that they pass.
/// The rubric of 2016 gives points differently and is refused.
/// </summary>
public static class MlTestScore
{
    public const int TestsOfASection = 7;

    private static readonly double[] Edges = [0, 1, 2, 3, 5];

    /// <summary>Why these marks are none, or null.</summary>
    public static string? WhyInvalid(TestMarks marks) =>
        Array.Exists(marks.Sections, static s => s.Count != TestsOfASection) ? "section_must_have_7_items"
        : marks.Sections.SelectMany(static s => s).Any(static m => m is not (null or 0 or 0.5 or 1)) ? "mark_not_in_0_0.5_1"
        : null;

    public static TestScore Of(TestMarks marks, double notApplicable = 0)
    {
        double[] sums = [.. marks.Sections.Select(s => s.Sum(m => m ?? notApplicable))];
        return new(sums.Min(), Band(sums.Min()), sums);
    }

    public static int NotApplicable(TestMarks marks) => marks.Sections.SelectMany(static s => s).Count(static m => m is null);

    /// <summary>Open below, closed above: a score of 1 belongs to (0,1].</summary>
    public static string Band(double score)
    {
        if (score <= 0) return "0";
        if (score > Edges[^1]) return ">5";
        var upper = Array.FindIndex(Edges, edge => score <= edge);
        return string.Create(CultureInfo.InvariantCulture, $"({Edges[upper - 1]},{Edges[upper]}]");
    }
}
