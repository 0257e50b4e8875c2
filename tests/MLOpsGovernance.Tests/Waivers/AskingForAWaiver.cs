using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Waivers;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;
using static MLOpsGovernance.Tests.Waivers.CreditWaiver;

namespace MLOpsGovernance.Tests.Waivers;

public sealed class AskingForAWaiver
{
    [Fact]
    public void Is_kept_in_mind_by_the_model_for_what_the_version_is_now()
    {
        var model = Versioned().When(By(Ada, Note)).Then(Noted);
        model.Waivers.ShouldHaveSingleItem().Id.ShouldBe("w1");
        model.CurrentWaivers.ShouldBe(model.Waivers);
        Versioned().Done(By(Ada, Note)).When(By(Ada, Note)).ThenNothing();
    }

    [Fact]
    public void May_name_a_version_by_its_artifact_or_its_image_or_none_at_all()
    {
        Versioned().When(By(Ada, Note with { Version = null, ArtifactDigest = Digest(1) })).Then(Noted);
        Versioned().When(By(Ada, Note with { ArtifactDigest = Digest(101) })).Then(Noted);
        Versioned().When(By(Ada, Note with { Version = null })).Then(Noted with { Version = null, Digests = null });
    }

    [Fact]
    public void Begins_the_waivers_own_history() => Given.Events<Waiver>(Waiver.Evolve).When(By(Ada, Request, Noon)).Then(Requested).StateAt(Noon).ShouldBe(Waiver.Requested);

    public static TheoryData<NoteWaiver, string> Impossible => new()
    {
        { Note with { Rule = null }, "rule-unknown" },
        { Note with { Rule = Rule with { Waivable = false } }, "rule-not-waivable" },
        { Note with { EnvironmentExists = false }, "environment-unknown" },
        { Note with { Version = 9 }, "version-unknown" },
        { Note with { ArtifactDigest = Digest(2) }, "digest-unknown" },
        { Note with { Version = null, ArtifactDigest = Digest(77) }, "digest-unknown" },
        { Note with { ExpiresAt = Noon }, "expiry-passed" },
        { Note with { ExpiresAt = Noon.AddDays(-1) }, "expiry-passed" },
        { Note with { ExpiresAt = Noon.AddDays(30).AddTicks(1) }, "waiver-too-long" },
        { Note with { HasControl = false }, "compensating-control-required" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Is_refused_where_it_cannot_be(NoteWaiver note, string code) => Versioned().When(By(Ada, note)).ThenRefused(code);

    [Fact]
    public void May_last_as_long_as_the_policy_allows_and_need_no_control_where_none_is_demanded()
    {
        Versioned().When(By(Ada, Note with { ExpiresAt = Noon.AddDays(30) })).ThenAccepted();
        Versioned().When(By(Ada, Note with { HasControl = false, Rule = Rule with { ControlRequired = false } })).ThenAccepted();
        Versioned().When(By(Ada, Note with { ExpiresAt = DateTimeOffset.MaxValue, Rule = Rule with { MostSeconds = long.MaxValue } })).ThenAccepted();
    }

    [Fact]
    public void Is_never_a_machines() => Versioned().When(By(AdasKey, Note)).ThenRefused("requester-not-human", RefusalKind.Forbidden);

    [Fact]
    public void Is_refused_for_what_nobody_gives_leave_for()
    {
        Registered().And(new ModelRiskConfirmed(new("prohibited", 1), "risk", Noon), Version(1, "ada")).When(By(Ada, Note)).ThenRefused("prohibited-practice");
        Versioned().And(new ModelRiskProposed(new("prohibited", 1), "ada", Noon)).When(By(Ada, Note)).ThenRefused("prohibited-practice");
        Versioned().And(new ModelVersionRecalled(1, null, "eve", Noon)).When(By(Ada, Note)).ThenRefused("version-recalled");
        Versioned().And(new ModelRetired(null, null, [], "ada", Noon)).When(By(Ada, Note)).ThenRefused("model-retired");
    }

    public static TheoryData<NoteWaiver> Covered => new()
    {
        Note with { Id = "w2" },
        Note with { Id = "w2", ExpiresAt = Noon.AddDays(9) },
        Note with { Id = "w2", Version = null, ArtifactDigest = Digest(101) },
    };

    [Theory]
    [MemberData(nameof(Covered))]
    public void Is_refused_where_the_rule_is_waived_for_as_long_already(NoteWaiver again) =>
        Versioned().Done(By(Ada, Note)).When(By(Bob, again)).ThenRefused("waiver-exists", RefusalKind.Conflict).Why.ShouldContain("w1");

    [Fact]
    public void Is_refused_for_one_version_where_it_is_waived_for_all() =>
        Versioned().Done(By(Ada, Note with { Version = null })).When(By(Bob, Note with { Id = "w2", Version = 2 })).ThenRefused("waiver-exists");

    public static TheoryData<NoteWaiver> Beyond => new()
    {
        Note with { Id = "w2", Version = 2 },
        Note with { Id = "w2", Version = null },
        Note with { Id = "w2", Environment = "staging" },
        Note with { Id = "w2", RuleId = "REL-002", Rule = Rule with { Rule = "REL-002" } },
        Note with { Id = "w2", Ended = ["w1"] },
    };

    [Theory]
    [MemberData(nameof(Beyond))]
    public void Is_taken_where_it_goes_beyond_what_is_waived(NoteWaiver another) => Versioned().Done(By(Ada, Note)).When(By(Bob, another)).ThenAccepted();

    [Fact]
    public void Goes_on_from_the_one_that_it_outlasts()
    {
        var model = Versioned().Done(By(Ada, Note)).When(By(Bob, Note with { Id = "w2", ExpiresAt = Noon.AddDays(20) })).ThenAccepted();
        model.Waivers[^1].Renews.ShouldBe("w1");
    }

    [Fact]
    public void Is_for_another_thing_once_the_version_was_built_anew() =>
        Versioned().Done(By(Ada, Note)).And(new ModelArtifactReplaced(1, Digest(3), null, "ada", Noon)).When(By(Bob, Note with { Id = "w2" })).ThenAccepted().Waivers[^1].Digests.ShouldBe([Digest(3)]);

    [Fact]
    public void Forgets_for_the_gate_what_has_ended_and_never_for_the_history()
    {
        var later = Noon.AddDays(11);
        var model = Versioned().Done(By(Ada, Note)).When(By(Bob, Note with { Id = "w2", ExpiresAt = later.AddDays(1) }, later)).ThenAccepted();
        (model.Waivers.Count, model.CurrentWaivers.ShouldHaveSingleItem().Id, model.CurrentWaivers[0].Renews).ShouldBe((2, "w2", null));
    }

    [Fact]
    public void Is_refused_beyond_what_the_gate_looks_at()
    {
        var full = Versioned().And(Enumerable.Range(0, Waiver.MostAtOnce).Select(i => Noted with { Waiver = $"x{i}", Rule = $"X-{i}" }));
        full.When(By(Ada, Note)).ThenRefused("too-many-waivers");
        full.When(By(Ada, Note with { Ended = ["x0"] })).ThenAccepted();
        full.When(By(Ada, Note with { Environment = "staging" })).ThenAccepted();
    }
}
