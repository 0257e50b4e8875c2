namespace MLOpsGovernance.Advisor.Maturity;

/// <param name="Counts">What counts as evidence, in words.</param>
/// <param name="Of">What a share is a share of; null where no event can tell.</param>
/// <param name="Kind"><c>share</c>, or <c>atLeastOne</c> where one in the window is enough.</param>
/// <param name="Enough">From how many on events decide against a claim.</param>
/// <param name="Measure">How the number is worked out.</param>
public sealed record EvidenceRule(EvidenceSource Source, string Counts, string? Of = null, string? Kind = null, int? Enough = null, string? Measure = null);

/// <param name="Why">Why it matters.</param>
/// <param name="Effort">How long getting there takes as a rule: <c>days</c>, <c>weeks</c> or <c>months</c>.</param>
/// <param name="Examples">What each of the five steps of the answer scale looks like.</param>
public sealed record Question(
    string Id, int Level, bool Critical, double Weight, string Text, string Why, EvidenceRule Evidence, string Effort, IReadOnlyList<string> Examples)
{
    public string Dimension => Id[..Id.IndexOf('.', StringComparison.Ordinal)];
}

/// <param name="Core">Whether the floor is taken over it.</param>
public sealed record Dimension(string Id, string Name, bool Core, IReadOnlyList<Question> Questions);

/// <summary>What a step of the answer scale stands for.</summary>
public sealed record AnswerStep(int Step, double Coverage, double Mode, string Meaning)
{
    public double Score => AnswerScale.Score(Coverage, Mode);
}
