namespace MLOpsGovernance.Advisor.Uncertainty;

/// <summary>The exact share of each input in a difference, over all orders in which they could have been changed. The shares add up to the difference.</summary>
public static class Shapley
{
    public const int MostPlayers = 12;

    /// <param name="worth">Of a coalition, given as a set of bits.</param>
    public static IReadOnlyList<double> Values(int players, Func<int, double> worth)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(players, MostPlayers);
        double[] worths = [.. Enumerable.Range(0, 1 << players).Select(worth)];
        double[] factorial = [1, .. Enumerable.Range(1, players).Select(static n => Enumerable.Range(1, n).Aggregate(1.0, static (a, b) => a * b))];
        return [.. Enumerable.Range(0, players).Select(player =>
        {
            var sum = 0.0;
            for (var coalition = 0; coalition < worths.Length; coalition++)
            {
                if ((coalition & (1 << player)) != 0) continue;
                var size = int.PopCount(coalition);
                sum += factorial[size] * factorial[players - size - 1] / factorial[players] * (worths[coalition | (1 << player)] - worths[coalition]);
            }

            return sum;
        })];
    }
}
