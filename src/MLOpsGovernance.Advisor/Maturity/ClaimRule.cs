using System.Text.Json.Serialization;

namespace MLOpsGovernance.Advisor.Maturity;

/// <summary>Where the evidence for a question comes from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvidenceSource>))]
public enum EvidenceSource
{
    /// <summary>Recorded events alone.</summary>
    [JsonStringEnumMemberName("A")]
    Automatic,

    /// <summary>An event and an artefact that it names by digest.</summary>
    [JsonStringEnumMemberName("H")]
    Hybrid,

    /// <summary>A person's word, reviewed by another.</summary>
    [JsonStringEnumMemberName("C")]
    Attested,
}

/// <summary>What a final score rests on.</summary>
public enum Standing
{
    Unanswered,

    /// <summary>Claimed, and nothing is recorded that could bear it out.</summary>
    Thin,
    AttestedUnreviewed,
    Attested,
    Evidenced,
}

/// <param name="Evidence">The score that events show; null where none bear on the question.</param>
/// <param name="Observed">Of how many things the events tell.</param>
/// <param name="Enough">From how many on the events decide.</param>
/// <param name="ReviewedByOther">Somebody other than the respondent has looked at the attestation.</param>
/// <param name="AgeInMonths">Of the attestation.</param>
public sealed record ClaimAndEvidence(
    EvidenceSource Source, double? Claim, double? Evidence = null, long Observed = 0, long Enough = ClaimRule.EnoughVersions, bool? ReviewedByOther = null, double AgeInMonths = 0);

/// <param name="Delta">Claim less evidence: positive means that more was claimed than is so. Null where either is missing.</param>
public sealed record FinalScore(double? Score, Standing Standing, double? Delta);

/// <summary>Evidence overrides a claim, in both directions, where there is enough of it. What nothing bears out counts at most as done by hand.</summary>
public static class ClaimRule
{
    public const int EnoughVersions = 5, EnoughDeployments = 10, MonthsAnAttestationHolds = 12;
    public const double MostOfAnUnverifiedClaim = 0.5;

    public static FinalScore Decide(ClaimAndEvidence question) => question switch
    {
        { Source: not EvidenceSource.Attested, Evidence: { } evidence } when question.Observed >= question.Enough =>
            new(evidence, Standing.Evidenced, question.Claim - evidence),
        { Claim: null } => new(null, Standing.Unanswered, null),
        { Source: EvidenceSource.Attested } or { Source: EvidenceSource.Hybrid, Evidence: null, ReviewedByOther: not null } =>
            question is { ReviewedByOther: true, AgeInMonths: < MonthsAnAttestationHolds }
                ? new(question.Claim, Standing.Attested, null)
                : new(Capped(question.Claim.Value), Standing.AttestedUnreviewed, null),
        _ => new(Capped(question.Claim.Value), Standing.Thin, null),
    };

    /// <summary>Bühlmann's credibility, shown as a what-if beside the hard rule.</summary>
    public static (double Weight, double Score) Credibility(double observed, double half, double evidence, double claim)
    {
        var weight = observed / (observed + half);
        return (weight, (weight * evidence) + ((1 - weight) * Capped(claim)));
    }

    private static double Capped(double claim) => Math.Min(claim, MostOfAnUnverifiedClaim);
}
