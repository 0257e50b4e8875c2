using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Evidence.Samples;
using MLOpsGovernance.Server.Audit;
using static MLOpsGovernance.Server.Tests.Audit.ExportingEvents;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.AuditSamples;

/// <summary>A sample that nobody could choose, with what was found of it.</summary>
public sealed class SamplingTheLog(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Draws_what_anybody_draws_again_from_a_copy_of_the_log()
    {
        var world = await shared.FoundedAsync();
        for (var i = 0; i < 20; i++) await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/card", new { text = $"card {i}" }));
        await SequencedAsync(shared.Server);
        var drawn = (await World.Must(201, world.Carl.PostJsonAsync("/audit/samples", new { seed = "dice-4711", count = 5, population = new { stream = $"model:{world.Model}", type = "model_card_written" } }))).Json!;
        drawn["total"]!.GetValue<int>().ShouldBe(20);
        var all = (await world.EventsAsync("model_card_written")).Select(e => e.Text("id"));
        drawn["items"]!.AsArray().Select(i => i.Text("event")).ShouldBe(AuditDraw.Of(all, "dice-4711", 5));

        using var folder = new TemporaryFolder();
        var (paper, log, key) = (Path.Combine(folder.Path, "paper.json"), Path.Combine(folder.Path, "log"), Path.Combine(folder.Path, "log.keys"));
        await File.WriteAllLinesAsync(key, shared.Server.Services.GetRequiredService<LogKeys>().Known.Select(k => k.ToString()), Token);
        string[] server = ["--server", shared.Server.Address.ToString(), "--token", "dev:compliance-officer:carl"];
        var (code, output) = await MlgovAsync(["audit", "sample", "draw", paper, "--seed", "2026-11-30", "--count", "7", "--actor", "ann", .. server]);
        code.ShouldBe(0, output);
        // The copy has grown by then.
        for (var i = 0; i < 30; i++) await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/card", new { text = $"card {i}" }));
        await SequencedAsync(shared.Server);
        (await MlgovAsync(["audit", "mirror", log, .. server])).Code.ShouldBe(0);
        (code, output) = await MlgovAsync("audit", "sample", "redraw", paper, "--folder", log, "--key", key);
        code.ShouldBe(0, output);
        output.ShouldContain("7 of ");

        var text = await File.ReadAllTextAsync(paper, Token);
        foreach (var forged in new[] { text.Replace("2026-11-30", "2026-11-29", StringComparison.Ordinal), text.Replace("\"actor\":\"ann\"", "\"actor\":\"eve\"", StringComparison.Ordinal) })
        {
            forged.ShouldNotBe(text);
            await File.WriteAllTextAsync(paper, forged, Token);
            (await MlgovAsync("audit", "sample", "redraw", paper, "--folder", log, "--key", key)).Code.ShouldBe(1);
        }

        await File.WriteAllTextAsync(paper, "{}", Token);
        (await MlgovAsync("audit", "sample", "redraw", paper, "--folder", log, "--key", key)).Code.ShouldBe(2);
    }

    [Fact]
    public async Task Keeps_what_was_found_and_gives_it_as_a_file()
    {
        var world = await shared.FoundedAsync();
        await SequencedAsync(shared.Server);
        var drawn = (await World.Must(201, world.Carl.PostJsonAsync("/audit/samples", new { seed = "s", count = 3, population = new { stream = $"model:{world.Model}" } }))).Json!;
        var (id, e) = (drawn.Text("id"), drawn["items"]![1].Text("event"));
        await World.Must(200, world.Carl.PutJsonAsync($"/audit/samples/{id}/events/{e}", new { result = "in-order" }));
        var paper = (await World.Must(200, world.Root.PutJsonAsync($"/audit/samples/{id}/events/{e}", new { result = "exception", comment = "=late" }))).Json!;
        (paper["items"]![1].Text("result"), paper["items"]![1].Text("comment"), paper["items"]![1].Text("checkedBy"), paper["items"]![0]!["result"]).ShouldBe(("exception", "=late", "root", null));
        (await FileAsync(world.Carl, $"/api/v1/audit/samples/{id}/paper")).ShouldContain("\"exception\",\"'=late\",\"root\"");
        (await FileAsync(world.Carl, $"/api/v1/audit/samples/{id}/paper?format=jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        (await World.Must(200, world.Carl.GetJsonAsync("/audit/samples?limit=500"))).Json!["items"]!.AsArray().Single(s => s.Text("id") == id)!["checked"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Is_refused_with_the_reason()
    {
        var world = await shared.FoundedAsync();
        await SequencedAsync(shared.Server);
        var drawn = (await World.Must(201, world.Carl.PostJsonAsync("/audit/samples", new { seed = "s", count = 1 }))).Json!;
        foreach (var client in new[] { world.Ann, world.Rita, world.Pipeline })
        {
            await World.Refused(403, "forbidden", client.PostJsonAsync("/audit/samples", new { seed = "s", count = 1 }));
            await World.Refused(403, "forbidden", client.GetJsonAsync($"/audit/samples/{drawn.Text("id")}"));
        }

        await World.Refused(422, "population-empty", world.Carl.PostJsonAsync("/audit/samples", new { seed = "s", count = 1, population = new { type = "nonsense" } }));
        await World.Refused(400, "invalid-count", world.Carl.PostJsonAsync("/audit/samples", new { seed = "s", count = 501 }));
        await World.Refused(400, "invalid-reference", world.Carl.PostJsonAsync("/audit/samples", new { seed = "", count = 1 }));
        await World.Refused(404, "event-not-in-sample", world.Carl.PutJsonAsync($"/audit/samples/{drawn.Text("id")}/events/{Guid.NewGuid()}", new { result = "in-order" }));
        await World.Refused(400, "invalid-value", world.Carl.PutJsonAsync($"/audit/samples/{drawn.Text("id")}/events/{Guid.NewGuid()}", new { result = "fine" }));
        await World.Refused(404, "sample-unknown", world.Carl.GetJsonAsync($"/audit/samples/{Guid.NewGuid()}"));
        await World.Refused(404, "sample-unknown", world.Carl.PutJsonAsync($"/audit/samples/{Guid.NewGuid()}/events/{Guid.NewGuid()}", new { result = "in-order" }));
    }
}
