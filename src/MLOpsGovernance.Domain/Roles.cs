namespace MLOpsGovernance.Domain;

/// <summary>The roles of the service. Approver roles, <see cref="ComplianceOfficer"/> and <see cref="Administrator"/> are granted by events only, never by a token's claims.</summary>
public static class Roles
{
    public const string
        Viewer = "viewer",
        Contributor = "contributor",
        ModelValidator = "model-validator",
        AiRiskOfficer = "ai-risk-officer",
        ChiefRiskOfficer = "chief-risk-officer",
        ComplianceOfficer = "compliance-officer",
        EngineeringLead = "engineering-lead",
        Executive = "executive",
        Pipeline = "pipeline",
        Administrator = "administrator";

    public static IReadOnlyList<string> All { get; } =
        [Viewer, Contributor, ModelValidator, AiRiskOfficer, ChiefRiskOfficer, ComplianceOfficer, EngineeringLead, Executive, Pipeline, Administrator];

    /// <summary>Roles that act for the teams their holder belongs to. Every other role acts from outside the team, or for all of them.</summary>
    public static IReadOnlyList<string> OfTeams { get; } = [Contributor, EngineeringLead];

    /// <summary>What an identity provider's claim may grant by itself.</summary>
    public static IReadOnlyList<string> ByClaim { get; } = [Viewer, Contributor, EngineeringLead, Executive];

    /// <summary>Roles in which a version may be approved.</summary>
    public static IReadOnlyList<string> Approvers { get; } = [ModelValidator, AiRiskOfficer, ChiefRiskOfficer, ComplianceOfficer];

    /// <summary>Roles that confirm a class of risk or of data from outside the owning team.</summary>
    public static IReadOnlyList<string> Confirmers { get; } = [AiRiskOfficer, ComplianceOfficer];
}
