using MLOpsGovernance.Advisor.CrossViews;
using MLOpsGovernance.Advisor.Maturity;
using MLOpsGovernance.Advisor.People;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Advisor.AdvisorSamples;

namespace MLOpsGovernance.Tests.Advisor;

public sealed class AssessingATeam
{
    [Fact]
    public void That_said_nothing_and_registered_nothing_gives_no_headline_and_claims_nothing()
    {
        var result = Nothing.Assess();
        (result.Floor, result.Mean, result.Answered, result.EvidenceShare, result.Headline, result.ClaimsOnly).ShouldBe((0, 0, 0, 0, false, true));
        (result.FloorAtMost, result.Calibration, result.Contradictions.Count).ShouldBe((4, null, 0));
    }

    [Fact]
    public void That_claims_everything_and_registered_nothing_counts_as_done_by_hand_and_is_marked_as_claims_only()
    {
        var result = Answered(1, 1).Assess();
        (result.ClaimsOnly, result.Headline, result.Floor).ShouldBe((true, true, 0));
        result.Questions.ShouldAllBe(static q => q.Final == 0.5);
        result.Questions.Where(static q => q.Question.Evidence.Source != EvidenceSource.Attested).ShouldAllBe(static q => q.Standing == Standing.Thin);
        result.Dimensions.ShouldAllBe(static d => d.Provisional);
    }

    [Fact]
    public void Whose_events_bear_out_everything_reaches_the_highest_level()
    {
        var result = (Answered(1, 1).AllMeasured() with { Attestations = [new("D8.2", true, 1), new("D8.6", true, 11)] }).Assess();
        (result.Floor, result.Mean, result.Dimensions.All(static d => d.Bounds.Confirmed)).ShouldBe((4, 4, true));
        result.Calibration.ShouldBe(new Calibration(0, 46));
        (result.EvidenceShare, result.Target.Share).ShouldBe((46.0 / 48, 1));
        var views = AssessmentViews.Of(result, Shipped);
        (views.Microsoft.Overall, views.Google.Overall, views.Traits.All(static t => t.Value == 1)).ShouldBe((4, 2, true));
    }

    [Fact]
    public void Whose_events_contradict_a_claim_hears_that_first_and_the_events_count()
    {
        var result = Answered(1, 1).AllMeasured().Measured("D4.5", 2, 40).Measured("D3.1", 25, 40).Assess();
        result.Contradictions.Select(static q => q.Question.Id).ShouldBe(["D4.5", "D3.1"]);
        (result["D4.5"].Final, result["D4.5"].Delta, result["D4.5"].Standing).ShouldBe((0.25, 0.75, Standing.Evidenced));
        result.Dimensions.Single(static d => d.Dimension.Id == "D4").Level.Level.ShouldBe(2);
        result.Calibration!.Mean.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Whose_events_show_more_than_it_claims_gets_what_they_show()
    {
        var result = Answered(0.25, 0.5).AllMeasured().Assess();
        (result["D2.1"].Final, result["D2.1"].Delta, result.Contradictions.Count).ShouldBe((1, -0.875, 0));
        result.Calibration!.Mean.ShouldBeLessThan(0);
    }

    [Fact]
    public void Whose_window_is_empty_is_unknown_and_not_perfect()
    {
        var result = Nothing.Measured("D2.1", 0, 0).Measured("D5.5", 0, 0).Assess();
        (result["D2.1"].Final, result["D5.5"].Final, result.Answered).ShouldBe((null, null, 0));
    }

    [Fact]
    public void With_ten_perfect_deployments_stays_provisional_and_with_thirty_five_does_not()
    {
        Answered(1, 1).Measured("D4.5", 10, 10).Assess()["D4.5"].Provisional.ShouldBeTrue();
        Answered(1, 1).Measured("D4.5", 35, 35).Assess()["D4.5"].Provisional.ShouldBeFalse();
    }

    [Fact]
    public void With_four_versions_only_is_held_to_its_claim_by_half()
    {
        var result = Answered(1, 1).Measured("D2.1", 4, 4).Assess();
        (result["D2.1"].Final, result["D2.1"].Standing, result["D2.1"].Delta).ShouldBe((0.5, Standing.Thin, null));
    }

    [Fact]
    public void Whose_members_disagree_shows_it_and_counts_what_nobody_disputes()
    {
        var result = (Nothing with { Answers = [new("D8.2", "ada", 1, 1), new("D8.2", "bob", 0.25, 0.5), new("D8.6", "ada", 0.5, 0.5)], Attestations = [new("D8.2", true, 1)] }).Assess();
        result.Disagreements.Select(static q => q.Question.Id).ShouldBe(["D8.2"]);
        result["D8.2"].Claims.ShouldBe([new("ada", 1), new("bob", 0.125)]);
        (result["D8.2"].Disagreement, result["D8.2"].Final).ShouldBe((0.875, 0.125));
    }

    [Fact]
    public void That_answered_the_scan_alone_gets_a_provisional_result_and_keeps_its_answers()
    {
        var result = Answered(1, 0.5, [.. Shipped.Scan.Select(static q => q.Id)]).Assess();
        (result.ScanOnly, result.Headline).ShouldBe((true, false));
        result.Dimensions.Single(static d => d.Dimension.Id == "D6").Bounds.ShouldSatisfyAllConditions(static b => b.Low.Level.ShouldBe(0), static b => b.High.Level.ShouldBe(4));
        Answered(1, 0.5).Assess().ScanOnly.ShouldBeFalse();
    }

    [Fact]
    public void Where_a_question_does_not_apply_shows_the_level_with_and_without_it()
    {
        var input = Answered(1, 1).AllMeasured().Measured("D6.2", 0, 40).Measured("D6.6", 40, 40);
        var exempted = (input with { Exemptions = [new("D6.2", "ada", "eve", Noon.AddMonths(6))] }).Assess().Dimensions.Single(static d => d.Dimension.Id == "D6");
        (exempted.Level.Level, exempted.WithoutExemptions.Level).ShouldBe((4, 1));
        (input with { Exemptions = [new("D6.2", "ada", "eve", Noon)] }).Assess().Dimensions.Single(static d => d.Dimension.Id == "D6").Level.Level.ShouldBe(1, "an exemption that has run out is none");
    }

    [Fact]
    public void Whose_whole_dimension_does_not_apply_has_no_level_there_and_is_not_praised_for_it()
    {
        var all = Shipped.Dimensions.Single(static d => d.Id == "D6").Questions.Select(static q => new Exemption(q.Id, "ada", "eve", Noon.AddMonths(6)));
        var result = (Nothing with { Exemptions = [.. all] }).Assess();
        result.Dimensions.Single(static d => d.Dimension.Id == "D6").Assessed.ShouldBeFalse();
        (result.Floor, result.Mean).ShouldBe((0, 0));
    }

    [Fact]
    public void Says_which_statement_blocks_the_next_level_of_each_published_model()
    {
        var views = AssessmentViews.Of(Answered(1, 1).AllMeasured().Measured("D1.2", 1, 40).Measured("D2.2", 1, 40).Assess(), Shipped);
        views.Google.Blocking.Select(static p => p.Id).ShouldBe(["GO.1.3", "GO.1.5"]);
        (views.Google.Overall, views.Google.Claimed).ShouldBe((0, 2));
        views.Microsoft.Blocking.Select(static p => p.Id).ShouldBe(["MS.C2.2"]);
        (views.Microsoft.Overall, views.Microsoft.Claimed).ShouldBe((1, 4));
    }

    [Fact]
    public void Gives_each_role_its_gap()
    {
        var gaps = RoleGaps.Of(Answered(1, 1).AllMeasured().Measured("D4.1", 0, 40).Measured("D5.3", 0, 40).Assess(), Shipped.People).ToDictionary(static g => g.Role.Id, StringComparer.Ordinal);
        gaps["ml_engineer"].Gap.ShouldBe(0);
        gaps["mlops_engineer"].Widest.ShouldBe(["D4.1", "D5.3"]);
        gaps["mlops_engineer"].Gap!.Value.ShouldBe(2.0 / 18, 1e-12);
        gaps["team_lead"].Gap!.Value.ShouldBe(1.0 / 6, 1e-12);
    }

    [Fact]
    public void Every_question_belongs_to_exactly_one_role() =>
        Shipped.People.Roles.SelectMany(static r => r.Owns).Order(StringComparer.Ordinal).ShouldBe(Shipped.Questions.Select(static q => q.Id).Order(StringComparer.Ordinal));
}
