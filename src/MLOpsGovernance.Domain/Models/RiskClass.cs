using System.Text.Json.Serialization;

namespace MLOpsGovernance.Domain.Models;

/// <summary>A model's risk: its class under the EU AI Act and its model-risk tier.</summary>
/// <param name="EuAiAct">One of <see cref="Classes"/>, lowest first.</param>
/// <param name="Tier">1 (highest) to 3.</param>
/// <param name="OperatorRole">One of <see cref="OperatorRoles"/>: what the organisation is for this system under Art. 3 of the Act.</param>
/// <param name="Basis">Where the class comes from in the Act.</param>
/// <param name="Materiality">What is at stake.</param>
/// <param name="AccountableExecutive">Subject id of the person who answers for the use of the model.</param>
public sealed record RiskClass(
    string EuAiAct, int Tier, string? OperatorRole = null, RiskBasis? Basis = null, Materiality? Materiality = null, Sealed? Reason = null, string? AccountableExecutive = null)
{
    public const string Prohibited = "prohibited", High = "high";

    public static IReadOnlyList<string> Classes { get; } = ["minimal", "limited", High, Prohibited];

    public static IReadOnlyList<string> OperatorRoles { get; } = ["provider", "deployer", "importer", "distributor"];

    /// <summary>What an unconfirmed model is judged as; never prohibited, because only a person can say that.</summary>
    public static RiskClass Highest { get; } = new(High, 1);

    /// <summary>The confirmed class, never below a pending proposal; the highest while nothing is confirmed.</summary>
    public static RiskClass Judged(RiskClass? confirmed, RiskClass? proposed) => confirmed is null ? Highest : proposed is null ? confirmed : confirmed.AtLeast(proposed);

    [JsonIgnore]
    public bool IsHigh => EuAiAct is High or Prohibited || Tier == 1;

    public bool IsRaisedFrom(RiskClass other) => Rank(EuAiAct) > Rank(other.EuAiAct) || Tier < other.Tier;

    /// <summary>Which parts are lower than they were, by their names in the API; one part may be lowered while another is raised.</summary>
    public IReadOnlyList<string> LoweredFrom(RiskClass other)
    {
        List<string> parts = [];
        if (Rank(EuAiAct) < Rank(other.EuAiAct)) parts.Add("euAiAct");
        if (Tier > other.Tier) parts.Add("tier");
        return parts;
    }

    /// <summary>The stricter of two, part by part, where a proposal alone never reaches prohibited.</summary>
    public RiskClass AtLeast(RiskClass proposed) => this with
    {
        EuAiAct = Rank(proposed.EuAiAct) > Rank(EuAiAct) ? Classes[Math.Min(Rank(proposed.EuAiAct), Rank(High))] : EuAiAct,
        Tier = Math.Min(Tier, proposed.Tier),
        Materiality = Materiality?.AtLeast(proposed.Materiality) ?? proposed.Materiality,
    };

    public bool IsSameAs(RiskClass? other) =>
        other is not null && EuAiAct == other.EuAiAct && Tier == other.Tier && OperatorRole == other.OperatorRole && Basis == other.Basis && Materiality == other.Materiality
        && AccountableExecutive == other.AccountableExecutive;

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
public sealed record Materiality(decimal Exposure, string Currency, DateOnly Date, long PeopleAffected, string? BusinessService = null)
{
    /// <summary>As many as anybody can affect.</summary>
    public const long MostPeople = 100_000_000_000;

    /// <summary>The more that is at stake; amounts of different currencies are not compared, and then the confirmed one stays.</summary>
    public Materiality AtLeast(Materiality? proposed) => proposed is null ? this : this with
    {
        Exposure = Currency == proposed.Currency ? Math.Max(Exposure, proposed.Exposure) : Exposure,
        PeopleAffected = Math.Max(PeopleAffected, proposed.PeopleAffected),
    };
}
