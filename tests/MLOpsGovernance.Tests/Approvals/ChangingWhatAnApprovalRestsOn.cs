using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Approvals;

/// <summary>Material is exactly: artifact or image digest, authors, purpose, a raised or lowered risk class or tier, the class or withdrawal of a training dataset or of what it was made from.</summary>
public sealed class ChangingWhatAnApprovalRestsOn
{
    public static TheoryData<string, ModelCommand, string, string> OwnChanges => new()
    {
        // by, what, code, part of the sentence
        { "ada", new ReplaceArtifact(1, Digest(9), null), "artifact-changed", $"the artifact is {Digest(9)}, approved was {Digest(1)}" },
        { "ada", new ReplaceArtifact(1, null, Digest(9)), "image-changed", $"the image is {Digest(9)}, approved was {Digest(101)}" },
        { "lead", new AddAuthor(1, "eve", true), "authors-changed", "the authors are ada, bob, eve, at approval they were ada, bob" },
        { "lead", new AddAuthor(1, "zoe", true), "authors-changed", "ada, bob, zoe" },
        { "ada", new ChangePurpose(Text("scores people"), true, ["credit-scoring"]), "purpose-changed", "purpose was changed" },
        { "ada", new ChangePurpose(null, false, ["marketing"]), "purpose-changed", "purpose was changed" },
        { "risk", new ClassifyModel(new("limited", 3), false), "risk-raised", "raised to limited, tier 3" },
        { "risk", new ClassifyModel(new("minimal", 2), false), "risk-raised", "raised to minimal, tier 2" },
        { "risk", new ClassifyModel(new("prohibited", 3), false), "risk-raised", "raised to prohibited" },
        { "ada", new ClassifyModel(new("high", 1), true), "risk-raised", "raised to high, tier 1, after the approval (minimal, tier 3)" },
    };

    [Theory]
    [MemberData(nameof(OwnChanges))]
    public void Supersedes_it_at_once_and_the_gate_says_why(string by, ModelCommand change, string code, string why)
    {
        var outcome = Approved().When(By(new(by, true, [Roles.Contributor, Roles.AiRiskOfficer]), change));
        var model = outcome.ThenAccepted();
        outcome.Decision.Events.OfType<ApprovalSuperseded>().ShouldHaveSingleItem().Causes.ShouldContain(cause => cause == code);

        var standing = model.Standing();
        (standing.State, standing.IsLive).ShouldBe(("superseded", false));
        standing.Why.Single(w => w.Code == code).Why.ShouldContain(why);
    }

    [Theory]
    [MemberData(nameof(OwnChanges))]
    public void Is_seen_without_waiting_for_the_event_that_says_so(string by, ModelCommand change, string code, string why)
    {
        var approved = Approved();
        var changes = approved.When(By(new(by, true, [Roles.Contributor, Roles.AiRiskOfficer]), change)).Decision.Events.Where(e => e is not ApprovalSuperseded);
        approved.And(changes).State.Standing().Why.ShouldContain(w => w.Code == code && w.Why.Contains(why, StringComparison.Ordinal));
    }

    public static TheoryData<MaterialDataset, string, string> DataChanges => new()
    {
        { Loans with { ClassRevision = 2 }, "dataset-reclassified", "training dataset loans was classified anew after the approval" },
        { Loans with { Withdrawals = 1 }, "dataset-withdrawn", "training dataset loans was withdrawn after the approval" },
        { Loans with { Withdrawals = 1, ClassRevision = 2 }, "dataset-withdrawn", "withdrawn" },
        { Loans with { ClassRevision = -1 }, "dataset-reclassified", "classified anew" },
        { Loans with { Version = "2026-11" }, "dataset-changed", "training dataset loans@2026-11 was not part of the approval" },
    };

    [Theory]
    [MemberData(nameof(DataChanges))]
    public void Is_seen_in_the_training_data_too(MaterialDataset now, string code, string why)
    {
        var standing = Approved().State.Standing(datasets: now);
        standing.State.ShouldBe("superseded");
        standing.Why.ShouldHaveSingleItem().Code.ShouldBe(code);
        standing.Why[0].Why.ShouldContain(why);
    }

    [Theory]
    [MemberData(nameof(DataChanges))]
    public void Is_noted_in_the_history_once_when_it_happened_in_the_data(MaterialDataset now, string code, string why)
    {
        var noted = Approved().Done(By(Birth, new NoteSuperseded(1, [now])));
        noted.State.Versions[1].Approvals[0].Superseded.ShouldBe([code], why);
        noted.When(By(Birth, new NoteSuperseded(1, [now]))).ThenNothing();
    }

    public static TheoryData<MaterialDataset, string, string> SourceChanges => new()
    {
        { Raw with { ClassRevision = 3 }, "dataset-reclassified", "raw, a source of the training data, was classified anew" },
        { Raw with { Withdrawals = 1 }, "dataset-withdrawn", "raw, a source of the training data, was withdrawn" },
    };

    private static readonly MaterialDataset Raw = new("raw", "1", 2, 0, IsSource: true);

    [Theory]
    [MemberData(nameof(SourceChanges))]
    public void Is_seen_in_what_the_training_data_was_made_from(MaterialDataset now, string code, string why)
    {
        var approved = InReview().Done(By(Eve, Approve("a1") with { Datasets = [Loans, Raw] }));
        approved.State.Standing(datasets: [Loans, Raw]).IsLive.ShouldBeTrue();
        var standing = approved.State.Standing(datasets: [Loans, now]);
        standing.State.ShouldBe("superseded");
        standing.Why.ShouldHaveSingleItem().Code.ShouldBe(code);
        standing.Why[0].Why.ShouldContain(why);
    }

    [Fact]
    public void Is_no_source_that_an_approval_of_earlier_times_does_not_mention() => Approved().State.Standing(datasets: [Loans, Raw]).IsLive.ShouldBeTrue();

    [Fact]
    public void Is_a_class_that_was_confirmed_and_is_confirmed_lower()
    {
        var approved = InReview().And(new ModelRiskConfirmed(new("high", 1), "risk", Noon)).Done(By(Eve, Approve("a1")));
        var outcome = approved.When(By(RiskOfficer, new ClassifyModel(Limited, false)));
        outcome.Decision.Events.OfType<ModelRiskConfirmed>().ShouldHaveSingleItem().Approvals.ShouldBe(["a1"]);
        outcome.Decision.Events.OfType<ApprovalSuperseded>().ShouldHaveSingleItem().Causes.ShouldBe(["risk-lowered"]);
        var standing = outcome.ThenAccepted().Standing();
        standing.State.ShouldBe("superseded");
        standing.Why.ShouldHaveSingleItem().Why.ShouldBe("the risk was lowered to limited, tier 2, after the approval (high, tier 1)");

        // Raised again, it is what it was; what was approved in between fell all the same.
        outcome.ThenAccepted().ShouldNotBeNull();
        approved.Done(By(RiskOfficer, new ClassifyModel(Limited, false))).Done(By(RiskOfficer, new ClassifyModel(new("high", 1), false))).State.Standing().State.ShouldBe("superseded");
    }

    [Fact]
    public void Is_both_where_one_part_is_raised_and_the_other_lowered() =>
        InReview().And(new ModelRiskConfirmed(Limited, "risk", Noon)).Done(By(Eve, Approve("a1"))).When(By(RiskOfficer, new ClassifyModel(new("high", 3), false))).ThenAccepted()
            .Standing().Why.Select(w => w.Code).ShouldBe(["risk-raised", "risk-lowered"]);

    [Fact]
    public void Is_counted_from_their_own_time_in_approvals_of_before_lowerings_were_counted()
    {
        var old = InReview().And(new ModelRiskConfirmed(new("high", 1), "risk", Noon), new ModelRiskConfirmed(Minimal, "risk", Noon));
        var approved = old.When(By(Eve, Approve("a1"))).Decision.Events.OfType<VersionApproved>().Single();
        approved.Material.RiskLowerings.ShouldBe(1);
        var recorded = old.And(approved with { Material = approved.Material with { RiskLowerings = null } });
        recorded.State.Standing().IsLive.ShouldBeTrue();
        recorded.And(new ModelRiskConfirmed(Limited, "risk", Noon), new ModelRiskConfirmed(Minimal, "risk", Noon)).State.Standing().State.ShouldBe("superseded");
    }

    [Theory]
    [InlineData("artifact")]
    [InlineData("image")]
    [InlineData("purpose")]
    [InlineData("risk")]
    [InlineData("artifact image purpose risk")]
    public void Does_not_bring_it_back_when_it_is_changed_back(string words)
    {
        var parts = words.Split(' ');
        var there = parts.Aggregate(Approved(), (given, part) => given.Done(By(Ada, Change(part, back: false))));
        var back = parts.Aggregate(there, (given, part) => given.Done(By(part == "risk" ? RiskOfficer : Ada, Change(part, back: true))));
        back.State.Standing().State.ShouldBe("superseded");
        back.State.Standing().Why.ShouldAllBe(w => w.Why.Length > 10);

        static ModelCommand Change(string part, bool back) => part switch
        {
            "artifact" => new ReplaceArtifact(1, Digest(back ? 1 : 9), null),
            "image" => new ReplaceArtifact(1, null, Digest(back ? 101 : 9)),
            "purpose" => new ChangePurpose(Text(back ? "scores loans" : "scores people"), true, ["credit-scoring"]),
            _ => back ? new ClassifyModel(Minimal, false) : new ClassifyModel(new("high", 1), true),
        };
    }

    [Fact]
    public void Stays_in_the_history_when_nothing_else_would_tell() =>
        Approved().And(new ApprovalSuperseded(1, "a1", ["dataset-withdrawn"], "system:gate", Noon)).State.Standing().Why
            .ShouldHaveSingleItem().ShouldBe(new("dataset-withdrawn", "something material changed after the approval"));

    [Fact]
    public void Reaches_the_approvals_of_every_version_when_it_is_the_models_own()
    {
        var both = Approved().And(new ReviewRequested(2, null, ["bob"], "bob", Noon)).Done(By(Eve, Approve("a2", version: 2)));
        var outcome = both.When(By(Ada, new ChangePurpose(null, false, [])));
        outcome.Decision.Events.OfType<ApprovalSuperseded>().Select(e => (e.Version, e.Approval)).ShouldBe([(1, "a1"), (2, "a2")]);
        both.When(By(Ada, new ReplaceArtifact(1, Digest(9), null))).ThenAccepted().Standing("a2").IsLive.ShouldBeTrue();
    }

    [Fact]
    public void Is_told_of_an_approval_once()
    {
        var superseded = Approved().Done(By(Ada, new ChangePurpose(null, false, [])));
        superseded.When(By(Ada, new ReplaceArtifact(1, Digest(9), null))).Then(new ModelArtifactReplaced(1, Digest(9), Digest(101), "ada", Noon));
        Approved().Done(By(Eve, new RevokeApproval(1, "a1", null))).When(By(Ada, new ReplaceArtifact(1, Digest(9), null))).Then(new ModelArtifactReplaced(1, Digest(9), Digest(101), "ada", Noon));
    }
}
