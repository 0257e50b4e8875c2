using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Models;

public sealed class NamingAVersionByAlias
{
    [Fact]
    public void Points_it_to_a_version_and_moves_it()
    {
        var set = Versioned().Done(By(Ada, new SetAlias("champion", 1)));
        set.When(By(Ada, new SetAlias("champion", 2))).Then(new ModelAliasSet("champion", 2, "ada", Noon)).Aliases["champion"].ShouldBe(2);
        set.When(By(Ada, new SetAlias("champion", 1))).ThenNothing();
        set.When(By(Ada, new RemoveAlias("champion"))).Then(new ModelAliasRemoved("champion", "ada", Noon)).Aliases.ShouldBeEmpty();
    }

    [Fact]
    public void Is_refused_for_what_does_not_exist()
    {
        Versioned().When(By(Ada, new SetAlias("champion", 9))).ThenRefused("version-unknown", RefusalKind.NotFound);
        Versioned().When(By(Ada, new RemoveAlias("champion"))).ThenRefused("alias-unknown", RefusalKind.NotFound);
    }

    [Fact]
    public void Is_refused_for_a_version_that_serves_no_more()
    {
        Versioned().And(new ModelVersionRecalled(1, null, "risk", Noon)).When(By(Ada, new SetAlias("champion", 1))).ThenRefused("version-recalled", RefusalKind.Conflict);
        Versioned().And(new ModelRetired(1, null, [], "risk", Noon)).When(By(Ada, new SetAlias("champion", 1))).ThenRefused("version-retired", RefusalKind.Conflict);
    }
}
