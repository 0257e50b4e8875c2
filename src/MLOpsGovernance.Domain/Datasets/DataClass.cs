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

    /// <summary>The parts whose change is material for a model trained on the data, as one comparable text.</summary>
    [JsonIgnore]
    public string Mark => string.Join('|',
        Sensitivity, PersonalData ? "personal" : "not-personal",
        string.Join(',', PermittedPurposes.Select(p => $"{p.Code}={p.LegalBasis}").Order(StringComparer.Ordinal)));

    public bool IsSameAs(DataClass? other) =>
        other is not null && Mark == other.Mark && LegalBasis == other.LegalBasis && RetentionDays == other.RetentionDays;
}

public sealed record PermittedPurpose(string Code, string LegalBasis);
