namespace MLOpsGovernance.Domain.Lineage;

/// <summary>How far to go, and over which edges.</summary>
/// <param name="MostDepth">Edges from the start.</param>
/// <param name="MostNodes">When so many are found, it ends there and says so.</param>
/// <param name="Counts">Which edges count; null is all that follow the data.</param>
public sealed record LineageScope(LineageDirection Direction, int MostDepth, int MostNodes, Func<LineageEdge, bool>? Counts = null)
{
    public const int DefaultDepth = 20, DeepestDepth = 100, DefaultNodes = 2_000;

    /// <summary>Those edges that were known of a time; null is now. A name that was taken away again holds until then, and a deployment that ended stays where it was.</summary>
    public static Func<LineageEdge, bool> AsOf(DateTimeOffset? time) => time is { } at
        ? edge => edge.FirstSeen <= at && (edge.Kind != LineageEdgeKind.SameAs || edge.EndedAt is not { } ended || ended > at)
        : Holds;

    public static bool Holds(LineageEdge edge) => edge.Kind != LineageEdgeKind.SameAs || edge.EndedAt is null;
}
