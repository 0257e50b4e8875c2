namespace MLOpsGovernance.Policy.Cel.Types;

/// <summary>What someone probably meant to write.</summary>
internal static class Spelling
{
    /// <summary>The known name with the fewest edits, if they are few enough to be a slip.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        if (name.Length > 64) return null;
        string? best = null;
        var least = Math.Max(1, name.Length / 3) + 1;
        foreach (var candidate in known.Order(StringComparer.Ordinal))
        {
            if (Math.Abs(candidate.Length - name.Length) >= least) continue;
            var distance = Distance(name, candidate);
            if (distance < least) (best, least) = (candidate, distance);
        }

        return best;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours; case is no difference.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                var best = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        }

        return rows[a.Length, b.Length];
    }
}
