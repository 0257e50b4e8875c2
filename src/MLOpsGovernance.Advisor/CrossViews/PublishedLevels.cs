namespace MLOpsGovernance.Advisor.CrossViews;

/// <summary>The level of a published model, by its own statements and never by way of another model.</summary>
/// <param name="BlockingNext">The statements that do not hold and that the next level asks for, in the order of their ids.</param>
public sealed record ModelLevel(int Overall, IReadOnlyDictionary<string, int> Columns, IReadOnlyList<string> BlockingNext);

public static class PublishedLevels
{
    public const int HighestOfMicrosoft = 4, HighestOfGoogle = 2;

    /// <summary>A column shows the highest level up to which all its statements hold; equal or empty neighbours are passed through. The lowest column decides.</summary>
    public static ModelLevel Of(IReadOnlyCollection<Predicate> predicates, int highest, Func<Predicate, bool> holds)
    {
        var missing = predicates.Where(p => !holds(p)).ToList();
        var columns = predicates.Select(static p => p.Column).Distinct(StringComparer.Ordinal).ToDictionary(
            static column => column,
            column => missing.Where(p => p.Column == column).Select(static p => p.Level - 1).Append(highest).Min(),
            StringComparer.Ordinal);
        var overall = columns.Values.Min();
        return new(overall, columns, [.. missing.Where(p => p.Level <= overall + 1).Select(static p => p.Id).Order(StringComparer.Ordinal)]);
    }
}
