using System.Text.Json.Serialization;

namespace MLOpsGovernance.Domain.Datasets;

/// <summary>How sensitive a dataset is and what it may be used for.</summary>
/// <param name="Sensitivity">One of <see cref="Sensitivities"/>, lowest first.</param>
/// <param name="LegalBasis">The basis of processing under Art. 6 GDPR, where the data is personal.</param>
/// <param name="PermittedPurposes">Purpose codes; purpose limits apply to personal data only.</param>
/// <param name="RetentionDays">How long it may be kept, in days; null means no limit was stated.</param>
public sealed record DataClass(
    string Sensitivity, bool PersonalData, string? LegalBasis, IReadOnlyList<PermittedPurpose> PermittedPurposes, int? RetentionDays)
{
    public static IReadOnlyList<string> Sensitivities { get; } = ["public", "internal", "confidential", "restricted"];

    /// <summary>What an unconfirmed dataset is taken for.</summary>
    public static DataClass Highest { get; } = new("restricted", true, null, [], null);

    /// <summary>The whole class as one comparable text: a change of any part is material for a model trained on the data.</summary>
    [JsonIgnore]
    public string Mark => string.Join('|',
        Sensitivity, PersonalData ? "personal" : "not-personal", Plain(LegalBasis), RetentionDays,
        string.Join(',', PermittedPurposes.Select(p => $"{Plain(p.Code)}={Plain(p.LegalBasis)}").Order(StringComparer.Ordinal)));

    public bool IsSameAs(DataClass? other) => other is not null && Mark == other.Mark;

    /// <summary>The stricter of two, part by part: a proposal that loosens changes nothing before it is confirmed.</summary>
    public DataClass AtLeast(DataClass proposed) => this with
    {
        Sensitivity = Sensitivities.IndexOf(proposed.Sensitivity) > Sensitivities.IndexOf(Sensitivity) ? proposed.Sensitivity : Sensitivity,
        PersonalData = PersonalData || proposed.PersonalData,
        PermittedPurposes = (PersonalData, proposed.PersonalData) switch
        {
            (_, false) => PermittedPurposes,
            (false, true) => proposed.PermittedPurposes,
            (true, true) => [.. PermittedPurposes.Where(p => proposed.PermittedPurposes.Any(q => q.Code == p.Code))],
        },
        LegalBasis = PersonalData || !proposed.PersonalData ? LegalBasis : proposed.LegalBasis,
        RetentionDays = RetentionDays is { } days && proposed.RetentionDays is { } fewer ? Math.Min(days, fewer) : RetentionDays ?? proposed.RetentionDays,
    };

    private static string Plain(string? text) => Uri.EscapeDataString(text ?? "");
}

public sealed record PermittedPurpose(string Code, string LegalBasis);
