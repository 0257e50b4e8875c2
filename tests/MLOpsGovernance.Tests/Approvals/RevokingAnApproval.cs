using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Approvals;

public sealed class RevokingAnApproval
{
    private static readonly RevokeApproval Revoke = new(1, "a1", Text("I was wrong"));

    [Fact]
    public void Ends_it()
    {
        var standing = Approved().When(By(Eve, Revoke)).Then(new ApprovalRevoked(1, "a1", Text("I was wrong"), "eve", Noon)).Standing();
        standing.State.ShouldBe("revoked");
        standing.Why.ShouldHaveSingleItem().ShouldBe(new("revoked", "eve revoked it"));
    }

    public static TheoryData<Actor, bool> Callers => new()
    {
        { Eve, true },
        { RiskOfficer, true },
        { ChiefRiskOfficer, true },
        { ComplianceOfficer, true },
        { new("zoe", true, [Roles.ModelValidator]), false },
        { Ada, false },
        { Root, false },
        { EvesKey, false },
        { new("robot", false, [Roles.AiRiskOfficer]), false },
    };

    [Theory]
    [MemberData(nameof(Callers))]
    public void Is_for_who_gave_it_and_for_officers(Actor actor, bool allowed)
    {
        var outcome = Approved().When(By(actor, Revoke));
        if (allowed) outcome.ThenAccepted();
        else outcome.ThenRefused("revoker-not-entitled", RefusalKind.Forbidden);
    }

    [Fact]
    public void Is_refused_for_what_is_revoked_or_not_there()
    {
        Approved().Done(By(Eve, Revoke)).When(By(Eve, Revoke)).ThenRefused("approval-revoked", RefusalKind.Conflict);
        Approved().When(By(Eve, Revoke with { Id = "a9" })).ThenRefused("approval-unknown", RefusalKind.NotFound);
        Approved().When(By(Eve, Revoke with { Version = 2 })).ThenRefused("approval-unknown");
        Approved().When(By(Eve, Revoke with { Version = 9 })).ThenRefused("version-unknown");
    }
}
