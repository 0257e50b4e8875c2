using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Differences;

/// <summary>Which of two values of one type is more.</summary>
internal static class Values
{
    /// <returns>1 where the second is more than the first, -1 where it is less, 0 where neither can be said.</returns>
    public static int Compare(in CelValue then, in CelValue now)
    {
        if (then.Kind != now.Kind) return 0;
        return Math.Sign(then.Kind switch
        {
            CelKind.Int or CelKind.Duration => now.Int.CompareTo(then.Int),
            CelKind.UInt => now.UInt.CompareTo(then.UInt),
            CelKind.Double => now.Double.CompareTo(then.Double),
            CelKind.Bool => now.Bool.CompareTo(then.Bool),
            CelKind.Timestamp => (now.Timestamp.Seconds, now.Timestamp.Nanos).CompareTo((then.Timestamp.Seconds, then.Timestamp.Nanos)),
            CelKind.List => Included(Items(then), Items(now)),
            _ => 0,
        });
    }

    private static int Included(HashSet<string> then, HashSet<string> now) => (then.IsSubsetOf(now), now.IsSubsetOf(then)) switch
    {
        (true, false) => 1,
        (false, true) => -1,
        _ => 0,
    };

    private static HashSet<string> Items(in CelValue list)
    {
        var items = new HashSet<string>(StringComparer.Ordinal);
        foreach (ref readonly var item in list.List.Items) items.Add(ValueText.Json(item, 1000));
        return items;
    }
}
