using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Models;

public sealed class SuspendingAndResuming
{
    private static Given<Model> Suspended(int? version) => Versioned().And(new ModelSuspended(version, Text("drifts"), "lead", Noon));

    [Fact]
    public void Stops_the_model_or_one_version()
    {
        Versioned().When(By(Ada, new SuspendModel(null, Text("drifts")))).Then(new ModelSuspended(null, Text("drifts"), "ada", Noon)).Suspended.ShouldNotBeNull().By.ShouldBe("ada");
        var model = Versioned().When(By(AdasKey, new SuspendModel(2, null))).Then(new ModelSuspended(2, null, "key:k1", Noon));
        (model.Suspended, model.Versions[1].Suspended, model.Versions[2].Suspended?.By).ShouldBe((null, null, "key:k1"));
    }

    [Fact]
    public void Is_refused_for_what_stands_still_already()
    {
        Suspended(null).When(By(Lead, new SuspendModel(null, null))).ThenRefused("model-suspended", RefusalKind.Conflict);
        Suspended(1).When(By(Lead, new SuspendModel(1, null))).ThenRefused("version-suspended", RefusalKind.Conflict);
        Suspended(1).When(By(Lead, new SuspendModel(9, null))).ThenRefused("version-unknown");
    }

    [Fact]
    public void Is_lifted_by_somebody_without_a_hand_in_it()
    {
        Suspended(null).When(By(Eve, new ResumeModel(null, Text("fixed")))).Then(new ModelResumed(null, Text("fixed"), "eve", Noon)).Suspended.ShouldBeNull();
        Suspended(2).When(By(Bob, new ResumeModel(2, null))).Then(new ModelResumed(2, null, "bob", Noon)).Versions[2].Suspended.ShouldBeNull();
    }

    [Theory]
    [InlineData(null, "ada")]
    [InlineData(null, "bob")]
    [InlineData(1, "bob")]
    [InlineData(2, "ada")]
    public void Is_not_lifted_by_an_author(int? version, string author)
    {
        Suspended(version).When(By(new(author, true, [Roles.AiRiskOfficer]), new ResumeModel(version, null))).ThenRefused("resumer-is-author", RefusalKind.Forbidden);
        Suspended(version).When(By(Eve.Through(author), new ResumeModel(version, null))).ThenRefused("resumer-is-author");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void Is_not_lifted_by_a_machine(int? version) => Suspended(version).When(By(EvesKey, new ResumeModel(version, null))).ThenRefused("resumer-not-human", RefusalKind.Forbidden);

    [Fact]
    public void Is_not_lifted_where_there_is_none()
    {
        Versioned().When(By(Eve, new ResumeModel(null, null))).ThenRefused("model-not-suspended", RefusalKind.Conflict);
        Versioned().When(By(Eve, new ResumeModel(1, null))).ThenRefused("version-not-suspended", RefusalKind.Conflict);
        Versioned().When(By(Eve, new ResumeModel(9, null))).ThenRefused("version-unknown");
    }
}
