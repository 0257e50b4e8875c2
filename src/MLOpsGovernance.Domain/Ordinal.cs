using System.Collections.Immutable;

namespace MLOpsGovernance.Domain;

/// <summary>
/// Names and subjects are ordered and told apart byte by byte, on every machine alike. Properties of state ask for that again whenever they are set, because
/// collection expressions and JSON readers build sorted collections that compare by the culture of the process, and digests depend on the order.
/// </summary>
internal static class Ordinal
{
    public static ImmutableSortedSet<string> Set() => ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, T> Map<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}
