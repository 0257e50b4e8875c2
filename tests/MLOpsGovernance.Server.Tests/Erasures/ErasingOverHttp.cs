using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Server.Audit;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Erasures;

/// <summary>Texts are gone for good with the agreement of two people, and nothing else is.</summary>
public sealed class ErasingOverHttp(Database database)
{
    private const string Secret = "quoll-4410";

    [Fact]
    public async Task Makes_every_text_about_a_person_read_as_erased_everywhere_while_the_log_and_the_decisions_hold()
    {
        var connection = await database.NewDatabaseAsync(nameof(ErasingOverHttp));
        await using var server = await RunningServer.StartAsync(connection, null, ("Erasure:RetentionDays", "0"));
        var world = await new World(server).FoundedAsync();
        await world.ApprovedAsync();
        var check = await world.AllowedAsync();
        await World.Must(201, world.DeployAsync(check));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = $"{Secret} said so", severity = "low", about = "zoe" }));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/incidents", new { title = $"{Secret} again", severity = "low", about = "zoe" }, "once"));
        (await FoundAsync(world)).ShouldBe(2);

        var asked = await World.Must(201, world.Root.PostJsonAsync("/erasures", new { subject = "zoe", reason = "she asked" }));
        asked.Json!["obstacle"].ShouldBeNull();
        var id = asked.Text("id");
        (await World.Must(200, world.Carl.GetJsonAsync($"/erasures/{id}"))).Text("state").ShouldBe("requested");
        var done = (await World.Must(200, world.Carl.PostJsonAsync($"/erasures/{id}/agreement", new { legalBasis = "objection", reason = "she may" }))).Json!;
        (done.Text("state"), done.Text("legalBasis"), done["keys"]!.AsArray().Count).ShouldBe(("completed", "objection", 1));

        (await FoundAsync(world)).ShouldBe(0);
        var model = (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!;
        (model["findings"]![0].Text("title"), model["incidents"]![0].Text("title"), model.Text("purpose")).ShouldBe(("[erased]", "[erased]", "tell flowers apart"));
        (await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/incidents", new { title = $"{Secret} again", severity = "low", about = "zoe" }, "once"))).Json!.ToJsonString().ShouldNotContain(Secret);
        (await world.EventsAsync("finding_opened"))[0]["data"].Text("title").ShouldBe("[erased]");
        await SequencedAsync(server);
        using var export = await world.Carl.GetAsync(new Uri("/api/v1/audit/export", UriKind.Relative), Token);
        var lines = await export.Content.ReadAsStringAsync(Token);
        lines.ShouldContain("[erased]");
        lines.ShouldNotContain(Secret);
        (await server.Services.GetRequiredService<LogIntegrity>().CheckAsync(Token)).Difference.ShouldBeNull();
        (await World.Must(200, world.Ann.PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay"))).Json!["identical"]!.GetValue<bool>().ShouldBeTrue();
        (await QueryAsync(connection, "select count(*) from governance.sealing_keys where subject = 'zoe' or (destroyed_at is not null and key is not null)")).ShouldBe(0L);

        // It is itself on record, and what is written from now on is not erased with it.
        (await world.EventsAsync(stream: $"erasure:{id}")).Select(e => e.Text("type")).ShouldBe(["erasure_requested", "erasure_completed"]);
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = $"{Secret} later", severity = "low", about = "zoe" }));
        (await FoundAsync(world)).ShouldBe(1);
        await World.Refused(409, "erasure-decided", world.Carl.PostJsonAsync($"/erasures/{id}/rejection", new { reason = "late" }));
        (await World.Must(200, world.Root.GetJsonAsync("/erasures"))).Json!["items"]!.AsArray().ShouldHaveSingleItem().Text("id").ShouldBe(id);
    }

    [Fact]
    public async Task Is_refused_while_a_retention_duty_or_a_legal_hold_applies()
    {
        var clock = new ForwardClock();
        await using var server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(ErasingOverHttp)), clock);
        var world = await new World(server).FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "something", severity = "low", about = "zoe" }));
        var refused = await World.Refused(409, "retention-duty", world.Root.PostJsonAsync("/erasures", new { subject = "zoe", reason = "she asked" }));
        refused.Detail!.ShouldContain($"model:{world.Model}");
        refused.Detail!.ShouldContain(clock.GetUtcNow().AddDays(183).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        clock.Forward(TimeSpan.FromDays(184));

        var hold = (await World.Must(200, world.Carl.PostJsonAsync("/subjects/zoe/legal-holds", new { reason = "a dispute" }))).Json!["items"]![0].Text("id");
        await World.Refused(409, "legal-hold", world.Root.PostJsonAsync("/erasures", new { subject = "zoe", reason = "she asked" }));
        (await World.Must(200, world.Root.GetJsonAsync("/subjects/zoe/legal-holds"))).Json!["items"]![0].Text("reason").ShouldBe("a dispute");
        await World.Must(200, world.Carl.PostJsonAsync($"/subjects/zoe/legal-holds/{hold}/lifting", new { reason = "settled" }));

        var id = (await World.Must(201, world.Root.PostJsonAsync("/erasures", new { subject = "zoe", reason = "she asked" }))).Text("id");
        await World.Must(200, world.Carl.PostJsonAsync("/subjects/zoe/legal-holds", new { reason = "another dispute" }));
        (await World.Must(200, world.Carl.GetJsonAsync($"/erasures/{id}"))).Json!["obstacle"].Text("code").ShouldBe("legal-hold");
        await World.Refused(409, "legal-hold", world.Carl.PostJsonAsync($"/erasures/{id}/agreement", new { legalBasis = "objection", reason = "she may" }));
        (await world.EventsAsync("attempt_refused", $"erasure:{id}")).ShouldHaveSingleItem()["data"].Text("code").ShouldBe("legal-hold");
        await World.Must(200, world.Carl.PostJsonAsync($"/erasures/{id}/rejection", new { reason = "not now" }));
        // A high-risk model keeps what was written for ten years.
        var high = await new World(server, "high").FoundedAsync(euAiAct: "high", tier: 1);
        await World.Must(201, high.Ann.PostJsonAsync($"{high.Path()}/findings", new { title = "something", severity = "low", about = "yan" }));
        clock.Forward(TimeSpan.FromDays(3649));
        (await World.Refused(409, "retention-duty", world.Root.PostJsonAsync("/erasures", new { subject = "yan", reason = "he asked" }))).Detail!.ShouldContain("high-risk");
    }

    [Fact]
    public async Task Is_refused_to_whom_it_is_not_for()
    {
        await using var server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(ErasingOverHttp)), null, ("Erasure:RetentionDays", "0"));
        var world = await new World(server).FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "something", severity = "low", about = "zoe" }));
        var body = new { subject = "zoe", reason = "she asked" };
        foreach (var client in new[] { world.Ann, world.Eve, world.Rita, world.Pipeline }) await World.Refused(403, "forbidden", client.PostJsonAsync("/erasures", body));
        await World.Refused(404, "nothing-to-erase", world.Carl.PostJsonAsync("/erasures", body with { subject = "nobody" }));
        await World.Refused(400, "invalid-subject", world.Carl.PostJsonAsync("/erasures", body with { subject = "a b" }));
        await World.Refused(400, "invalid-text", world.Carl.PostJsonAsync("/erasures", body with { reason = " " }));

        var id = (await World.Must(201, world.Carl.PostJsonAsync("/erasures", body))).Text("id");
        var agreement = new { legalBasis = "objection", reason = "she may" };
        await World.Refused(403, "requester-agrees", world.Carl.PostJsonAsync($"/erasures/{id}/agreement", agreement));
        await World.Refused(403, "forbidden", world.Root.PostJsonAsync($"/erasures/{id}/agreement", agreement));
        await World.Refused(400, "invalid-value", server.As("dev:compliance-officer:kim").PostJsonAsync($"/erasures/{id}/agreement", agreement with { legalBasis = "because" }));
        await World.Refused(403, "subject-agrees", server.As("dev:chief-risk-officer:zoe").PostJsonAsync($"/erasures/{id}/agreement", agreement));
        await World.Refused(404, "erasure-unknown", server.As("dev:compliance-officer:kim").PostJsonAsync($"/erasures/{Guid.NewGuid()}/agreement", agreement));
        await World.Refused(403, "forbidden", world.Ann.GetJsonAsync($"/erasures/{id}"));
        await World.Refused(403, "forbidden", world.Ann.PostJsonAsync("/subjects/zoe/legal-holds", new { reason = "x" }));
        (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!["findings"]![0].Text("title").ShouldBe("something");
    }

    private static async Task<int> FoundAsync(World world) => (await World.Must(200, world.Ann.GetJsonAsync("/audit/events?text=quoll"))).Json!["items"]!.AsArray().Count;

    private static async Task SequencedAsync(RunningServer server)
    {
        var log = server.Services.GetRequiredService<TransparencyLog>();
        while (await log.GrowAsync(Token) > 0) { }
        await log.SignAsync(Token);
    }
}
