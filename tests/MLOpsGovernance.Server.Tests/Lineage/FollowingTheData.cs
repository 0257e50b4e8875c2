using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Server.PolicyChecks;

namespace MLOpsGovernance.Server.Tests.Lineage;

/// <summary>From a raw table over two jobs to a registered dataset, the model that was trained on it, and where that runs.</summary>
[Collection(LineageServer.Name)]
public sealed class FollowingTheData(SharedServer shared)
{
    private const string Space = "postgres://db:5432";

    [Fact]
    public async Task Leads_from_a_raw_table_to_the_models_and_deployments_that_rest_on_it()
    {
        var world = await shared.FoundedAsync();
        var run = Guid.NewGuid().ToString();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", new { artifactDigest = World.OtherArtifact, datasets = Array.Empty<object>(), run, authors = new[] { "ann" } }));
        await world.ApprovedAsync();
        var deployment = (await World.Must(201, world.DeployAsync(await world.AllowedAsync()))).Text("id");
        // The end of a run comes before its beginning, and what feeds it comes last.
        await World.Must(201, world.Pipeline.ReportAsync(LineageCalls.Event(run, $"train-{world.Model}", [$"features-{world.Model}"], [], time: "2026-01-31T13:00:00Z")));
        await World.Must(201, world.Pipeline.ReportAsync(LineageCalls.Event(run, $"train-{world.Model}", [], [], "START", "2026-01-31T12:30:00Z")));
        await World.Must(201, world.Pipeline.ReportAsync(
            LineageCalls.Event(Guid.NewGuid().ToString(), $"clean-{world.Model}", [$"raw-{world.Model}"], [world.Dataset]), LineageCalls.Event(Guid.NewGuid().ToString(), $"derive-{world.Model}", [$"raw-{world.Model}"], [$"features-{world.Model}"])));

        var raw = Uri.EscapeDataString($"dataset:{Space}:raw-{world.Model}");
        var impact = (await World.Must(200, world.Ann.GetJsonAsync($"/lineage/impact?nodeId={raw}"))).Json!;
        impact["modelVersions"]!.AsArray().Select(v => (v!["version"]!.GetValue<int>(), v["live"]!.GetValue<bool>(), v.Text("team"))).ShouldBe([(1, true, "flowers"), (2, false, "flowers")]);
        impact["modelVersions"]![0]!["way"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBe(
            [$"dataset:{Space}:raw-{world.Model}", $"job:airflow:clean-{world.Model}", $"dataset:{Space}:{world.Dataset}", $"dataset:{world.Dataset}", $"dataset:{world.Dataset}@1", $"model:{world.Model}@1"]);
        impact["modelVersions"]![1]!["way"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldContain($"run:{run}");
        (impact["deployments"]!.Ids().ShouldHaveSingleItem(), impact["owners"]![0].Text("team"), impact["truncated"]!.GetValue<bool>()).ShouldBe((deployment, "flowers", false));

        var graph = (await World.Must(200, world.Ann.GetJsonAsync($"/lineage?nodeId=model:{world.Model}@2&direction=upstream"))).Json!;
        graph["graph"]!.Ids().ShouldBe(
            [$"dataset:{Space}:features-{world.Model}", $"dataset:{Space}:raw-{world.Model}", $"job:airflow:derive-{world.Model}", $"model:{world.Model}@2", $"run:{run}"], ignoreOrder: true);
        graph["graph"]!.Ids().ShouldBe(graph["graph"]!.Ids().Order(StringComparer.Ordinal));
        var short1 = (await World.Must(200, world.Ann.GetJsonAsync($"/lineage?nodeId=model:{world.Model}@2&direction=upstream&depth=1"))).Json!;
        (short1["truncated"]!.GetValue<bool>(), short1["depthReached"]!.GetValue<int>()).ShouldBe((true, 1));
        (await World.Must(200, world.Ann.GetJsonAsync($"/lineage?nodeId={raw}&limit=2"))).Json!["truncated"]!.GetValue<bool>().ShouldBeTrue();

        var before = (await World.Must(200, world.Ann.GetJsonAsync($"/lineage/impact?nodeId={raw}&asOf=2026-01-30T00:00:00Z"))).Json!;
        before["modelVersions"]!.AsArray().ShouldBeEmpty();
        var merged = (await World.Must(200, world.Ann.GetJsonAsync($"/lineage/runs/{run}"))).Json!;
        (merged.Text("state"), merged.Text("startedAt"), merged["inputs"]!.AsArray().Count).ShouldBe(("COMPLETED", "2026-01-31T12:30:00Z", 1));
    }

    [Fact]
    public async Task Tells_what_a_job_does_now_from_what_it_ever_did()
    {
        var (world, job) = (shared.NextWorld(), $"job:airflow:etl-{Guid.NewGuid():N}");
        var name = job["job:airflow:".Length..];
        // The later run is told of first.
        await World.Must(201, world.Pipeline.ReportAsync(LineageCalls.Event(Guid.NewGuid().ToString(), name, ["new"], ["out"], time: "2026-02-02T00:00:00Z")));
        await World.Must(201, world.Pipeline.ReportAsync(LineageCalls.Event(Guid.NewGuid().ToString(), name, ["old"], ["out"], time: "2026-02-01T00:00:00Z")));

        (await InputsAsync(world, job, "mode=cumulative")).ShouldBe([$"dataset:{Space}:new", $"dataset:{Space}:old"]);
        (await InputsAsync(world, job, "mode=latest")).ShouldBe([$"dataset:{Space}:new"]);
        (await InputsAsync(world, job, "mode=latest&asOf=2026-02-01T12:00:00Z")).ShouldBe([$"dataset:{Space}:old"]);
        (await InputsAsync(world, job, "mode=cumulative&asOf=2026-02-01T12:00:00Z")).ShouldBe([$"dataset:{Space}:old"]);
    }

    [Fact]
    public async Task Joins_the_names_that_a_team_and_clients_say_are_the_same_until_they_are_not()
    {
        var world = await shared.FoundedAsync();
        var (table, path) = ($"lake.{world.Model}", $"/bucket/{world.Model}");
        var output = LineageCalls.Dataset("s3://bucket", path);
        output["facets"] = new JsonObject { ["symlinks"] = LineageCalls.Facet("SymlinksDatasetFacet", $$"""{"identifiers":[{"namespace":"hive://h:9083","name":"{{table}}","type":"TABLE"}]}""") };
        var sent = LineageCalls.Event(Guid.NewGuid().ToString(), $"write-{world.Model}", [], []);
        sent["outputs"]!.AsArray().Add(output);
        await World.Must(201, world.Pipeline.ReportAsync(sent));
        var names = new { names = new[] { new { @namespace = "hive://h:9083", name = table } } };
        (await World.Must(200, world.Ann.PutJsonAsync($"/datasets/{world.Dataset}/lineage-names", names))).Json!["lineageNames"]!.AsArray().ShouldHaveSingleItem().Text("name").ShouldBe(table);

        (await ReachedAsync(world)).ShouldContain($"job:airflow:write-{world.Model}");
        await World.Must(200, world.Ann.PutJsonAsync($"/datasets/{world.Dataset}/lineage-names", new { names = Array.Empty<object>() }));
        (await ReachedAsync(world)).ShouldNotContain($"job:airflow:write-{world.Model}");
        await World.Must(200, world.Ann.PutJsonAsync($"/datasets/{world.Dataset}/lineage-names", names));
        (await ReachedAsync(world)).ShouldContain($"job:airflow:write-{world.Model}");
    }

    [Fact]
    public async Task Leads_from_column_to_column()
    {
        var world = shared.NextWorld();
        var (a, b, c) = ($"a-{world.Model}", $"b-{world.Model}", $"c-{world.Model}");
        foreach (var (from, to) in new[] { (b, c), (a, b) })
        {
            var output = LineageCalls.Dataset(Space, to);
            output["facets"] = new JsonObject
            {
                ["columnLineage"] = LineageCalls.Facet("ColumnLineageDatasetFacet", $$$"""{"fields":{"x":{"inputFields":[{"namespace":"{{{Space}}}","name":"{{{from}}}","field":"x","transformations":[{"type":"DIRECT","subtype":"IDENTITY"}]}]},"y":{"inputFields":[{"namespace":"{{{Space}}}","name":"{{{from}}}","field":"z"}]} } }"""),
            };
            var sent = LineageCalls.Event(Guid.NewGuid().ToString(), $"{from}-{to}", [from], []);
            sent["outputs"]!.AsArray().Add(output);
            await World.Must(201, world.Pipeline.ReportAsync(sent));
        }

        (await ColumnsAsync(c, "column=x")).ShouldBe([$"{a}.x>{b}.x", $"{b}.x>{c}.x"]);
        (await ColumnsAsync(c, "column=y")).ShouldBe([$"{b}.z>{c}.y"]);
        (await ColumnsAsync(a, "direction=downstream")).ShouldBe([$"{a}.x>{b}.x", $"{a}.z>{b}.y", $"{b}.x>{c}.x"]);
        (await ColumnsAsync(c, "depth=1")).ShouldBe([$"{b}.x>{c}.x", $"{b}.z>{c}.y"]);

        async Task<IReadOnlyList<string>> ColumnsAsync(string dataset, string query) =>
            [.. (await World.Must(200, world.Ann.GetJsonAsync($"/lineage/columns?nodeId={Uri.EscapeDataString($"dataset:{Space}:{dataset}")}&{query}"))).Json!["edges"]!.AsArray().Select(e => $"{Column(e!["from"]!)}>{Column(e["to"]!)}")];

        static string Column(JsonNode column) => $"{column.Text("dataset")[$"dataset:{Space}:".Length..]}.{column.Text("column")}";
    }

    [Fact]
    public async Task Tells_the_gate_what_a_run_found_when_it_checked_the_data()
    {
        var world = await shared.FoundedAsync();
        var input = LineageCalls.Dataset(Space, world.Dataset);
        input["inputFacets"] = new JsonObject
        {
            ["dataQualityAssertions"] = LineageCalls.Facet("DataQualityAssertionsDatasetFacet", """{"assertions":[{"assertion":"not_null","column":"petal","success":false},{"assertion":"unique","success":true}]}"""),
        };
        var sent = LineageCalls.Event(Guid.NewGuid().ToString(), $"check-{world.Model}", [], []);
        sent["inputs"]!.AsArray().Add(input);
        await World.Must(201, world.Pipeline.ReportAsync(sent));
        await World.Must(200, world.Pipeline.ReportAsync(sent));

        (await world.EventsAsync("dataset_assertions_checked", $"dataset:{world.Dataset}")).Count.ShouldBe(1);
        var version = (await World.Must(200, world.Ann.GetJsonAsync($"/datasets/{world.Dataset}"))).Json!["versions"]![0]!;
        version["assertions"]!["assertions"]!.AsArray().Count.ShouldBe(2);
        var facts = (await shared.Server.Services.GetRequiredService<FactCollector>().CollectAsync(world.Model, 1, "production", "deploy")).Facts.Datasets.ShouldHaveSingleItem();
        facts.FailedAssertions.ShouldBe(["not_null(petal)"]);
        facts.AssertionsCheckedAt.ShouldBe(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

        await World.Must(201, world.Ann.PostJsonAsync($"/datasets/{world.Dataset}/versions", new { version = "2", digest = World.Artifact, schema = new[] { new { name = "petal", type = "double" } } }));
        await World.Must(201, world.Ann.PostJsonAsync($"/datasets/{world.Dataset}/versions", new { version = "3", digest = World.Artifact, schema = new[] { new { name = "petal", type = "int" } } }));
        var changes = (await World.Must(200, world.Ann.GetJsonAsync($"/datasets/{world.Dataset}/versions/3/schema-changes"))).Json!;
        (changes.Text("from"), changes["breaking"]!.GetValue<bool>(), changes["changes"]![0].Text("kind")).ShouldBe(("2", true, "retyped"));
        (await World.Must(200, world.Ann.GetJsonAsync($"/datasets/{world.Dataset}/versions/3/schema-changes?from=1"))).Json!["comparable"]!.GetValue<bool>().ShouldBeFalse();
        await World.Refused(404, "dataset-version-unknown", world.Ann.GetJsonAsync($"/datasets/{world.Dataset}/versions/9/schema-changes"));
        await World.Refused(404, "dataset-version-unknown", world.Ann.GetJsonAsync($"/datasets/{world.Dataset}/versions/3/schema-changes?from=9"));
        await World.Refused(404, "dataset-unknown", world.Ann.GetJsonAsync("/datasets/nothing/versions/1/schema-changes"));
    }

    private static async Task<IReadOnlyList<string>> ReachedAsync(World world) =>
        (await World.Must(200, world.Ann.GetJsonAsync($"/lineage?nodeId=model:{world.Model}@1&direction=upstream"))).Json!["graph"]!.Ids();

    private static async Task<IReadOnlyList<string>> InputsAsync(World world, string job, string query) =>
        [.. (await World.Must(200, world.Ann.GetJsonAsync($"/lineage?nodeId={job}&direction=upstream&{query}"))).Json!["graph"]!.Ids().Where(id => id.StartsWith("dataset:", StringComparison.Ordinal))];
}
