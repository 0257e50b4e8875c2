using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.ApiKeys;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.ApiKeys;

public sealed class MakingAKey
{
    private static readonly CreateApiKey Create = new("k1", "nightly build", "5f2b", new(["lending"], ["staging"]), null);

    private static Given<ApiKey> Made() => Given.Events<ApiKey>(ApiKey.Evolve).Done(By(Ada, Create));

    private static Func<ApiKey, Decision> By(Actor actor, ApiKeyCommand command) => key => ApiKeyDecider.Decide(key, command, actor, Noon);

    [Fact]
    public void Makes_its_maker_answer_for_it()
    {
        var key = Given.Events<ApiKey>(ApiKey.Evolve).When(By(Ada, Create)).Then(new ApiKeyCreated("k1", "nightly build", "ada", "5f2b", new(["lending"], ["staging"]), Noon.AddDays(90), "ada", Noon));
        (key.Subject, key.Owner).ShouldBe(("key:k1", "ada"));
        Name.IsMachine(key.Subject).ShouldBeTrue();
    }

    [Fact]
    public void Is_refused_to_machines_and_under_an_id_in_use()
    {
        Given.Events<ApiKey>(ApiKey.Evolve).When(By(AdasKey, Create)).ThenRefused("owner-not-human", RefusalKind.Forbidden);
        Made().When(By(Ada, Create)).ThenRefused("api-key-exists", RefusalKind.Conflict);
    }

    public static TheoryData<TimeSpan, bool> Expiries => new()
    {
        { TimeSpan.Zero, false },
        { TimeSpan.FromTicks(1), true },
        { TimeSpan.FromDays(366), true },
        { TimeSpan.FromDays(366) + TimeSpan.FromTicks(1), false },
    };

    [Theory]
    [MemberData(nameof(Expiries))]
    public void Lasts_for_a_year_at_most(TimeSpan after, bool allowed)
    {
        var outcome = Given.Events<ApiKey>(ApiKey.Evolve).When(By(Ada, Create with { ExpiresAt = Noon + after }));
        if (allowed) outcome.ThenAccepted().ExpiresAt.ShouldBe(Noon + after);
        else outcome.ThenRefused("expiry-out-of-range", RefusalKind.Unprocessable);
    }

    [Fact]
    public void Is_live_until_the_very_instant_it_expires() =>
        (Made().State.IsLive(Noon.AddDays(90).AddTicks(-1)), Made().State.IsLive(Noon.AddDays(90)), new ApiKey { ExpiresAt = Noon }.IsLive(Noon.AddDays(-1))).ShouldBe((true, false, false));

    [Fact]
    public void Limits_it_to_its_scope()
    {
        var scope = Made().State.Scope;
        (scope.CoversTeam("lending"), scope.CoversTeam("churn"), scope.CoversEnvironment("staging"), scope.CoversEnvironment("production")).ShouldBe((true, false, true, false));
        (new KeyScope([], []).CoversTeam("churn"), new KeyScope([], []).CoversEnvironment("production")).ShouldBe((true, true));
    }

    [Fact]
    public void Is_undone_by_its_owner_or_an_administrator()
    {
        Made().When(By(Ada, new RevokeApiKey(Text("leaked")))).Then(new ApiKeyRevoked(Text("leaked"), "ada", Noon)).IsLive(Noon).ShouldBeFalse();
        Made().When(By(Root, new RevokeApiKey(null))).ThenAccepted().RevokedAt.ShouldBe(Noon);
        Made().When(By(Bob, new RevokeApiKey(null))).ThenRefused("not-the-owner", RefusalKind.Forbidden);
        Made().Done(By(Ada, new RevokeApiKey(null))).When(By(Ada, new RevokeApiKey(null))).ThenRefused("api-key-revoked", RefusalKind.Conflict);
        Given.Events<ApiKey>(ApiKey.Evolve).When(By(Ada, new RevokeApiKey(null))).ThenRefused("api-key-unknown", RefusalKind.NotFound);
    }
}
