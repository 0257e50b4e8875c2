using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Tests.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Recertification;

public sealed class RecertifyingAModel
{
    private static readonly RecertifyModel Again = new(true, Text("all of it still holds"), CallerInTeam: true);

    [Fact]
    public void Is_for_a_member_of_the_owning_team() =>
        CreditModel.Registered().When(CreditModel.By(Ada, Again, Noon.AddDays(80))).Then(new ModelRecertified(true, Text("all of it still holds"), "ada", null, Noon.AddDays(80)));

    [Fact]
    public void Is_refused_to_everybody_else()
    {
        CreditModel.Registered().When(CreditModel.By(Ada, Again with { CallerInTeam = false })).ThenRefused("not-in-team", RefusalKind.Forbidden);
        CreditModel.Registered().When(CreditModel.By(AdasKey, Again)).ThenRefused("recertifier-not-human", RefusalKind.Forbidden);
        CreditModel.Nothing().When(CreditModel.By(Ada, Again)).ThenRefused("model-unknown");
        CreditModel.Registered().And(new ModelRetired(null, null, [], "ada", Noon)).When(CreditModel.By(Ada, Again)).ThenRefused("model-retired");
    }

    [Fact]
    public void Moves_the_date_of_the_next_time()
    {
        var (terms, before) = (RecertificationTerms.Default, CreditModel.Registered());
        terms.DueAt(before.State.RegisteredAt, before.State.Recertified).ShouldBe(Noon.AddMonths(3));
        var after = before.Done(CreditModel.By(Ada, Again, Noon.AddDays(80))).State;
        terms.DueAt(after.RegisteredAt, after.Recertified).ShouldBe(Noon.AddDays(80).AddMonths(3));
    }
}
