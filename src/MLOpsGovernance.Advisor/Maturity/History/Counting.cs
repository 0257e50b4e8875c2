namespace MLOpsGovernance.Advisor.Maturity.History;

/// <summary>Turns things into a measurement, with the names of what was counted.</summary>
internal static class Counting
{
    /// <summary>Names of those that are as the question asks, and of those that are not, each up to so many.</summary>
    private const int MostNamed = 100;

    /// <param name="machine">Whether a service did it; null where no person does it by hand.</param>
    public static Measurement Share<T>(string question, IReadOnlyCollection<T> things, Func<T, bool> good, Func<T, string> name, Func<T, bool>? machine = null)
    {
        List<T> right = [.. things.Where(good)];
        return new(
            question, right.Count, things.Count, machine is null || right.Count(machine) * 2 >= right.Count ? 1 : 0.5,
            [.. right.Take(MostNamed).Select(name), .. things.Where(t => !good(t)).Take(MostNamed).Select(t => $"not {name(t)}")]);
    }

    /// <summary>Where one is enough: how many there were, of as many occasions.</summary>
    public static Measurement Any<T>(string question, IReadOnlyCollection<T> found, int occasions, Func<T, string> name) =>
        new(question, found.Count, Math.Max(found.Count, occasions), 1, [.. found.Take(MostNamed).Select(name)]);
}
