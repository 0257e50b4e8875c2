namespace MLOpsGovernance.Policy.Facts;

/// <summary>What a decision may know: every fact with its type and its bounds.</summary>
public sealed class FactSchema
{
    internal static readonly FactSchema Empty = new();

    /// <summary>Names of the top-level facts, in the order of the document.</summary>
    public IReadOnlyList<string> Names { get; internal init; } = [];
}
