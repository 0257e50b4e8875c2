using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Monitoring;

/// <summary>A version in use: what it is asked about is compared with a frozen baseline, figures with their limits, and what breaks a policy that says so is suspended.</summary>
public sealed class MonitoringOverHttp(SharedServer shared) : IClassFixture<SharedServer>
{
    private static double[] Sample(int seed, double shift = 0, int count = 2_000)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()) + shift)];
    }

    private DateTimeOffset Ago(double hours) => shared.Clock.GetUtcNow().AddHours(-hours);

    private static string Of(World world, int version = 1) => $"{world.Path(version)}/monitoring";

    [Fact]
    public async Task Compares_values_with_the_baseline_that_is_frozen_and_keeps_none_of_them()
    {
        var world = await shared.FoundedAsync();
        var first = (await World.Must(201, world.Pipeline.PostJsonAsync(Of(world), new
        {
            observedAt = Ago(2), environment = "production", baseline = new object[] { new { name = "age", values = Sample(1) }, new { name = "country", categories = new { at = 500, de = 500 } } },
            features = new object[] { new { name = "age", values = Sample(2) }, new { name = "country", categories = new { at = 510, de = 490 } } },
        }))).Json!;
        first.Text("verdict").ShouldBe("no-drift");
        first["features"]![0]!["statistics"]!.AsArray().Select(s => s.Text("name")).ShouldBe(["psi", "jensenShannon", "hellinger", "chiSquare", "kolmogorovSmirnov", "wassersteinNormed"]);

        // Now only the histogram is left, and values are compared with that.
        var later = (await World.Must(201, world.Pipeline.PostJsonAsync(Of(world), new
        {
            observedAt = Ago(1), environment = "production", features = new object[] { new { name = "age", values = Sample(3, 0.8) }, new { name = "country", categories = new { at = 300, de = 300, ch = 400 } } },
        }))).Json!;
        later.Text("verdict").ShouldBe("drift");
        later["features"]![0]!["statistics"]!.AsArray().ShouldAllBe(s => s!.Text("verdict") == "drift");
        later["features"]![1]!["unseen"]!.ToJsonString().ShouldBe("""["ch"]""");
        later["features"]![1]!["statistics"]!.AsArray().Single(s => s.Text("name") == "chiSquare").Text("verdict").ShouldBe("not-applicable");
        later.Text("baseline").ShouldBe(first.Text("baseline"));

        var events = await world.EventsAsync("monitoring_reported");
        events.Select(e => e["data"]!.ToJsonString().Length).ShouldAllBe(length => length < 1500, "no value and no histogram stands in an event");
        (await World.Must(200, world.Ann.GetJsonAsync(world.Path(1)))).Json!["monitoring"]!["seen"]![0].ShouldSatisfyAllConditions(
            s => s.Text("verdict").ShouldBe("drift"), s => s!["drifted"]!.ToJsonString().ShouldBe("""["age","country"]"""));
        var listed = (await World.Must(200, world.Ann.GetJsonAsync(Of(world)))).Json!["items"]!.AsArray();
        listed.Select(r => r.Text("verdict")).ShouldBe(["drift", "no-drift"], "the latest first");
        var detail = (await World.Must(200, world.Ann.GetJsonAsync($"{Of(world)}/{later.Text("id")}"))).Json!;
        (detail["features"]![0]!["inCurrent"]!.GetValue<long>(), detail["baseline"]!["features"]![0]!["counts"]!.AsArray().Count).ShouldBe((2_000, 10));
    }

    [Fact]
    public async Task Says_that_too_few_values_tell_nothing()
    {
        var world = await shared.FoundedAsync();
        (await World.Must(201, world.Pipeline.PostJsonAsync(Of(world), new
        {
            observedAt = Ago(1), baseline = new[] { new { name = "age", edges = new[] { 0.0, 1.0 }, counts = new[] { 20, 20, 20 } } }, features = new[] { new { name = "age", counts = new[] { 0, 0, 60 } } },
        }))).Text("verdict").ShouldBe("insufficient-data");
        (await World.Must(201, world.Pipeline.PostJsonAsync(Of(world), new { observedAt = Ago(0.5), metrics = new[] { new { name = "auc", value = 0.8 } } }))).Text("verdict").ShouldBe("unknown");
    }

    [Fact]
    public async Task Replaces_a_baseline_only_for_a_person_who_says_why()
    {
        var world = await shared.FoundedAsync();
        object With(int last, bool? replace = null, string? reason = null) => new { observedAt = Ago(1), baseline = new[] { new { name = "age", edges = new[] { 0.0 }, counts = new[] { 5_000, last } } }, replaceBaseline = replace, reason };
        await World.Must(201, world.Pipeline.PostJsonAsync(Of(world), With(5_000)));
        await World.Must(201, world.Pipeline.PostJsonAsync(Of(world), With(5_000)));
        await World.Refused(409, "baseline-frozen", world.Pipeline.PostJsonAsync(Of(world), With(1)));
        await World.Refused(403, "baseline-replaced-by-machine", world.Pipeline.PostJsonAsync(Of(world), With(1, true, "fresher")));
        await World.Refused(400, "reason-required", world.Ann.PostJsonAsync(Of(world), With(1, true)));
        await World.Must(201, world.Ann.PostJsonAsync(Of(world), With(1, true, "the population changed for good")));
        (await world.EventsAsync("monitoring_baseline_frozen")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Follows_an_incident_to_its_end()
    {
        var world = await shared.FoundedAsync();
        var id = (await World.Must(201, world.Pipeline.PostJsonAsync($"{world.Path()}/incidents", new { title = "wrong scores", severity = "high", version = 1 }))).Text("id");
        await World.Refused(409, "incident-not-acknowledged", world.Ann.PostJsonAsync($"{world.Path()}/incidents/{id}/resolution", new { reason = "gone" }));
        await World.Refused(403, "forbidden", world.Pipeline.PostJsonAsync($"{world.Path()}/incidents/{id}/acknowledgement"));
        await World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/incidents/{id}/acknowledgement", new { owner = "bob", note = "look at the feed" }));
        (await StateAsync()).ShouldBe(("acknowledged", "bob"));
        await World.Refused(422, "unknown-owner", world.Ann.PostJsonAsync($"{world.Path()}/incidents/{id}/acknowledgement", new { owner = "nobody-known" }));
        await World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/incidents/{id}/resolution", new { reason = "the feed was repaired" }));
        (await StateAsync()).ShouldBe(("resolved", "bob"));
        (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!["incidents"]![0].Text("resolution").ShouldBe("the feed was repaired");
        await World.Refused(404, "incident-unknown", world.Ann.PostJsonAsync($"{world.Path()}/incidents/{Guid.NewGuid()}/resolution", new { reason = "x" }));

        async Task<(string, string)> StateAsync()
        {
            var row = (await World.Must(200, world.Ann.GetJsonAsync($"/incidents?model={world.Model}"))).Json!["items"]!.AsArray().ShouldHaveSingleItem();
            return (row.Text("state"), row.Text("owner"));
        }
    }

    [Theory]
    [InlineData("""{"metrics":[{"name":"auc","value":1,"atLeast":2,"atMost":1}]}""", "limits-out-of-order", "metrics[0].atLeast")]
    [InlineData("""{"metrics":[{"name":"auc","value":1},{"name":"auc","value":2}]}""", "metric-repeated", "metrics")]
    [InlineData("""{"metrics":[{"name":"","value":1}]}""", "invalid-text", "metrics[0].name")]
    [InlineData("""{"features":[{"name":"age","values":[1,2]}]}""", "baseline-missing", "features[0].name")]
    [InlineData("""{"features":[{"name":"age"}]}""", "one-kind-of-data", "features[0]")]
    [InlineData("""{"features":[{"name":"age","values":[1],"counts":[1,2]}]}""", "one-kind-of-data", "features[0]")]
    [InlineData("""{"baseline":[{"name":"age","counts":[1,2]}]}""", "edges-missing", "baseline[0].edges")]
    [InlineData("""{"baseline":[{"name":"age","edges":[2,1],"counts":[1,2,3]}]}""", "edges-out-of-order", "baseline[0].edges")]
    [InlineData("""{"baseline":[{"name":"age","edges":[1,2],"counts":[1,2]}]}""", "bins-differ", "baseline[0].counts")]
    [InlineData("""{"baseline":[{"name":"age","edges":[1],"counts":[-1,2]}]}""", "counts-out-of-range", "baseline[0].counts")]
    [InlineData("""{"baseline":[{"name":"age","edges":[1],"counts":[0,0]}]}""", "nothing-counted", "baseline[0].counts")]
    [InlineData("""{"baseline":[{"name":"age","categories":{}}]}""", "too-many-categories", "baseline[0].categories")]
    [InlineData("""{"baseline":[{"name":"age","edges":[1],"counts":[500,500]}],"features":[{"name":"age","counts":[1,2,3]}]}""", "bins-differ", "features[0]")]
    [InlineData("""{"baseline":[{"name":"age","edges":[1],"counts":[500,500]}],"features":[{"name":"age","categories":{"a":1}}]}""", "kind-differs", "features[0]")]
    [InlineData("""{"baseline":[{"name":"age","values":[]}]}""", "values-out-of-range", "baseline[0].values")]
    [InlineData("""{"watched":["everything"]}""", "invalid-value", "watched")]
    [InlineData("""{"incidentSeverity":"awful","watched":["health"]}""", "invalid-value", "incidentSeverity")]
    [InlineData("""{}""", "nothing-reported", "features")]
    public async Task Explains_what_it_cannot_take(string body, string code, string field)
    {
        var world = await shared.FoundedAsync();
        var json = JsonNode.Parse(body)!;
        json["observedAt"] = "2026-01-31T12:00:00Z";
        var refused = await World.Refused(400, code, world.Pipeline.PostJsonAsync(Of(world), json));
        refused.Json!["errors"]!.AsObject().Select(e => e.Key).ShouldContain(field);
        (await world.EventsAsync("monitoring_reported")).ShouldBeEmpty();
        (await world.EventsAsync("monitoring_baseline_frozen")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stays_a_leaf_of_the_log_however_much_is_reported()
    {
        var world = await shared.FoundedAsync();
        var features = Enumerable.Range(0, 80).Select(i => new { name = $"{i:d3}{new string('é', 62)}", edges = (double[]?)[0.5], counts = (long[])[1_000_000_000_000, 1] }).ToList();
        var metrics = Enumerable.Range(0, 50).Select(i => new { name = $"{i:d2}{new string('m', 98)}", value = -1.2345678901234567e-100, atLeast = -1.2345678901234567e300, atMost = 1.2345678901234567e300, onLabels = true });
        await World.Must(201, world.Pipeline.PostJsonAsync(Of(world), new { observedAt = Ago(1), environment = new string('e', 128), baseline = features, features = features.Select(f => new { f.name, counts = (long[])[1, 999_999_999_999] }), metrics }));
        foreach (var e in (await world.EventsAsync()).Where(e => e.Text("type").StartsWith("monitoring", StringComparison.Ordinal))) System.Text.Encoding.UTF8.GetByteCount(e["data"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })).ShouldBeLessThan(62_000);
    }

    [Fact]
    public async Task Is_for_whoever_may_and_about_what_there_is()
    {
        var world = await shared.FoundedAsync();
        object look = new { observedAt = Ago(1), watched = new[] { "health" } };
        await World.Refused(403, "forbidden", world.As("dev:viewer").PostJsonAsync(Of(world), look));
        await World.Refused(403, "not-in-team", world.As("dev:contributor:zed").PostJsonAsync(Of(world), look));
        await World.Refused(404, "version-unknown", world.Pipeline.PostJsonAsync(Of(world, 9), look));
        await World.Refused(404, "model-unknown", world.Pipeline.PostJsonAsync("/models/nothing/versions/1/monitoring", look));
        await World.Refused(422, "observed-in-the-future", world.Pipeline.PostJsonAsync(Of(world), new { observedAt = Ago(-1), watched = new[] { "health" } }));
        await World.Refused(404, "version-unknown", world.Ann.GetJsonAsync(Of(world, 9)));
        await World.Refused(404, "monitoring-report-unknown", world.Ann.GetJsonAsync($"{Of(world)}/{Guid.NewGuid()}"));
    }
}
