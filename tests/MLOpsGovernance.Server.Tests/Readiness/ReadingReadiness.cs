namespace MLOpsGovernance.Server.Tests.Readiness;

/// <summary>What the gate would say, before anyone deploys and without a decision on record.</summary>
public sealed class ReadingReadiness(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Reader = "dev:viewer:vera";

    [Fact]
    public async Task Says_all_that_the_gate_would_say_and_records_nothing()
    {
        var world = await shared.FoundedAsync();
        // Whoever is seen for the first time is recorded as a person; that is no matter of readiness.
        await World.Must(200, world.As(Reader).GetJsonAsync(world.Path(1)));
        var before = await RecordedAsync();

        var readiness = await ReadAsync(world);

        (readiness.Json!["ready"]!.GetValue<bool>(), readiness.Text("outcome"), readiness.Text("waitingFor"), readiness.Text("action"), readiness.Text("artifactDigest"))
            .ShouldBe((false, "deny", "human", "deploy", World.Artifact));
        readiness.Json["missing"]!.AsArray().Select(m => m.Text("role")).ShouldBe(["contributor", "model-validator"]);
        (await RecordedAsync()).ShouldBe(before);

        var check = await world.CheckAsync();
        readiness.Json["rules"]!.ToJsonString().ShouldBe(check.Json!["rules"]!.ToJsonString());
        readiness.Text("factsDigest").ShouldBe(check.Text("factsDigest"));
    }

    [Fact]
    public async Task Becomes_ready_when_what_is_missing_was_done()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();

        var readiness = await ReadAsync(world);

        readiness.Json!["ready"]!.GetValue<bool>().ShouldBeTrue(readiness.Json.ToJsonString());
        readiness.Json["missing"]!.AsArray().ShouldBeEmpty();
        readiness.Json["annotations"]!["release/approvers"]!.GetValue<string>().ShouldBe("eve");
    }

    [Fact]
    public async Task Is_for_a_rollback_too()
    {
        var world = await shared.FoundedAsync();

        var readiness = await ReadAsync(world, "production&action=rollback");

        readiness.Json!["rules"]!.AsArray().Single(r => r.Text("rule") == "RBK-001").Text("resolvable").ShouldBe("by-change");
    }

    [Theory]
    [InlineData("-nowhere", 1, "production", "model-unknown")]
    [InlineData("", 9, "production", "version-unknown")]
    [InlineData("", 1, "nowhere", "environment-unknown")]
    public async Task Is_not_found_for_what_is_not_known(string more, int version, string environment, string code)
    {
        var world = await shared.FoundedAsync();
        await World.Refused(404, code, world.Ann.GetJsonAsync($"{world.Path()}{more}/versions/{version}/readiness?environment={environment}"));
    }

    private static Task<Answer> ReadAsync(World world, string environment = "production") =>
        World.Must(200, world.As(Reader).GetJsonAsync($"{world.Path(1)}/readiness?environment={environment}"));

    /// <summary>Every event, as it is stored. The audit trail shows none before all that may come ahead of it have settled, and so a moment later.</summary>
    private async Task<object?> RecordedAsync() => await Storage.LocalPostgresTest.QueryAsync(shared.Connection, "select string_agg(concat(seq_id, ' ', type, ' ', stream_id), ', ' order by seq_id) from governance.mt_events where stream_id <> 'mt_tombstone'");
}
