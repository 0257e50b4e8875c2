using MLOpsGovernance.Advisor.Maturity;

namespace MLOpsGovernance.Advisor.CrossViews;

/// <param name="Blocking">The first statement that the next level lacks; null at the highest level.</param>
/// <param name="Claimed">The level if every claim held.</param>
public sealed record PublishedView(int Overall, IReadOnlyDictionary<string, int> Columns, IReadOnlyList<Predicate> Blocking, int Claimed);

/// <param name="Value">0 research end, 0.5 mixed, 1 production end; null where none of its questions is answered.</param>
public sealed record TraitValue(Trait Trait, double? Value);

/// <summary>One assessment as other models see it, each by its own statements.</summary>
public sealed record AssessmentViews(PublishedView Microsoft, PublishedView Google, IReadOnlyList<TraitValue> Traits)
{
    private const double Production = 0.75, Mixed = 0.25;

    public static AssessmentViews Of(AssessmentResult result, Instrument instrument) => new(
        View(instrument.Views.Microsoft, PublishedLevels.HighestOfMicrosoft, result),
        View(instrument.Views.Google, PublishedLevels.HighestOfGoogle, result),
        [.. instrument.Views.Traits.Select(t => new TraitValue(t, Value(t.Questions, result)))]);

    /// <summary>Pre-filled from the mean of its questions; what is not known counts as not done.</summary>
    internal static double? Value(IReadOnlyList<string> questions, AssessmentResult result)
    {
        double?[] known = [.. questions.Where(q => result[q].Applicable).Select(result.FinalOf)];
        if (known.All(static k => k is null)) return null;
        return known.Average(static k => k ?? 0) switch
        {
            >= Production => 1,
            >= Mixed => 0.5,
            _ => 0,
        };
    }

    private static PublishedView View(PublishedModel model, int highest, AssessmentResult result)
    {
        var level = PublishedLevels.Of(model.Predicates, highest, p => p.Holds(result.FinalOf));
        return new(
            level.Overall, level.Columns, [.. level.BlockingNext.Select(id => model.Predicates.First(p => p.Id == id))],
            PublishedLevels.Of(model.Predicates, highest, p => p.Holds(result.ClaimOf)).Overall);
    }
}
