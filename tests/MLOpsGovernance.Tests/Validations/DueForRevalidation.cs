using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Validations;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Validations;

/// <summary>When a version is validated anew follows from its tier and from what is at stake.</summary>
public sealed class DueForRevalidation
{
    private static Revalidation Of(Model model) => Revalidation.Of(model, model.Versions[1], Material.Of(model, model.Versions[1], [Loans]), RevalidationTerms.Default);

    [Theory]
    [InlineData(1, false, 6)]
    [InlineData(1, true, 3)]
    [InlineData(2, false, 12)]
    [InlineData(2, true, 6)]
    [InlineData(3, false, 24)]
    [InlineData(3, true, 12)]
    public void Takes_the_months_of_its_tier_and_a_step_less_where_much_is_at_stake(int tier, bool much, int months)
    {
        var risk = new RiskClass("minimal", tier) { Materiality = new(much ? 10_000_000m : 9_999_999m, "EUR", new(2026, 1, 31), 0) };
        var model = Versioned().And(new ModelRiskConfirmed(risk, "risk", Noon)).Done(By(Eve, ValidatingAVersion.Found())).State;
        Of(model).ShouldBe(new(Noon.AddMonths(months), "validation", months));
        var people = risk with { Materiality = new(0, "EUR", new(2026, 1, 31), much ? 100_000 : 99_999) };
        Of(Versioned().And(new ModelRiskConfirmed(people, "risk", Noon)).Done(By(Eve, ValidatingAVersion.Found())).State).Months.ShouldBe(months);
    }

    [Fact]
    public void Is_not_reckoned_before_the_version_was_validated_or_deployed() => Of(Versioned().State).ShouldBe(new(null, "none", 24));

    [Fact]
    public void Is_reckoned_from_the_first_deployment_where_nobody_validated_it()
    {
        var later = Noon.AddMonths(1);
        var model = Versioned().And(
            new ModelDeployed("d1", 1, "staging", "c1", Digest(1), null, "deploy", null, "ada", Noon), new ModelDeployed("d2", 1, "production", "c2", Digest(1), null, "deploy", null, "ada", later)).State;
        Of(model).ShouldBe(new(Noon.AddMonths(24), "deployment", 24));
    }

    [Fact]
    public void Is_reckoned_from_the_last_validation_that_stands_and_found_it_fit()
    {
        var later = Noon.AddMonths(3);
        var twice = Versioned().Done(By(Eve, ValidatingAVersion.Found())).Done(By(Mallory, ValidatingAVersion.Found(id: "v2"), later)).Done(By(Eve, ValidatingAVersion.Found(Validation.Unfit, "v3"), later.AddDays(1)));
        Of(twice.State).DueAt.ShouldBe(later.AddMonths(24));
        Of(twice.Done(By(Ada, new ReplaceArtifact(1, Digest(50), null))).State).Basis.ShouldBe("none", "what was validated is no longer there");
    }

    [Fact]
    public void Comes_sooner_where_the_validation_itself_ends_sooner()
    {
        var due = Of(Versioned().Done(By(Eve, ValidatingAVersion.Found(until: Noon.AddDays(30)))).State);
        due.DueAt.ShouldBe(Noon.AddDays(30));
        (due.IsOverdue(Noon.AddDays(30).AddTicks(-1)), due.IsOverdue(Noon.AddDays(30))).ShouldBe((false, true));
    }
}
