using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.Audit;

/// <summary>An event that something else brought about names it: a decision, or another event of the trail. What somebody simply did names nothing.</summary>
public sealed class NamingTheCause(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Of_a_deployment_and_of_the_finding_it_opens_is_the_decision_it_stands_on()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var check = await world.AllowedAsync();
        await World.Must(201, world.DeployAsync(check));
        var back = await world.AllowedAsync(action: "rollback");
        await World.Must(201, world.DeployAsync(back));

        (await CausesAsync(world, "model_deployed")).ShouldBe([check.Text("decisionId")]);
        (await CausesAsync(world, "model_rolled_back")).ShouldBe([back.Text("decisionId")]);
        (await CausesAsync(world, "finding_opened")).ShouldBe([back.Text("decisionId")]);
        foreach (var type in new[] { "model_registered", "version_approved", "review_requested" }) (await CausesAsync(world, type)).ShouldBe([null], type);
        (await world.EventsAsync("policy_checked", $"check:{check.Text("decisionId")}")).ShouldHaveSingleItem()["causationId"].ShouldBeNull();
    }

    [Fact]
    public async Task Of_a_refused_deployment_is_the_decision_that_it_was_refused_on()
    {
        var world = await shared.FoundedAsync();
        var denied = await world.CheckAsync();
        await World.Refused(409, "decision-not-allowed", world.DeployAsync(denied));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));
        await World.Refused(403, "approver-is-author", world.ApproveAsync(world.As("dev:model-validator:ann")));

        (await world.EventsAsync("attempt_refused")).Select(e => (e["data"].Text("code"), e["causationId"]?.GetValue<string>()))
            .ShouldBe([("decision-not-allowed", denied.Text("decisionId")), ("approver-is-author", null)]);
    }

    [Fact]
    public async Task Of_a_superseded_approval_is_the_event_that_superseded_it()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        await World.Must(201, world.Eve.PostJsonAsync($"{world.Path(1)}/validations", new { scope = "all", conclusion = "fit" }));

        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/authors/bob"));

        var cause = (await world.EventsAsync("model_author_added")).ShouldHaveSingleItem();
        (await CausesAsync(world, "approval_superseded")).ShouldBe([cause.Text("id")]);
        (await CausesAsync(world, "validation_superseded")).ShouldBe([cause.Text("id")]);
        cause["causationId"].ShouldBeNull();
    }

    [Fact]
    public async Task Of_an_approval_that_was_superseded_elsewhere_is_the_check_that_noticed()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        await World.Must(200, world.Ann.PostJsonAsync($"/datasets/{world.Dataset}/withdrawal", new { reason = "a mistake" }));

        var check = await world.CheckAsync();

        await LocalPostgresTest.UntilAsync(async () => (await world.EventsAsync("approval_superseded")).Count > 0, TimeSpan.FromSeconds(20));
        var noted = (await world.EventsAsync("approval_superseded")).ShouldHaveSingleItem();
        (noted["causationId"]?.GetValue<string>(), noted.Text("actor"), noted["owner"], noted.Text("traceId")).ShouldBe((check.Text("decisionId"), "system:gate", null, check.Text("traceId")));
    }

    [Fact]
    public async Task Of_the_finding_that_break_glass_leaves_is_the_agreement_to_it()
    {
        var world = await shared.FoundedAsync();
        var id = (await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/break-glass", new { environment = "production", reason = "it burns", minutes = 30 }))).Text("id");
        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path(1)}/break-glass/{id}/approval", new { reason = "it does" }));

        (await CausesAsync(world, "finding_opened")).ShouldBe([(await world.EventsAsync("break_glass_approved")).ShouldHaveSingleItem().Text("id")]);
    }

    [Fact]
    public async Task Of_what_an_observation_finds_is_the_observation_in_whichever_history_it_stands()
    {
        var (world, environment) = (await shared.FoundedAsync(), $"cause-{Guid.NewGuid():N}");
        var (own, stranger) = (Fresh(), Fresh());
        await World.Must(200, world.Root.PutJsonAsync($"/environments/{environment}", new { gated = true }));
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/artifact", new { artifactDigest = own }));

        await ObserveAsync(world, environment, own, stranger);
        await ObserveAsync(world, environment);

        var observations = (await world.EventsAsync("environment_observed", $"environment:{environment}")).Select(e => e.Text("id")).ToList();
        (await CausesAsync(world, "finding_opened")).ShouldBe([observations[0]]);
        (await CausesAsync(world, "discrepancy_vanished")).ShouldBe([observations[1]]);
        (await CausesAsync(world, "environment_finding_opened", $"environment:{environment}")).ShouldBe([observations[0]]);
        (await CausesAsync(world, "discrepancy_vanished", $"environment:{environment}")).ShouldBe([observations[1]]);
    }

    [Fact]
    public async Task Of_a_person_who_was_named_in_a_team_is_the_naming()
    {
        var (world, subject) = (await shared.FoundedAsync(), $"zoe-{Guid.NewGuid():N}");
        await World.Must(200, world.Ann.PutJsonAsync($"/teams/flowers/members/{subject}", new { functions = new[] { "data-engineer" } }));

        var joined = (await world.EventsAsync("member_joined", "team:flowers")).Single(e => e["data"].Text("subject") == subject);
        (await CausesAsync(world, "person_recognized", $"subject:{subject}")).ShouldBe([joined.Text("id")]);
    }

    private static async Task<IReadOnlyList<string?>> CausesAsync(World world, string type, string? stream = null) =>
        [.. (await world.EventsAsync(type, stream)).Select(e => e["causationId"]?.GetValue<string>())];

    private async Task ObserveAsync(World world, string environment, params string[] digests) => await World.Must(200, world.Pipeline.PutJsonAsync(
        $"/environments/{environment}/observed", new { observedAt = shared.Clock.GetUtcNow(), items = digests.Select((digest, i) => new { name = $"pod-{i}", digest }) }));

    private static string Fresh() => $"sha256:{Guid.NewGuid():N}{Guid.NewGuid():N}";
}
