namespace MLOpsGovernance.Policy.Cel;

/// <summary>Why a source text is no valid expression.</summary>
/// <param name="Code"><c>cel.syntax</c>, <c>cel.type</c>, <c>cel.name</c> or <c>cel.cost</c>.</param>
/// <param name="Offset">Where, in UTF-16 units of the source.</param>
/// <param name="Suggestion">The nearest known name, where a name was unknown.</param>
internal sealed record CelIssue(string Code, string Message, int Offset, string? Suggestion = null);
