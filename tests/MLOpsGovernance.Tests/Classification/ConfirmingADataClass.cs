using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Datasets.LoansDataset;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Classification;

public sealed class ConfirmingADataClass
{
    private static readonly ConfirmDatasetClass Outside = new(null, CallerInTeam: false);

    private static Given<Dataset> Proposed(DataClass? @class = null) => Confirmed().And(new DatasetClassProposed(@class ?? Personal, "key:k1", Noon, "ada"));

    [Fact]
    public void Takes_the_class_as_it_was_proposed()
    {
        var dataset = Proposed().When(By(ComplianceOfficer, Outside)).Then(new DatasetClassified(Personal, "compliance", Noon, Public, FromRevision: 2));
        (dataset.Proposed, dataset.ClassProposers.Count, dataset.ClassRevision).ShouldBe((null, 0, 2));
        Proposed().When(By(RiskOfficer, Outside with { Reason = Text("agreed") })).ThenAccepted().Confirmed!.Reason.ShouldBe(Text("agreed"));
    }

    public static TheoryData<Actor, bool, string> Barred => new()
    {
        { Pipeline with { Roles = [Roles.ComplianceOfficer] }, false, "confirmer-not-human" },
        { Ada with { Roles = [Roles.ComplianceOfficer] }, true, "confirmer-is-proposer" },
        { ComplianceOfficer.Through("ada"), false, "confirmer-is-proposer" },
        { new("zoe", true, [Roles.ComplianceOfficer]), true, "confirmer-in-team" },
        { Eve, false, "role-cannot-confirm" },
        { Root, false, "role-cannot-confirm" },
    };

    [Theory]
    [MemberData(nameof(Barred))]
    public void Is_refused_to_whoever_is_not_outside(Actor actor, bool inTeam, string code) =>
        Proposed().When(By(actor, new ConfirmDatasetClass(null, inTeam))).ThenRefused(code, RefusalKind.Forbidden);

    [Fact]
    public void Is_for_a_compliance_officer_where_the_data_is_said_to_be_anonymised()
    {
        var anonymised = Proposed(Public with { Anonymised = true });
        anonymised.When(By(RiskOfficer, Outside)).ThenRefused("role-cannot-confirm").Why.ShouldContain(Roles.ComplianceOfficer);
        anonymised.When(By(ComplianceOfficer, Outside)).ThenAccepted().Judged.Anonymised.ShouldBeTrue();
    }

    [Fact]
    public void Is_refused_where_nothing_is_proposed() => Confirmed().When(By(ComplianceOfficer, Outside)).ThenRefused("class-not-proposed", RefusalKind.Conflict);

    [Fact]
    public void Is_refused_to_the_proposer_who_has_left_the_team_also_by_saying_the_same_class_again()
    {
        var own = Registered().And(new DatasetClassProposed(Personal, "compliance", Noon));
        own.When(By(ComplianceOfficer, new ClassifyDataset(Personal, false))).ThenRefused("confirmer-is-proposer");
        own.When(By(RiskOfficer, new ClassifyDataset(Personal, false))).ThenAccepted();
    }
}
