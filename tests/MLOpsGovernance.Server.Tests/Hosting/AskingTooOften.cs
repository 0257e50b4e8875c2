using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Tests.Hosting;

/// <summary>One identity that asks in a loop is told to wait; it keeps nobody else waiting.</summary>
public sealed class AskingTooOften(Database database)
{
    private static readonly object Question = new { model = "m", version = 1, environment = "production", artifactDigest = World.Artifact };

    [Fact]
    public async Task Is_refused_until_the_second_is_over_and_for_this_identity_only()
    {
        await using var server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(AskingTooOften)), null, ("Limits:ChecksPerSecond", "2"));
        var (busy, calm) = (server.As("dev:pipeline:busy"), server.As("dev:pipeline:calm"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => busy.PostJsonAsync("/policy-checks", Question)));

        var refused = answers.Where(a => a.Status == 429).ToList();
        refused.Count.ShouldBeGreaterThan(0);
        refused.ShouldAllBe(a => a.Code == "too-many-requests" && a.ContentType == "application/problem+json" && a.RetryAfter == "1" && a.Detail!.Contains("2 checks in a second"));
        answers.Where(a => a.Status != 429).ShouldAllBe(a => a.Status == 200);
        await World.Must(200, calm.PostJsonAsync("/policy-checks", Question));
        await World.Must(200, busy.GetJsonAsync("/me"));
        // Nothing of a refused one is kept.
        var kept = (await World.Must(200, calm.GetJsonAsync("/audit/events?actor=busy&type=policy_checked&limit=500"))).Json!["items"]!.AsArray();
        kept.Count.ShouldBe(answers.Count(a => a.Status == 200));
        (await World.Must(200, calm.GetJsonAsync("/audit/events?actor=busy&type=attempt_refused"))).Json!["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Counts_each_evaluation_of_a_batch()
    {
        await using var server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(AskingTooOften)), null, ("Limits:ChecksPerSecond", "2"));
        var evaluation = new { subject = new { type = "user", id = "busy" }, action = new { name = "deploy" }, resource = new { type = "model-version", id = "m/1" }, context = new { environment = "production" } };

        var (batch, _) = await server.As("dev:pipeline:busy").PostOutsideAsync("/access/v1/evaluations", new { evaluations = Enumerable.Repeat(evaluation, 12) });

        var codes = batch.Json!["evaluations"]!.AsArray().Select(e => e!["context"].Text("code")).ToList();
        codes.Count.ShouldBe(12);
        codes.Take(2).ShouldAllBe(c => c == "model-unknown");
        codes.ShouldContain("too-many-requests");
        (await World.Must(200, server.As("dev:viewer:calm").GetJsonAsync("/audit/events?actor=busy&type=policy_checked"))).Json!["items"]!.AsArray().Count.ShouldBe(codes.Count(c => c == "model-unknown"));
    }

    [Fact]
    public async Task Is_not_noticed_in_Development_unless_it_is_set()
    {
        await using var server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(AskingTooOften)));
        var busy = server.As("dev:pipeline:busy");
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => busy.PostJsonAsync("/policy-checks", Question)))) answer.Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("1.5")]
    [InlineData("1000001")]
    public async Task Cannot_be_limited_by_what_is_no_number(string setting) =>
        (await Should.ThrowAsync<StartupException>(RunningServer.StartAsync("Host=127.0.0.1;Port=1", null, ("Limits:ChecksPerSecond", setting))))
            .Message.ShouldBe($"Limits__ChecksPerSecond is a whole number from 0, which is no limit, to 1000000; it is '{setting}'.");
}
