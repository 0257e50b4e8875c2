namespace MLOpsGovernance.Domain.Lineage;

/// <summary>A job or a dataset as OpenLineage names it. Two are the same where both parts are, byte by byte.</summary>
public sealed record EntityName(string Namespace, string Name)
{
    /// <summary>Of either part.</summary>
    public const int MostCharacters = 4000;

    public static IComparer<EntityName> Order { get; } =
        Comparer<EntityName>.Create((a, b) => string.CompareOrdinal(a.Namespace, b.Namespace) is not 0 and var order ? order : string.CompareOrdinal(a.Name, b.Name));
}
