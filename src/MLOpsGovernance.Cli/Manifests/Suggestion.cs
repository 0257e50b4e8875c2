namespace MLOpsGovernance.Cli.Manifests;

internal static class Suggestion
{
    private const int Farthest = 2;

    /// <summary>The allowed word that was probably meant: the same but for case, or at most two letters away.</summary>
    public static string? For(string given, IEnumerable<string> allowed) => allowed
        .Select(word => (word, distance: Distance(given.ToLowerInvariant(), word.ToLowerInvariant())))
        .Where(candidate => candidate.distance <= Math.Min(Farthest, candidate.word.Length / 2))
        .OrderBy(candidate => candidate.distance).Select(candidate => candidate.word).FirstOrDefault();

    /// <summary>Edits between two words: letters put in, left out or replaced (Levenshtein 1966).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}
