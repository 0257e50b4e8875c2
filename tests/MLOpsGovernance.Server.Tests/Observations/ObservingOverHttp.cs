using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Observations;

/// <summary>What really runs is compared with what is on record, across all models: each difference is one finding, in the history it belongs to.</summary>
public sealed class ObservingOverHttp(SharedServer shared) : IClassFixture<SharedServer>
{
    private static int _serial;

    [Fact]
    public async Task Finds_nothing_where_what_runs_is_what_was_deployed()
    {
        var (world, env, digest) = await LiveAsync();

        var seen = await World.Must(200, ObserveAsync(world, env, digest));

        (seen.Text("state"), seen.Json!["items"]!.GetValue<int>(), seen.Json["discrepancies"]!.AsArray().Count).ShouldBe(("observed", 1, 0));
        (await world.EventsAsync("environment_observed", $"environment:{env}")).ShouldHaveSingleItem()["data"]!["items"]![0].Text("digest").ShouldBe(digest);
        (await world.EventsAsync("finding_opened")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Opens_one_finding_on_the_environment_for_what_nobody_registered_and_leaves_it_to_a_second_person()
    {
        var (world, env, digest) = await LiveAsync();
        var stranger = Fresh();

        var seen = Single(await World.Must(200, ObserveAsync(world, env, digest, stranger)));
        (seen.Text("kind"), seen.Text("digest"), seen["model"]).ShouldBe(("unknown-digest", stranger, null));
        Single(await World.Must(200, ObserveAsync(world, env, digest, stranger))).Text("finding").ShouldBe(seen.Text("finding"));

        var finding = Finding(await World.Must(200, world.Ann.GetJsonAsync($"/environments/{env}")));
        (finding.Text("id"), finding.Text("severity"), finding["open"]!.GetValue<bool>(), finding["vanishedAt"]).ShouldBe((seen.Text("finding"), "high", true, null));
        finding.Text("title").ShouldContain(stranger);
        (await world.EventsAsync("environment_finding_opened", $"environment:{env}")).Count.ShouldBe(1);
        (await World.Must(200, world.Ann.GetJsonAsync("/environments"))).Json!["items"]!.AsArray().Single(e => e.Text("name") == env)!["openFindings"]!.GetValue<int>().ShouldBe(1);

        // It is gone, and says so; but it is closed by people.
        (await World.Must(200, ObserveAsync(world, env, digest))).Json!["discrepancies"]!.AsArray().ShouldBeEmpty();
        finding = Finding(await World.Must(200, world.Ann.GetJsonAsync($"/environments/{env}")));
        (finding["open"]!.GetValue<bool>(), finding["vanishedAt"] is null).ShouldBe((true, false));
        (await world.EventsAsync("discrepancy_vanished", $"environment:{env}")).Count.ShouldBe(1);

        var closure = $"/environments/{env}/findings/{finding.Text("id")}/closure";
        await World.Refused(403, "forbidden", world.Pipeline.PostJsonAsync(closure, new { reason = "gone" }));
        await World.Refused(404, "finding-unknown", world.Eve.PostJsonAsync($"/environments/{env}/findings/{Guid.NewGuid()}/closure", new { reason = "gone" }));
        Finding(await World.Must(200, world.Eve.PostJsonAsync(closure, new { reason = "it was a test" }))).Text("closingReason").ShouldBe("it was a test");
        await World.Refused(409, "finding-closed", world.Eve.PostJsonAsync(closure, new { reason = "again" }));
        (await world.EventsAsync("attempt_refused", $"environment:{env}")).Select(e => e["data"].Text("code")).ShouldBe(["forbidden", "finding-unknown", "finding-closed"]);
    }

    [Fact]
    public async Task Leaves_a_finding_to_somebody_else_than_who_reported_it()
    {
        var (world, env, digest) = await LiveAsync();
        var seen = Single(await World.Must(200, ObserveAsync(world, env, world.As("dev:engineering-lead:lea"), digest, Fresh())));

        await World.Refused(403, "closer-observed-it", world.As("dev:model-validator:lea").PostJsonAsync($"/environments/{env}/findings/{seen.Text("finding")}/closure", new { reason = "fine" }));
    }

    [Fact]
    public async Task Opens_one_finding_on_the_model_for_a_version_that_was_not_let_in_and_the_gate_sees_it()
    {
        var (world, env, digest) = await LiveAsync();
        var other = Fresh();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(other)));

        var seen = Single(await World.Must(200, ObserveAsync(world, env, digest, other)));

        (seen.Text("kind"), seen.Text("model"), seen["version"]!.GetValue<int>()).ShouldBe(("running-not-allowed", world.Model, 2));
        await World.Must(200, ObserveAsync(world, env, digest, other));
        var finding = (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!["findings"]!.AsArray().ShouldHaveSingleItem()!;
        (finding.Text("id"), finding.Text("severity"), finding["version"]!.GetValue<int>(), finding.Text("cause")).ShouldBe((seen.Text("finding"), "high", 2, $"running-not-allowed:{env}:{other}"));
        (await world.CheckAsync(version: 2, environment: env, artifact: other)).Json!["rules"]!.AsArray().Single(r => r.Text("rule") == "REL-006").Text("result").ShouldBe("fail");

        await World.Must(200, ObserveAsync(world, env, digest));
        finding = (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!["findings"]!.AsArray().ShouldHaveSingleItem()!;
        (finding["open"]!.GetValue<bool>(), finding["vanishedAt"] is null).ShouldBe((true, false));
        await World.Must(200, ObserveAsync(world, env, digest, other));
        (await world.EventsAsync("discrepancy_returned")).Count.ShouldBe(1);
        (await world.EventsAsync("finding_opened")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Opens_one_finding_on_the_model_for_what_is_on_record_and_does_not_run()
    {
        var (world, env, _) = await LiveAsync();

        var seen = Single(await World.Must(200, ObserveAsync(world, env)));
        await World.Must(200, ObserveAsync(world, env));

        (seen.Text("kind"), seen.Text("model"), seen["version"]!.GetValue<int>()).ShouldBe(("recorded-not-running", world.Model, 1));
        var opened = (await world.EventsAsync("finding_opened")).ShouldHaveSingleItem()["data"];
        (opened.Text("severity"), opened.Text("cause")).ShouldBe(("medium", $"recorded-not-running:{env}:{seen.Text("deployment")}"));
        // What does not run harms nobody: the gate lets the version in again.
        (await world.CheckAsync(environment: env)).Json!["rules"]!.AsArray().Single(r => r.Text("rule") == "REL-006").Text("result").ShouldBe("pass");
    }

    [Fact]
    public async Task Says_whether_what_is_on_record_was_also_seen()
    {
        var (world, env, digest) = await LiveAsync();
        const string AsRecorded = "as recorded, not observed";
        (await StateAsync(world, env)).ShouldBe((AsRecorded, AsRecorded, AsRecorded));
        (await World.Must(200, world.Ann.GetJsonAsync($"/environments/{env}/observed"))).Json!["items"].ShouldBeNull();

        var at = shared.Clock.GetUtcNow();
        await World.Must(200, ObserveAsync(world, env, digest));

        (await StateAsync(world, env)).ShouldBe(("observed", "observed", "observed"));
        var observed = await World.Must(200, world.Ann.GetJsonAsync($"/environments/{env}/observed"));
        (observed.Text("source"), observed.Json!["items"]![0].Text("digest")).ShouldBe(("kubectl", digest));
        var before = at.AddMinutes(-1).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        (await World.Must(200, world.Ann.GetJsonAsync($"/environments/{env}/deployments?asOf={before}"))).Json!["observation"].Text("state").ShouldBe(AsRecorded);

        shared.Clock.Forward(TimeSpan.FromHours(25));

        (await StateAsync(world, env)).ShouldBe((AsRecorded, AsRecorded, AsRecorded));
        (await World.Must(200, world.Ann.GetJsonAsync($"/environments/{env}"))).Json!["observation"]!["at"]!.GetValue<DateTimeOffset>().ShouldBe(at, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Is_refused_for_a_time_to_come_or_before_the_last_and_where_there_is_no_such_environment()
    {
        var (world, env, digest) = await LiveAsync();
        await World.Must(200, ObserveAsync(world, env, digest));

        await World.Refused(422, "observation-in-future", world.Pipeline.PutJsonAsync($"/environments/{env}/observed", Body(shared.Clock.GetUtcNow().AddMinutes(10), digest)));
        await World.Refused(409, "observation-older-than-last", world.Pipeline.PutJsonAsync($"/environments/{env}/observed", Body(shared.Clock.GetUtcNow().AddHours(-1), digest)));
        await World.Refused(404, "environment-unknown", world.Pipeline.PutJsonAsync("/environments/nowhere/observed", Body(shared.Clock.GetUtcNow(), digest)));
        await World.Refused(403, "forbidden", world.As("dev:viewer:vic").PutJsonAsync($"/environments/{env}/observed", Body(shared.Clock.GetUtcNow(), digest)));

        (await world.EventsAsync("attempt_refused", $"environment:{env}")).Select(e => e["data"].Text("code")).ShouldBe(["observation-in-future", "observation-older-than-last", "forbidden"]);
        (await world.EventsAsync("environment_observed", $"environment:{env}")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Is_reported_within_the_scope_of_a_key()
    {
        var (world, env, digest) = await LiveAsync();
        var key = world.As((await World.Must(201, world.Ann.PostJsonAsync("/api-keys", new { name = "watch", environments = new[] { "staging" } }))).Text("token"));

        await World.Refused(403, "out-of-scope", ObserveAsync(world, env, key, digest));
    }

    [Theory]
    [InlineData("items", """{"observedAt":"T","items":[{"name":"a","digest":"sha256:00"}]}""")]
    [InlineData("items", """{"observedAt":"T","items":[{"name":"","digest":"D"}]}""")]
    [InlineData("items", """{"observedAt":"T","items":[{"name":"a","digest":"D","replicas":-1}]}""")]
    [InlineData("items", """{"observedAt":"T","items":[{"name":"a","digest":"D"},{"name":"a","digest":"D"}]}""")]
    [InlineData("observedAt", """{"items":[]}""")]
    [InlineData("items", """{"observedAt":"T"}""")]
    public async Task Is_explained_when_it_cannot_be(string field, string body)
    {
        var text = body.Replace("\"T\"", $"\"{shared.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}\"").Replace("\"D\"", $"\"{World.Artifact}\"");
        var answer = await World.Must(400, shared.NextWorld().Pipeline.PutJsonAsync("/environments/staging/observed", new StringContent(text, System.Text.Encoding.UTF8, "application/json")));
        answer.Json!["errors"]!.AsObject().Select(e => e.Key).ShouldContain(k => k.StartsWith(field), answer.Json.ToJsonString());
    }

    [Fact]
    public async Task Takes_five_thousand_items_and_no_more()
    {
        var (world, env, digest) = await LiveAsync();
        var items = Enumerable.Range(0, 4_999).Select(i => (Name: $"pod-{i}", Digest: digest)).ToList();

        var seen = await World.Must(200, PutAsync(world.Pipeline, env, [.. items, ("stranger", Fresh())]));

        seen.Json!["items"]!.GetValue<int>().ShouldBe(5_000);
        Single(seen).Text("name").ShouldBe("stranger");
        // The event stays small; the list is kept beside it, under its digest.
        var kept = (await world.EventsAsync("environment_observed", $"environment:{env}")).ShouldHaveSingleItem()["data"]!;
        (kept["count"]!.GetValue<int>(), kept["items"]!.AsArray().Count, kept.Text("digest")).ShouldBe((5_000, 0, seen.Text("digest")));
        (await World.Must(200, world.Ann.GetJsonAsync($"/environments/{env}/observed"))).Json!["items"]!.AsArray().Count.ShouldBe(5_000);

        await World.Must(400, PutAsync(world.Pipeline, env, [.. items, ("a", digest), ("b", digest)]));
    }

    [Fact]
    public async Task Is_answered_once_more_under_the_same_key()
    {
        var (world, env, digest) = await LiveAsync();
        var body = Body(shared.Clock.GetUtcNow(), digest, Fresh());

        var first = await World.Must(200, world.Pipeline.PutJsonAsync($"/environments/{env}/observed", body, $"watch-{env}"));
        var again = await World.Must(200, world.Pipeline.PutJsonAsync($"/environments/{env}/observed", body, $"watch-{env}"));

        JsonNode.DeepEquals(first.Json, again.Json).ShouldBeTrue();
        (await world.EventsAsync("environment_observed", $"environment:{env}")).Count.ShouldBe(1);
    }

    /// <summary>A model of its own digest, live in an environment of its own.</summary>
    private async Task<(World World, string Environment, string Digest)> LiveAsync()
    {
        var (world, digest, env) = (await shared.FoundedAsync(), Fresh(), $"env{Interlocked.Increment(ref _serial)}");
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/artifact", new { artifactDigest = digest }));
        await World.Must(200, world.Root.PutJsonAsync($"/environments/{env}", new { gated = true }));
        await world.ApprovedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync(environment: env, artifact: digest), environment: env));
        return (world, env, digest);
    }

    private static string Fresh() => $"sha256:{Guid.NewGuid():N}{Guid.NewGuid():N}";

    private Task<Answer> ObserveAsync(World world, string env, params string[] digests) => ObserveAsync(world, env, world.Pipeline, digests);

    private Task<Answer> ObserveAsync(World world, string env, HttpClient by, params string[] digests)
    {
        world.Server.ShouldNotBeNull();
        return by.PutJsonAsync($"/environments/{env}/observed", Body(shared.Clock.GetUtcNow(), digests));
    }

    private Task<Answer> PutAsync(HttpClient by, string env, IEnumerable<(string Name, string Digest)> items) =>
        by.PutJsonAsync($"/environments/{env}/observed", new { observedAt = shared.Clock.GetUtcNow(), items = items.Select(i => new { name = i.Name, digest = i.Digest }) });

    private static object Body(DateTimeOffset at, params string[] digests) =>
        new { observedAt = at, source = "kubectl", items = digests.Select((digest, i) => new { name = $"pod-{i}", digest, replicas = 2 }) };

    private static JsonNode Single(Answer observation) => observation.Json!["discrepancies"]!.AsArray().ShouldHaveSingleItem()!;

    private static JsonNode Finding(Answer environment) => environment.Json!["findings"]!.AsArray().ShouldHaveSingleItem()!;

    /// <summary>As the list of deployments, the environment and a check say it.</summary>
    private static async Task<(string Deployments, string Environment, string Check)> StateAsync(World world, string env)
    {
        var check = await World.Must(200, world.CheckAsync(environment: env, dryRun: true));
        return (
            (await World.Must(200, world.Ann.GetJsonAsync($"/environments/{env}/deployments"))).Json!["observation"].Text("state"),
            (await World.Must(200, world.Ann.GetJsonAsync($"/environments/{env}"))).Json!["observation"].Text("state"),
            check.Json!["observation"].Text("state"));
    }
}
