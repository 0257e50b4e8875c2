using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Models;

public sealed class RegisteringAVersion
{
    [Fact]
    public void Gives_it_the_next_number()
    {
        Classified().When(By(Ada, By("ada"))).ThenAccepted().Versions.Keys.ShouldBe([1]);
        Versioned().When(By(Ada, By("ada"))).ThenAccepted().Versions.Keys.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Records_what_it_is_made_of() =>
        Classified().When(By(Ada, By("bob") with { People = ["ada", "bob"] })).Then(new ModelVersionRegistered(
            1, Digest(1), Digest(2), "scikit-learn", Digest(3), "c0ffee", "run-1", [new("loans", "2026-10")], [new("auc", 0.81)], ["ada", "bob"], ["ada", "bob"], "ada", Noon));

    [Fact]
    public void Counts_the_caller_and_the_owner_of_the_credential_as_authors_whatever_they_declare()
    {
        var version = Classified().When(By(AdasKey, By("bob") with { People = ["bob", "ada"] })).ThenAccepted().Versions[1];
        version.Authors.ShouldBe(["ada", "bob", "key:k1"]);
        version.HumanAuthors.ShouldBe(["ada", "bob"]);
    }

    [Fact]
    public void Names_each_author_once_and_in_ordinal_order() =>
        Classified().When(By(Ada, By("b", "a", "B", "ada", "a") with { People = ["B", "a", "ada", "b"] })).ThenAccepted().Versions[1].Authors.ShouldBe(["B", "a", "ada", "b"]);

    [Fact]
    public void Is_refused_with_an_author_who_is_not_known_as_a_person() =>
        Classified().When(By(Ada, By("ada", "nobody") with { People = ["ada"] })).ThenRefused("unknown-author", RefusalKind.Unprocessable).Why.ShouldContain("nobody");

    [Fact]
    public void Is_refused_on_a_dataset_that_is_not_registered() =>
        Classified().When(By(Ada, By("ada") with { UnknownDatasets = [new("loans", "2031-01")] })).ThenRefused("dataset-unknown", RefusalKind.Unprocessable).Why.ShouldContain("2031-01");

    public static TheoryData<RiskClass?, bool> Risks => new()
    {
        { null, true },
        { new("minimal", 1), true },
        { new("high", 3), true },
        { new("prohibited", 3), true },
        { new("limited", 2), false },
        { new("minimal", 3), false },
    };

    [Theory]
    [MemberData(nameof(Risks))]
    public void Needs_a_human_author_where_the_risk_is_judged_high_or_tier_1(RiskClass? confirmed, bool needed)
    {
        var given = confirmed is null ? Registered() : Registered().And(new ModelRiskConfirmed(confirmed, "risk", Noon));
        var outcome = given.When(By(Pipeline, By() with { People = [] }));
        if (needed) outcome.ThenRefused("human-author-required", RefusalKind.Unprocessable);
        else outcome.ThenAccepted().Versions[1].HumanAuthors.ShouldBeEmpty();
    }

    [Fact]
    public void Takes_the_owner_of_a_key_for_the_human_author() =>
        Registered().When(By(AdasKey, By() with { People = ["ada"] })).ThenAccepted().Versions[1].HumanAuthors.ShouldBe(["ada"]);

    [Fact]
    public void Does_not_take_somebody_for_an_author_only_because_they_are_listed_among_the_people() =>
        Registered().When(By(Pipeline, By() with { People = ["ada"] })).ThenRefused("human-author-required");

    private static RegisterVersion By(params string[] authors) => new(
        Digest(1), Digest(2), "scikit-learn", Digest(3), "c0ffee", "run-1", [new("loans", "2026-10")], [new("auc", 0.81)], authors, ["ada", .. authors.Where(a => a != "ada")], []);

    private static Func<Model, Decision> By(Actor actor, ModelCommand command) => CreditModel.By(actor, command);
}
