using MLOpsGovernance.Domain;

namespace MLOpsGovernance.Tests.Models;

/// <summary>Who acts in the tests of the domain.</summary>
internal static class Cast
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Trains models; owns a key that her pipeline uses.</summary>
    public static readonly Actor Ada = new("ada", true, [Roles.Contributor]);

    public static readonly Actor Bob = new("bob", true, [Roles.Contributor]);

    /// <summary>A pipeline that Ada answers for.</summary>
    public static readonly Actor AdasKey = new("key:k1", false, [Roles.Pipeline], "ada");

    /// <summary>A pipeline that a validator answers for.</summary>
    public static readonly Actor EvesKey = new("key:k2", false, [Roles.Pipeline], "eve");

    /// <summary>A pipeline that nobody answers for.</summary>
    public static readonly Actor Pipeline = new("pipeline", false, [Roles.Pipeline]);

    public static readonly Actor Eve = new("eve", true, [Roles.ModelValidator]);
    public static readonly Actor Mallory = new("mallory", true, [Roles.ModelValidator, Roles.AiRiskOfficer]);
    public static readonly Actor RiskOfficer = new("risk", true, [Roles.AiRiskOfficer]);
    public static readonly Actor ChiefRiskOfficer = new("chief", true, [Roles.ChiefRiskOfficer]);
    public static readonly Actor ComplianceOfficer = new("compliance", true, [Roles.ComplianceOfficer]);
    public static readonly Actor Lead = new("lead", true, [Roles.EngineeringLead]);
    public static readonly Actor Root = new("root", true, [Roles.Administrator]);
    public static readonly Actor Birth = new("system:birth", false, []);

    /// <summary>The same person with another owner behind the credential used.</summary>
    public static Actor Through(this Actor actor, string owner) => actor with { Owner = owner };

    public static Sealed Text(string words) => new("k", "bm9uY2U=", words);

    /// <summary>A well-formed digest that is told apart by its first digits.</summary>
    public static string Digest(int number) => $"sha256:{number:x8}{new string('0', 56)}";
}
