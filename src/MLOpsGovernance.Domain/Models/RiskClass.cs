using System.Text.Json.Serialization;

namespace MLOpsGovernance.Domain.Models;

/// <summary>A model's risk: its class under the EU AI Act and its model-risk tier.</summary>
/// <param name="EuAiAct">One of <see cref="Classes"/>, lowest first.</param>
/// <param name="Tier">1 (highest) to 3.</param>
/// <param name="OperatorRole">One of <see cref="OperatorRoles"/>: what the organisation is for this system under Art. 3 of the Act.</param>
/// <param name="Basis">Where the class comes from in the Act.</param>
/// <param name="Materiality">What is at stake.</param>
public sealed record RiskClass(string EuAiAct, int Tier, string? OperatorRole = null, RiskBasis? Basis = null, Materiality? Materiality = null, Sealed? Reason = null)
{
    public const string Prohibited = "prohibited", High = "high";

    public static IReadOnlyList<string> Classes { get; } = ["minimal", "limited", High, Prohibited];

    public static IReadOnlyList<string> OperatorRoles { get; } = ["provider", "deployer", "importer", "distributor"];

    /// <summary>What an unconfirmed model is judged as; never prohibited, because only a person can say that.</summary>
    public static RiskClass Highest { get; } = new(High, 1);

    [JsonIgnore]
    public bool IsHigh => EuAiAct is High or Prohibited || Tier == 1;

    public bool IsRaisedFrom(RiskClass other) => Rank(EuAiAct) > Rank(other.EuAiAct) || Tier < other.Tier;

    /// <summary>The stricter of two, part by part, where a proposal alone never reaches prohibited.</summary>
    public RiskClass AtLeast(RiskClass proposed) => this with
    {
        EuAiAct = Rank(proposed.EuAiAct) > Rank(EuAiAct) ? Classes[Math.Min(Rank(proposed.EuAiAct), Rank(High))] : EuAiAct,
        Tier = Math.Min(Tier, proposed.Tier),
    };

    public bool IsSameAs(RiskClass? other) =>
        other is not null && EuAiAct == other.EuAiAct && Tier == other.Tier && OperatorRole == other.OperatorRole && Basis == other.Basis && Materiality == other.Materiality;

    private static int Rank(string @class) => Classes.IndexOf(@class);
}

/// <param name="Annex">For example <c>III</c>.</param>
/// <param name="Point">For example <c>5(b)</c>.</param>
/// <param name="Exception">The exception claimed, for example <c>Art. 6(3)(a)</c>.</param>
public sealed record RiskBasis(string Annex, string Point, string? Exception = null);

/// <param name="Exposure">What may be lost, in <paramref name="Currency"/>; 0 or more.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Date">The day the figure was made.</param>
/// <param name="PeopleAffected">0 or more.</param>
public sealed record Materiality(decimal Exposure, string Currency, DateOnly Date, long PeopleAffected, string? BusinessService = null);
