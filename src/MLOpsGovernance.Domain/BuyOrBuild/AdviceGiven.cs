namespace MLOpsGovernance.Domain.BuyOrBuild;

/// <summary>Somebody asked whether to buy or to build. Request and result are kept once for their digests; the same request gives the same result.</summary>
/// <param name="Team">The team that it is for; null for none in particular.</param>
/// <param name="Assessment">The assessment that it took facts from.</param>
/// <param name="AssessmentSnapshot">Digest of that assessment as it was.</param>
/// <param name="Request">SHA-256 of the canonical JSON of everything that it rests on.</param>
/// <param name="Result">SHA-256 of the canonical JSON of what it came to.</param>
/// <param name="Recommended">The way of each capability, as <c>registry=saas</c>.</param>
/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record AdviceGiven(
    string Id, string? Team, string? Assessment, string? AssessmentSnapshot, string Request, string Result, IReadOnlyList<string> Recommended, long Seed, int Runs, string By, string? Owner, DateTimeOffset At);
