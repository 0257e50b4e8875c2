using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Models;

public sealed class RegisteringAModel
{
    private static readonly RegisterModel Credit = new("credit", "lending", true, Text("scores loans"), ["credit-scoring"]);

    [Fact]
    public void Is_recorded() => Nothing().When(By(Ada, Credit)).Then(new ModelRegistered("credit", "lending", Text("scores loans"), ["credit-scoring"], "ada", Noon));

    [Fact]
    public void Is_refused_when_the_name_is_taken() => Registered().When(By(Ada, Credit)).ThenRefused("model-exists", RefusalKind.Conflict);

    [Fact]
    public void Is_refused_when_the_team_was_never_formed() =>
        Nothing().When(By(Ada, Credit with { TeamExists = false })).ThenRefused("team-unknown", RefusalKind.Unprocessable).Why.ShouldContain("lending");

    [Fact]
    public void Comes_before_everything_else() => Nothing().When(By(Ada, new WriteCard(null))).ThenRefused("model-unknown", RefusalKind.NotFound);

    [Fact]
    public void Leaves_it_judged_as_the_highest_but_never_as_prohibited()
    {
        var model = Registered().State;
        (model.JudgedRisk.EuAiAct, model.JudgedRisk.Tier, model.JudgedRisk.IsHigh).ShouldBe(("high", 1, true));
    }

    [Fact]
    public void Is_described_by_a_card_that_can_be_rewritten() =>
        Registered().When(By(Ada, new WriteCard(Text("card")))).Then(new ModelCardWritten(Text("card"), "ada", Noon)).Card.ShouldBe(Text("card"));
}
