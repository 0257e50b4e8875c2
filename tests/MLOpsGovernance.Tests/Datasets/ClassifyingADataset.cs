using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Datasets.LoansDataset;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Datasets;

public sealed class ClassifyingADataset
{
    public static TheoryData<string, string[], bool, bool> Callers => new()
    {
        // subject, roles, in the team, confirms
        { "risk", [Roles.AiRiskOfficer], false, true },
        { "compliance", [Roles.ComplianceOfficer], false, true },
        { "risk", [Roles.AiRiskOfficer], true, false },
        { "eve", [Roles.ModelValidator], false, false },
        { "chief", [Roles.ChiefRiskOfficer], false, false },
        { "root", [Roles.Administrator], false, false },
    };

    [Theory]
    [MemberData(nameof(Callers))]
    public void Is_confirmed_only_by_a_confirming_role_outside_the_team(string subject, string[] roles, bool inTeam, bool confirms) =>
        Registered().When(By(new(subject, true, roles), new ClassifyDataset(Public, inTeam))).Decision.Events
            .ShouldHaveSingleItem().ShouldBeOfType(confirms ? typeof(DatasetClassified) : typeof(DatasetClassProposed));

    [Fact]
    public void Is_only_proposed_by_a_machine_whatever_its_role() =>
        Registered().When(By(new("robot", false, [Roles.AiRiskOfficer]), new ClassifyDataset(Public, false))).Then(new DatasetClassProposed(Public, "robot", Noon));

    [Fact]
    public void Leaves_the_highest_in_force_while_it_is_only_proposed()
    {
        var dataset = Registered().When(By(Ada, new ClassifyDataset(Public, true))).ThenAccepted();
        (dataset.Judged, dataset.ClassRevision).ShouldBe((DataClass.Highest, 0));
        (DataClass.Highest.Sensitivity, DataClass.Highest.PersonalData, DataClass.Highest.PermittedPurposes.Count).ShouldBe(("restricted", true, 0));
    }

    [Fact]
    public void Counts_as_a_change_when_it_is_confirmed_first_even_as_the_highest() =>
        Registered().When(By(RiskOfficer, new ClassifyDataset(DataClass.Highest, false))).Then(new DatasetClassified(DataClass.Highest, "risk", Noon, FromRevision: 0)).ClassRevision.ShouldBe(1);

    public static TheoryData<DataClass> Changes =>
    [
        Personal with { Sensitivity = "public" }, Personal with { Sensitivity = "restricted" }, Personal with { PersonalData = false }, Personal with { LegalBasis = "consent" },
        Personal with { RetentionDays = 30 }, Personal with { RetentionDays = null }, Personal with { PermittedPurposes = [] },
        Personal with { PermittedPurposes = [new("credit-scoring", "consent")] }, Personal with { PermittedPurposes = [new("credit-scoring", "contract"), new("marketing", "consent")] },
        Personal with { PermittedPurposes = [new("credit-scoring=contract,marketing", "consent")] }, Personal with { PermittedPurposes = [new("credit-scoring", "contract", "explicit-consent")] },
        Personal with { PersonalData = false, Anonymised = true },
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Counts_every_part_that_is_confirmed_anew(DataClass next)
    {
        var changed = Confirmed(Personal).Done(By(ComplianceOfficer, new ClassifyDataset(next, false)));
        (changed.State.ClassRevision, Given.Said(changed.State.Judged)).ShouldBe((2, Given.Said(next)));
        changed.When(By(RiskOfficer, new ClassifyDataset(Personal, false))).ThenAccepted().ClassRevision.ShouldBe(3);
    }

    [Fact]
    public void Is_nothing_when_it_is_so_already()
    {
        var purposes = Personal with { PermittedPurposes = [new("b", "contract"), new("a", "contract")] };
        Confirmed(purposes).When(By(RiskOfficer, new ClassifyDataset(purposes with { PermittedPurposes = [.. purposes.PermittedPurposes.Reverse()] }, false))).ThenNothing();
        Confirmed().When(By(Ada, new ClassifyDataset(Public, true))).ThenNothing();
        Registered().And(new DatasetClassProposed(Public, "ada", Noon)).When(By(Bob, new ClassifyDataset(Public, true))).ThenNothing();
    }

    [Fact]
    public void Drops_the_proposal_when_it_is_confirmed() =>
        Confirmed().And(new DatasetClassProposed(Personal, "ada", Noon)).When(By(RiskOfficer, new ClassifyDataset(Public, false))).Then(new DatasetClassified(Public, "risk", Noon, Public, FromRevision: 2)).Proposed.ShouldBeNull();

    public static TheoryData<DataClass, DataClass, DataClass> Proposals => new()
    {
        // confirmed, proposed, judged
        { Public, Public with { Sensitivity = "restricted" }, Public with { Sensitivity = "restricted" } },
        { Public, Personal, Personal },
        { Personal, Public, Personal },
        { Personal, Personal with { Sensitivity = "internal" }, Personal },
        { Personal, Personal with { RetentionDays = 30 }, Personal with { RetentionDays = 30 } },
        { Personal, Personal with { RetentionDays = 3000 }, Personal },
        { Public, Public with { RetentionDays = 30 }, Public with { RetentionDays = 30 } },
        { Public, Public with { LegalBasis = "consent" }, Public },
        { Personal, Personal with { PermittedPurposes = [] }, Personal with { PermittedPurposes = [] } },
        { Personal, Personal with { PermittedPurposes = [new("credit-scoring", "contract"), new("marketing", "consent")] }, Personal },
    };

    [Theory]
    [MemberData(nameof(Proposals))]
    public void Judges_by_the_stricter_of_what_is_confirmed_and_what_the_team_proposes(DataClass confirmed, DataClass proposed, DataClass judged)
    {
        var given = Confirmed(confirmed).Done(By(Ada, new ClassifyDataset(proposed, true)));
        Given.Said(given.State.Judged).ShouldBe(Given.Said(judged));
        given.State.ClassRevision.ShouldBe(judged.IsSameAs(confirmed) ? 1 : 2);
    }

    public static TheoryData<DataClass, DataClass, string[]> Lowerings => new()
    {
        { Personal, Personal with { Sensitivity = "public" }, ["sensitivity"] },
        { Personal, Personal with { PersonalData = false }, ["personalData"] },
        { Personal, Personal with { PersonalData = false, Anonymised = true }, ["personalData", "anonymised"] },
        { Personal, Personal with { PermittedPurposes = [new("credit-scoring", "contract"), new("marketing", "consent")] }, ["permittedPurposes"] },
        { Personal, Personal with { PermittedPurposes = [] }, [] },
        { Personal, Personal with { RetentionDays = null }, ["retentionDays"] },
        { Personal, Personal with { RetentionDays = 366 }, ["retentionDays"] },
        { Personal, Personal with { RetentionDays = 30 }, [] },
        { Public, Personal, [] },
        { Public, Public with { PermittedPurposes = [new("marketing", "consent")] }, [] },
    };

    [Theory]
    [MemberData(nameof(Lowerings))]
    public void Says_what_was_lowered_from_what_without_repeating_the_words(DataClass before, DataClass after, string[] parts)
    {
        var events = Confirmed(before with { Purpose = Text("lend"), Reason = Text("because") }).When(By(ComplianceOfficer, new ClassifyDataset(after with { Purpose = Text("lend") }, false))).Decision.Events;
        var confirmed = events.ShouldHaveSingleItem().ShouldBeOfType<DatasetClassified>();
        (confirmed.Lowered ?? []).ShouldBe(parts);
        Given.Said(confirmed.From.ShouldNotBeNull()).ShouldBe(Given.Said(before));
        confirmed.FromRevision.ShouldBe(1);
    }

    [Fact]
    public void Records_other_words_without_counting_a_change()
    {
        var named = Confirmed(Personal with { Purpose = Text("lend") });
        named.When(By(RiskOfficer, new ClassifyDataset(Personal with { Purpose = Text("lend") }, false))).ThenNothing();
        named.When(By(RiskOfficer, new ClassifyDataset(Personal with { Purpose = Text("lend to firms") }, false))).ThenAccepted().ClassRevision.ShouldBe(1);
    }

    [Fact]
    public void Is_confirmed_as_anonymised_by_a_compliance_officer_only()
    {
        var anonymised = Public with { Anonymised = true };
        Registered().When(By(ComplianceOfficer, new ClassifyDataset(anonymised, false))).ThenAccepted().Confirmed.ShouldBe(anonymised);
        var proposed = Registered().Done(By(RiskOfficer, new ClassifyDataset(anonymised, false)));
        (proposed.State.Confirmed, proposed.State.Proposed).ShouldBe((null, anonymised));
    }

    [Fact]
    public void Is_not_judged_as_anonymised_while_the_team_doubts_it() =>
        Confirmed(Public with { Anonymised = true }).Done(By(Ada, new ClassifyDataset(Public, true))).State.Judged.Anonymised.ShouldBeFalse();

    [Fact]
    public void Counts_once_what_was_proposed_and_then_confirmed() =>
        Confirmed().Done(By(Ada, new ClassifyDataset(Personal, true))).Done(By(RiskOfficer, new ClassifyDataset(Personal, false))).State.ClassRevision.ShouldBe(2);

    [Fact]
    public void Counts_a_stricter_proposal_that_is_taken_back_twice() =>
        Confirmed().Done(By(Ada, new ClassifyDataset(Personal, true))).Done(By(Ada, new ClassifyDataset(Public, true))).State.ClassRevision.ShouldBe(3);
}
