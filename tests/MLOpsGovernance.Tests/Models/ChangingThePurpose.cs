using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Models;

public sealed class ChangingThePurpose
{
    [Fact]
    public void Is_recorded_when_the_words_change() =>
        Registered().When(By(Ada, new ChangePurpose(Text("scores people"), true, ["credit-scoring"])))
            .Then(new ModelPurposeChanged(Text("scores people"), ["credit-scoring"], "ada", Noon)).PurposeRevision.ShouldBe(1);

    [Fact]
    public void Keeps_the_words_when_only_the_codes_change() =>
        Registered().When(By(Ada, new ChangePurpose(null, false, ["marketing"]))).Then(new ModelPurposeChanged(Text("scores loans"), ["marketing"], "ada", Noon));

    [Fact]
    public void Keeps_the_codes_that_are_left_out() =>
        Registered().Done(By(Ada, new ChangePurpose(null, false, ["marketing"]))).When(By(Ada, new ChangePurpose(Text("scores people"), true, null)))
            .Then(new ModelPurposeChanged(Text("scores people"), ["marketing"], "ada", Noon));

    [Fact]
    public void Is_nothing_when_neither_changes() => Registered().When(By(Ada, new ChangePurpose(Text("scores loans"), false, ["credit-scoring"]))).ThenNothing();
}
