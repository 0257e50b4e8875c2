using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Waivers;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Waivers;

/// <summary>A waiver of a rule for version 1 of the credit model, which Ada asks for.</summary>
internal static class CreditWaiver
{
    public static readonly WaivableRule Rule = new("release", ">=1.0.0 <2.0.0", "REL-006", true, [Roles.AiRiskOfficer, Roles.ChiefRiskOfficer], 30 * 24 * 3600, true);

    public static readonly NoteWaiver Note = new("w1", "REL-006", Rule, "production", true, 1, null, Noon.AddDays(10), true, []);

    public static readonly ModelWaiverNoted Noted = new("w1", "REL-006", "production", 1, [Digest(1), Digest(101)], Noon.AddDays(10), null, "ada", Noon);

    public static readonly RequestWaiver Request = new(
        new("w1", "REL-006", "production", 1, [Digest(1), Digest(101)], Noon.AddDays(10), null, Noon), "credit", "lending", Rule, Text("the finding is being remedied"), Text("a person looks at each answer"), "RISK-7", ["ada", "bob"]);

    public static readonly ApproveWaiver Approve = new(Text("agreed"), Rule, null, ["ada", "bob"]);

    public static readonly WaiverRequested Requested = new(
        "w1", "credit", "lending", "release", ">=1.0.0 <2.0.0", "REL-006", "production", 1, [Digest(1), Digest(101)], Noon.AddDays(10), Text("the finding is being remedied"),
        Text("a person looks at each answer"), "RISK-7", [Roles.AiRiskOfficer, Roles.ChiefRiskOfficer], null, ["ada"], ["ada", "bob"], "ada", Noon);

    public static readonly WaiverApproved Approved = new(Text("agreed"), [Roles.AiRiskOfficer], "risk", null, Noon.AddHours(1));

    public static Given<Waiver> Asked() => Given.Events<Waiver>(Waiver.Evolve, Requested);

    public static Given<Waiver> Agreed() => Asked().And(Approved);

    /// <summary>A command by somebody, an hour after noon unless said otherwise.</summary>
    public static Func<Waiver, Decision> By(Actor actor, WaiverCommand command, DateTimeOffset? at = null) => waiver => WaiverDecider.Decide(waiver, command, actor, at ?? Noon.AddHours(1));
}
