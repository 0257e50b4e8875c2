namespace MLOpsGovernance.Server.Tests.Classification;

/// <summary>A class is proposed by the team and confirmed by somebody outside of it, who says so in one word.</summary>
public sealed class ConfirmingOverHttp(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly object Proposal = new
    {
        euAiAct = "high",
        tier = 1,
        reason = "decides on loans",
        role = "provider",
        basis = new { annex = "III", point = "5(b)", exception = "Art. 6(3)(a)" },
        materiality = new { exposure = 1_000_000.5, currency = "EUR", date = "2026-01-31", peopleAffected = 40_000, businessService = "lending" },
        accountableExecutive = "eva",
    };

    [Fact]
    public async Task Takes_a_models_class_with_all_that_was_proposed()
    {
        var world = await shared.FoundedAsync();
        await SignInAsync("eva");
        var proposed = await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/risk", Proposal));
        (proposed.Json!["risk"].Text("proposedBy"), proposed.Json["risk"]!["proposed"].Text("accountableExecutive")).ShouldBe(("ann", "eva"));

        var risk = (await World.Must(200, world.Rita.PostJsonAsync($"{world.Path()}/risk/confirmation"))).Json!["risk"]!;

        (risk.Text("state"), risk["proposed"], risk["proposedBy"]).ShouldBe(("confirmed", null, null));
        var confirmed = risk["confirmed"]!;
        (confirmed.Text("euAiAct"), confirmed.Text("role"), confirmed.Text("reason"), confirmed.Text("accountableExecutive")).ShouldBe(("high", "provider", "decides on loans", "eva"));
        (confirmed["basis"].Text("exception"), confirmed["materiality"].Text("businessService")).ShouldBe(("Art. 6(3)(a)", "lending"));
    }

    [Fact]
    public async Task Reaches_the_facts_of_the_gate()
    {
        var world = await shared.FoundedAsync();
        await SignInAsync("eva");
        await World.Must(200, world.Carl.PutJsonAsync($"{world.Path()}/risk", Proposal));
        var check = await World.Must(200, world.CheckAsync());
        var bytes = await Storage.LocalPostgresTest.QueryAsync(shared.Connection, $"select bytes from governance.content where digest = '{check.Text("factsDigest")}'");
        var model = System.Text.Json.Nodes.JsonNode.Parse((byte[])bytes!)!["model"]!;
        (model.Text("operatorRole"), model.Text("accountableExecutive"), model["basis"].Text("point")).ShouldBe(("provider", "eva", "5(b)"));
        (model["materiality"]!["exposure"]!.GetValue<double>(), model["materiality"].Text("date"), model["materiality"]!["peopleAffected"]!.GetValue<long>()).ShouldBe((1_000_000.5, "2026-01-31T00:00:00Z", 40_000L));
    }

    [Fact]
    public async Task Takes_a_datasets_class_too()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"/datasets/{world.Dataset}/classification", new { sensitivity = "internal", personalData = false, reason = "not published yet", purpose = "study" }));
        var classification = (await World.Must(200, world.Carl.PostJsonAsync($"/datasets/{world.Dataset}/classification/confirmation", new { reason = "agreed" }))).Json!["classification"]!;
        (classification.Text("state"), classification["proposed"], classification["confirmed"].Text("reason"), classification["confirmed"].Text("purpose")).ShouldBe(("confirmed", null, "agreed", "study"));
    }

    [Fact]
    public async Task Is_refused_to_whoever_is_not_outside_and_the_attempt_is_recorded()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "high", tier = 1, reason = "people" }));
        await World.Must(200, world.Ann.PutJsonAsync($"/datasets/{world.Dataset}/classification", new { sensitivity = "internal", personalData = false }));
        foreach (var path in new[] { $"{world.Path()}/risk/confirmation", $"/datasets/{world.Dataset}/classification/confirmation" })
        {
            await World.Refused(403, "confirmer-is-proposer", world.As("dev:ai-risk-officer:ann").PostJsonAsync(path));
            await World.Refused(403, "confirmer-in-team", world.As("dev:compliance-officer:bob").PostJsonAsync(path));
            await World.Refused(403, "role-cannot-confirm", world.Eve.PostJsonAsync(path));
            await World.Refused(403, "role-cannot-confirm", world.Root.PostJsonAsync(path));
            await World.Refused(403, "forbidden", world.Pipeline.PostJsonAsync(path));
        }

        (await world.EventsAsync("attempt_refused")).Select(e => e["data"].Text("code")).ShouldBe(["confirmer-is-proposer", "confirmer-in-team", "role-cannot-confirm", "role-cannot-confirm", "forbidden"]);
        (await world.Ann.GetJsonAsync(world.Path())).Json!["risk"]!["proposed"].Text("euAiAct").ShouldBe("high");
    }

    [Fact]
    public async Task Is_refused_where_nothing_is_proposed_or_nothing_is_there()
    {
        var world = await shared.FoundedAsync();
        await World.Refused(409, "class-not-proposed", world.Rita.PostJsonAsync($"{world.Path()}/risk/confirmation"));
        await World.Refused(409, "class-not-proposed", world.Carl.PostJsonAsync($"/datasets/{world.Dataset}/classification/confirmation"));
        await World.Refused(404, "model-unknown", world.Rita.PostJsonAsync("/models/nobody/risk/confirmation"));
        await World.Refused(404, "dataset-unknown", world.Rita.PostJsonAsync("/datasets/nowhere/classification/confirmation"));
        await World.Refused(400, "invalid-text", world.Rita.PostJsonAsync($"{world.Path()}/risk/confirmation", new { reason = "\u0007" }));
    }

    [Fact]
    public async Task Is_refused_from_the_start_with_an_executive_nobody_knows_or_figures_of_tomorrow()
    {
        var world = await shared.FoundedAsync();
        await World.Refused(422, "unknown-executive", world.Carl.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "limited", tier = 2, reason = "x", accountableExecutive = "never-seen" }));
        var date = DateOnly.FromDateTime(shared.Clock.GetUtcNow().UtcDateTime.AddDays(2)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await World.Refused(422, "materiality-from-the-future", world.Carl.PutJsonAsync(
            $"{world.Path()}/risk", new { euAiAct = "limited", tier = 2, reason = "x", materiality = new { exposure = 1, currency = "EUR", date, peopleAffected = 1 } }));
        await World.Refused(400, "invalid-currency", world.Carl.PutJsonAsync(
            $"{world.Path()}/risk", new { euAiAct = "limited", tier = 2, reason = "x", materiality = new { exposure = 1, currency = "EURO", date = "2026-01-31", peopleAffected = 1 } }));
    }

    [Fact]
    public async Task Answers_the_same_under_the_same_key()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "high", tier = 1, reason = "people" }));
        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path()}/risk/confirmation", new { reason = "agreed" }, "confirm-1"));
        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path()}/risk/confirmation", new { reason = "agreed" }, "confirm-1"));
        (await world.EventsAsync("model_risk_confirmed")).Count.ShouldBe(2, "the world's first class, and this");
    }

    private Task SignInAsync(string subject) => World.Must(200, shared.Server.As($"dev:executive:{subject}").GetJsonAsync("/me"));
}
