using MLOpsGovernance.Server.Tests.Tasks;

namespace MLOpsGovernance.Server.Tests.Lineage;

/// <summary>Data turns out to be unfit: what rests on it is shown, then shut out, and somebody has to see to it.</summary>
[Collection(LineageServer.Name)]
public sealed class RecallingOverHttp(SharedServer shared)
{
    [Fact]
    public async Task Shows_what_it_reaches_before_and_shuts_it_out_after()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var deployment = (await World.Must(201, world.DeployAsync(await world.AllowedAsync()))).Text("id");
        var recalls = $"/datasets/{world.Dataset}/recalls";

        var drill = (await World.Must(201, world.Ann.PostJsonAsync(recalls, new { drill = true, version = "1" }))).Json!;
        (drill["recall"].Text("state"), drill["recall"]!["reach"]!["findings"]!.GetValue<int>()).ShouldBe(("drilled", 1));
        drill["recall"]!["tookMilliseconds"]!.GetValue<long>().ShouldBeGreaterThan(0);
        await World.Refused(409, "recall-is-drill", world.Ann.PostJsonAsync($"{recalls}/{drill.Text("id")}/confirmation"));

        var prepared = (await World.Must(201, world.Ann.PostJsonAsync(recalls, new { version = "1", reason = "labels were swapped" }))).Json!;
        (prepared["recall"].Text("state"), prepared["impact"]!["deployments"]!.Ids().ShouldHaveSingleItem(), prepared["impact"]!["owners"]![0].Text("team")).ShouldBe(("prepared", deployment, "flowers"));
        (await world.CheckAsync()).Json!["allowed"]!.GetValue<bool>().ShouldBeTrue("nothing happened yet");

        var confirmed = (await World.Must(200, world.Ann.PostJsonAsync($"{recalls}/{prepared.Text("id")}/confirmation"))).Json!;

        (confirmed["recall"].Text("state"), confirmed.Text("reason")).ShouldBe(("confirmed", "labels were swapped"));
        var check = (await world.CheckAsync()).Json!;
        check["allowed"]!.GetValue<bool>().ShouldBeFalse();
        check["rules"]!.AsArray().Single(r => r.Text("rule") == "REL-005").Text("result").ShouldBe("fail");
        var finding = (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!["findings"]!.AsArray().Single(f => f.Text("cause").StartsWith("recalled-data:", StringComparison.Ordinal))!;
        (finding.Text("severity"), finding.Text("owner")).ShouldBe(("critical", "ann"));
        (await world.TasksOfAsync(world.Ann, "&kind=remedy-finding")).ShouldContain(t => t.Text("item") == finding.Text("id"));
        (await World.Must(200, world.Ann.GetJsonAsync($"/datasets/{world.Dataset}"))).Json!["versions"]![0]!["withdrawn"]!["by"]!.GetValue<string>().ShouldBe("ann");
        (await World.Must(200, world.Ann.GetJsonAsync($"/recalls?dataset={world.Dataset}"))).Json!["items"]!.AsArray().Select(r => r.Text("state")).ShouldBe(["confirmed", "drilled"], ignoreOrder: true);
        await World.Refused(409, "recall-confirmed", world.Ann.PostJsonAsync($"{recalls}/{prepared.Text("id")}/confirmation"));
        await World.Refused(404, "recall-unknown", world.Ann.GetJsonAsync($"/datasets/other/recalls/{prepared.Text("id")}"));
    }

    [Fact]
    public async Task Reaches_models_that_only_lineage_knows_of()
    {
        var world = await shared.FoundedAsync();
        var run = Guid.NewGuid().ToString();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", new { artifactDigest = World.OtherArtifact, datasets = Array.Empty<object>(), run, authors = new[] { "ann" } }));
        await World.Must(201, world.Pipeline.ReportAsync(LineageCalls.Event(run, $"train-{world.Model}", [world.Dataset], [])));
        var prepared = (await World.Must(201, world.Carl.PostJsonAsync($"/datasets/{world.Dataset}/recalls", new { reason = "not ours to use" }))).Json!;

        await World.Must(200, world.Carl.PostJsonAsync($"/datasets/{world.Dataset}/recalls/{prepared.Text("id")}/confirmation"));

        (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!["findings"]!.AsArray().Where(f => f.Text("cause").StartsWith("recalled-data:", StringComparison.Ordinal))
            .Select(f => f!["version"]!.GetValue<int>()).ShouldBe([1, 2], ignoreOrder: true);
    }

    [Fact]
    public async Task Is_for_whoever_may_withdraw_the_data_and_about_data_that_there_is()
    {
        var world = await shared.FoundedAsync();
        var recalls = $"/datasets/{world.Dataset}/recalls";
        await World.Refused(403, "forbidden", world.Pipeline.PostJsonAsync(recalls, new { drill = true }));
        await World.Refused(403, "not-in-team", world.As("dev:contributor:zed").PostJsonAsync(recalls, new { drill = true }));
        await World.Refused(400, "reason-required", world.Ann.PostJsonAsync(recalls, new { }));
        await World.Refused(404, "dataset-version-unknown", world.Ann.PostJsonAsync(recalls, new { drill = true, version = "2" }));
        await World.Refused(404, "dataset-unknown", world.Ann.PostJsonAsync("/datasets/nothing/recalls", new { drill = true }));
        await World.Refused(404, "recall-unknown", world.Ann.PostJsonAsync($"{recalls}/{Guid.NewGuid()}/confirmation"));
        await World.Refused(404, "recall-unknown", world.Ann.GetJsonAsync($"{recalls}/nothing"));
        var card = (await World.Must(200, world.Ann.GetJsonAsync($"{world.Path(1)}/ml-bom"))).Json!;
        card.Text("specVersion").ShouldBe("1.6");
        (await World.Must(200, world.Ann.GetJsonAsync($"{world.Path(1)}/model-card"))).Json!["model_details"].Text("name").ShouldBe(world.Model);
        (await world.Ann.GetStringAsync($"/api/v1{world.Path(1)}/model-card.md", TestContext.Current.CancellationToken)).ShouldStartWith($"# {world.Model}, version 1");
        await World.Refused(404, "version-unknown", world.Ann.GetJsonAsync($"{world.Path(9)}/ml-bom"));
        await World.Refused(404, "model-unknown", world.Ann.GetJsonAsync("/models/nothing/versions/1/model-card.md"));
    }

    [Fact]
    public async Task Lists_recalls_and_no_other_streams()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"/datasets/{world.Dataset}/recalls", new { drill = true, version = "1" }));
        var listed = (await World.Must(200, world.Ann.GetJsonAsync("/recalls?limit=100"))).Json!["items"]!.AsArray();
        listed.ShouldNotBeEmpty();
        foreach (var recall in listed) recall.Text("dataset").ShouldNotBeEmpty(recall!.ToJsonString());
    }
}
