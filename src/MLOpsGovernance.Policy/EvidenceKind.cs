namespace MLOpsGovernance.Policy;

/// <summary>A kind of evidence that the set knows.</summary>
/// <param name="Code">Lower-case letters, digits and hyphens.</param>
/// <param name="Serves">The questions of the maturity instrument that it can answer, <c>D1.1</c> to <c>D8.6</c>.</param>
public sealed record EvidenceKind(string Code, string Title, string? Description, IReadOnlyList<string> Serves);
