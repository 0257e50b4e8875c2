using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Validations;

/// <summary>What counts as much at stake: from either threshold on, a model is validated anew one step sooner.</summary>
/// <param name="Exposure">In the currency that the model's materiality states; amounts are compared as they are written.</param>
public sealed record RevalidationTerms(decimal Exposure, long PeopleAffected)
{
    public static RevalidationTerms Default { get; } = new(10_000_000m, 100_000);

    /// <summary>Months from one validation to the next. Tier 1: 6, tier 2: 12, tier 3: 24; where much is at stake one step less: 3, 6, 12.</summary>
    public int Months(Model model) => Months(model.ConfirmedRisk, model.ProposedRisk);

    /// <inheritdoc cref="Months(Model)"/>
    public int Months(RiskClass? confirmed, RiskClass? proposed) => (RiskClass.Judged(confirmed, proposed).Tier, IsMuch(confirmed) || IsMuch(proposed)) switch
    {
        (1, true) => 3,
        (1, false) or (2, true) => 6,
        (2, false) or (3, true) => 12,
        _ => 24,
    };

    private bool IsMuch(RiskClass? risk) => risk?.Materiality is { } materiality && (materiality.Exposure >= Exposure || materiality.PeopleAffected >= PeopleAffected);
}

/// <summary>When a version has to be validated anew.</summary>
/// <param name="DueAt">Null while it was neither validated nor deployed.</param>
/// <param name="Basis">What it is reckoned from: the last <c>validation</c> that found it fit and stands, else its first <c>deployment</c>, else <c>none</c>.</param>
/// <param name="Months">How long after that, by tier and materiality.</param>
public sealed record Revalidation(DateTimeOffset? DueAt, string Basis, int Months)
{
    public bool IsOverdue(DateTimeOffset at) => at >= DueAt;

    public static Revalidation Of(Model model, ModelVersion version, Material now, RevalidationTerms terms)
    {
        var months = terms.Months(model);
        var last = version.Validations.Where(v => v.IsFit && ValidationStanding.Of(v, version, now).IsLive).MaxBy(v => v.At);
        if (last is null) return new(version.FirstDeployedAt?.AddMonths(months), version.FirstDeployedAt is null ? "none" : "deployment", months);
        var due = last.At.AddMonths(months);
        return new(last.ValidUntil < due ? last.ValidUntil : due, "validation", months);
    }
}
