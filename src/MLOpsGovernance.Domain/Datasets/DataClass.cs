using System.Text.Json.Serialization;

namespace MLOpsGovernance.Domain.Datasets;

/// <summary>How sensitive a dataset is and what it may be used for.</summary>
/// <param name="Sensitivity">One of <see cref="Sensitivities"/>, lowest first.</param>
/// <param name="LegalBasis">The basis of processing under Art. 6 GDPR, where the data is personal.</param>
/// <param name="PermittedPurposes">Purpose codes; purpose limits apply to personal data only.</param>
/// <param name="RetentionDays">How long each version may be kept, in days from its registration; null means no limit was stated.</param>
/// <param name="Anonymised">Made so that nobody can be told from it any more: then it does not inherit that its sources are personal. Confirmed by a compliance officer.</param>
/// <param name="Purpose">What it may be used for, in words.</param>
public sealed record DataClass(
    string Sensitivity, bool PersonalData, string? LegalBasis, IReadOnlyList<PermittedPurpose> PermittedPurposes, int? RetentionDays,
    bool Anonymised = false, Sealed? Purpose = null, Sealed? Reason = null)
{
    public static IReadOnlyList<string> Sensitivities { get; } = ["public", "internal", "confidential", "restricted"];

    /// <summary>What an unconfirmed dataset is taken for.</summary>
    public static DataClass Highest { get; } = new("restricted", true, null, [], null);

    /// <summary>The whole class as one comparable text: a change of any part is material for a model trained on the data. Words about it are no part.</summary>
    [JsonIgnore]
    public string Mark => string.Join('|',
        Sensitivity, PersonalData ? "personal" : "not-personal", Anonymised ? "anonymised" : "", Plain(LegalBasis), RetentionDays,
        string.Join(',', PermittedPurposes.Select(p => $"{Plain(p.Code)}={Plain(p.LegalBasis)}={Plain(p.SpecialCategoryCondition)}").Order(StringComparer.Ordinal)));

    /// <summary>Roles that may confirm it.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Confirmers => Anonymised ? [Roles.ComplianceOfficer] : Roles.Confirmers;

    public bool IsSameAs(DataClass? other) => other is not null && Mark == other.Mark && Purpose == other.Purpose;

    /// <summary>Which parts allow more than they did, by their names in the API.</summary>
    public IReadOnlyList<string> LoweredFrom(DataClass other)
    {
        List<string> parts = [];
        if (Sensitivities.IndexOf(Sensitivity) < Sensitivities.IndexOf(other.Sensitivity)) parts.Add("sensitivity");
        if (!PersonalData && other.PersonalData) parts.Add("personalData");
        if (Anonymised && !other.Anonymised) parts.Add("anonymised");
        if (PersonalData && other.PersonalData && PermittedPurposes.Any(p => !other.Permits(p.Code))) parts.Add("permittedPurposes");
        if (other.RetentionDays is { } days && (RetentionDays ?? int.MaxValue) > days) parts.Add("retentionDays");
        return parts;
    }

    /// <summary>The stricter of two, part by part: a proposal that loosens changes nothing before it is confirmed.</summary>
    public DataClass AtLeast(DataClass proposed) => this with
    {
        Sensitivity = Stricter(Sensitivity, proposed.Sensitivity),
        PersonalData = PersonalData || proposed.PersonalData,
        Anonymised = Anonymised && proposed.Anonymised,
        PermittedPurposes = Narrower(proposed),
        LegalBasis = PersonalData || !proposed.PersonalData ? LegalBasis : proposed.LegalBasis,
        RetentionDays = Shorter(proposed),
    };

    /// <summary>What remains of it where a source counts too: at least as sensitive, and no purpose that the source does not permit.</summary>
    /// <param name="personally">False where it was anonymised on the way: then only how sensitive the source is counts.</param>
    public DataClass Inheriting(DataClass source, bool personally) => !personally ? this with { Sensitivity = Stricter(Sensitivity, source.Sensitivity) } : this with
    {
        Sensitivity = Stricter(Sensitivity, source.Sensitivity),
        PersonalData = PersonalData || source.PersonalData,
        PermittedPurposes = Narrower(source),
        LegalBasis = PersonalData || !source.PersonalData ? LegalBasis : source.LegalBasis,
        RetentionDays = Shorter(source),
    };

    /// <summary>As a later event repeats it: without its words, which stay where they were said first.</summary>
    public DataClass Wordless() => this with { Purpose = null, Reason = null };

    private bool Permits(string code) => PermittedPurposes.Any(p => p.Code == code);

    /// <summary>Data that is not personal sets no limit, so only the other's counts.</summary>
    private IReadOnlyList<PermittedPurpose> Narrower(DataClass other) => (PersonalData, other.PersonalData) switch
    {
        (_, false) => PermittedPurposes,
        (false, true) => other.PermittedPurposes,
        (true, true) => [.. PermittedPurposes.Where(p => other.Permits(p.Code))],
    };

    private int? Shorter(DataClass other) => RetentionDays is { } days && other.RetentionDays is { } fewer ? Math.Min(days, fewer) : RetentionDays ?? other.RetentionDays;

    private static string Stricter(string one, string other) => Sensitivities.IndexOf(other) > Sensitivities.IndexOf(one) ? other : one;

    private static string Plain(string? text) => Uri.EscapeDataString(text ?? "");
}

/// <param name="Code">Of the catalogue of purposes.</param>
/// <param name="LegalBasis">The ground of Art. 6(1) GDPR.</param>
/// <param name="SpecialCategoryCondition">The condition of Art. 9(2) GDPR, where the data is of a special category.</param>
public sealed record PermittedPurpose(string Code, string LegalBasis, string? SpecialCategoryCondition = null);
