namespace MLOpsGovernance.Advisor.CrossViews;

/// <param name="Id">As in <c>MS.P2.1</c>.</param>
/// <param name="Column">The column of the model that it belongs to.</param>
/// <param name="Level">The level from which on it is asked for; statements are cumulative.</param>
/// <param name="Questions">It holds where each of these scores at least <see cref="Support"/>, or where one does if <paramref name="Any"/>.</param>
/// <param name="Rests">What it rests on, in words.</param>
public sealed record Predicate(string Id, string Column, int Level, string Statement, IReadOnlyList<string> Questions, bool Any, string Rests)
{
    public const double Support = 0.75;

    /// <summary>What is not known does not hold.</summary>
    public bool Holds(Func<string, double?> score)
    {
        bool Supported(string question) => score(question) >= Support - 1e-12;
        return Any ? Questions.Any(Supported) : Questions.All(Supported);
    }
}
