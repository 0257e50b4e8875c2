using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Models;

/// <summary>Ids come from outside; one that is in use already would let a decision about one thing happen to another.</summary>
public sealed class GivingOutAnId
{
    private static readonly CheckedDecision Decision = new("c2", "credit", 1, "production", "rollback", Digest(1), Digest(101), true, "allow", false, Noon, Noon.AddHours(1));

    public static TheoryData<object, ModelCommand> Twice => new()
    {
        { new FindingOpened("x", null, "low", null, "reported", "ada", Noon), new OpenFinding("x", null, "low", null) },
        { new IncidentReported("x", null, "low", null, null, "ada", Noon), new ReportIncident("x", null, "low", null, null) },
        { new ModelDeployed("x", 1, "staging", "c1", Digest(1), null, "deploy", null, "ada", Noon), new RecordDeployment("x", 1, "production", Decision, null, "f", null) },
        { new FindingOpened("x", null, "low", null, "reported", "ada", Noon), new RecordDeployment("d", 1, "production", Decision, null, "x", null) },
        { new BreakGlassRequested("x", 1, "production", Digest(1), null, 60, ["ada"], "ada", Noon, Digest(101)), new RequestBreakGlass("x", 1, "production", true, null, 60) },
    };

    [Theory]
    [MemberData(nameof(Twice))]
    public void Is_refused_when_it_is_taken(object before, ModelCommand command) => Versioned().And(before).When(By(Lead, command)).ThenRefused("id-taken", RefusalKind.Conflict).Why.ShouldContain("x");

    [Fact]
    public void Is_refused_for_an_approval_of_another_version() =>
        Approved().And(new ReviewRequested(2, null, ["bob"], "bob", Noon)).When(By(Mallory, Approve("a1", version: 2))).ThenRefused("id-taken");

    [Fact]
    public void Is_refused_for_the_finding_of_a_break_glass() =>
        Versioned().And(new BreakGlassRequested("b1", 1, "production", Digest(1), null, 60, ["ada"], "ada", Noon, Digest(101)), new FindingOpened("x", null, "low", null, "reported", "ada", Noon))
            .When(By(Lead, new ApproveBreakGlass("b1", 1, null, "x", null))).ThenRefused("id-taken");

    [Fact]
    public void Does_not_mind_the_follow_up_of_a_plain_deployment() =>
        Versioned().And(new FindingOpened("x", null, "low", null, "reported", "ada", Noon))
            .When(By(Lead, new RecordDeployment("d", 1, "production", Decision with { Action = "deploy" }, null, "x", null))).ThenAccepted();
}
