namespace MLOpsGovernance.Server.Tests.Tasks;

/// <summary>What waits for those who have something to do: conditions, findings, validations, and what is confirmed again every quarter.</summary>
public sealed class WaitingForWork(SharedServer shared) : IClassFixture<SharedServer>
{
    private DateTimeOffset In(int days) => shared.Clock.GetUtcNow().AddDays(days);

    [Fact]
    public async Task Is_the_owners_until_a_condition_is_reported_and_an_approvers_until_it_is_met()
    {
        var world = await shared.FoundedAsync();
        var bob = world.As("dev:contributor:bob");
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));
        await World.Must(201, world.Eve.PostJsonAsync($"{world.Path(1)}/approvals", new
        {
            outcome = "approved-with-conditions", role = "model-validator", reason = "soon", conditions = new[] { new { id = "recalibrate", title = "recalibrate it", owner = "bob", due = In(3) } },
        }));

        var task = (await world.TasksOfAsync(bob, "&kind=fulfil-condition")).ShouldHaveSingleItem();
        (task.Text("item"), task.Text("assignee"), task["overdue"]!.GetValue<bool>(), task["dueInDays"]!.GetValue<int>()).ShouldBe(("recalibrate", "bob", false, 3));
        (await world.KindsOfAsync(world.Ann)).ShouldNotContain("fulfil-condition");
        shared.Clock.Forward(TimeSpan.FromDays(4));
        task = (await world.TasksOfAsync(bob, "&overdue=true")).ShouldHaveSingleItem();
        (task["overdue"]!.GetValue<bool>(), task["dueInDays"]!.GetValue<int>() <= 0).ShouldBe((true, true));
        (await world.TasksOfAsync(bob, "&overdue=false")).ShouldBeEmpty();

        await World.Must(200, bob.PostJsonAsync($"{world.Path(1)}/conditions/recalibrate/fulfilment", new { reason = "done" }));
        (await world.KindsOfAsync(bob)).ShouldBeEmpty();
        (await world.KindsOfAsync(world.As("dev:model-validator:bob"))).ShouldBeEmpty("its owner does not confirm it");
        (await world.KindsOfAsync(world.Eve)).ShouldBe(["confirm-condition"]);
        await World.Must(200, world.Eve.PostJsonAsync($"{world.Path(1)}/conditions/recalibrate/confirmation", new { reason = "seen" }));
        (await world.KindsOfAsync(world.Eve)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_the_teams_or_the_owners_while_a_finding_is_open()
    {
        var world = await shared.FoundedAsync();
        var bob = world.As("dev:contributor:bob");
        var finding = (await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "drifts", severity = "high" }))).Text("id");
        (await world.KindsOfAsync(bob)).ShouldBe(["remedy-finding"], "nobody's, so anybody's in the team");
        (await world.KindsOfAsync(world.As("dev:contributor:cleo"))).ShouldBeEmpty();

        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/findings/{finding}", new { owner = "ann", due = In(2) }));
        (await world.KindsOfAsync(bob)).ShouldBeEmpty();
        (await world.TasksOfAsync(world.Ann)).ShouldHaveSingleItem()["dueInDays"]!.GetValue<int>().ShouldBe(2);
        await World.Must(200, world.Eve.PostJsonAsync($"{world.Path()}/findings/{finding}/closure", new { reason = "retrained" }));
        (await world.KindsOfAsync(world.Ann)).ShouldBeEmpty();
        await World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/findings/{finding}/reopening", new { reason = "it is back" }));
        (await world.TasksOfAsync(world.Ann)).ShouldHaveSingleItem().Text("item").ShouldBe(finding);
    }

    [Fact]
    public async Task Is_a_second_persons_once_what_a_finding_is_about_was_seen_no_more()
    {
        var world = await shared.FoundedAsync();
        var stranger = World.OtherArtifact.Replace("cccc", "dddd");
        await World.Must(200, world.Root.PutJsonAsync($"/environments/lab-{world.Model}", new { gated = true }));
        await ObserveAsync(new { name = "mine", digest = World.Artifact }, new { name = "nobodys", digest = stranger });
        (await world.KindsOfAsync(world.As("dev:contributor:bob"))).ShouldBe(["remedy-finding"], "it runs without leave");
        var ofNobody = (await world.Eve.TasksAsync("kind=close-finding")).Where(t => t["environment"]?.GetValue<string>() == $"lab-{world.Model}").ShouldHaveSingleItem();

        await ObserveAsync(new { name = "nobodys", digest = stranger });
        (await world.KindsOfAsync(world.As("dev:contributor:bob"))).ShouldBeEmpty();
        var finding = (await world.TasksOfAsync(world.Eve)).ShouldHaveSingleItem();
        finding.Text("kind").ShouldBe("close-finding");
        (await world.KindsOfAsync(world.As("dev:model-validator:ann"))).ShouldBeEmpty("she is an author");
        await World.Must(200, world.Eve.PostJsonAsync($"{world.Path()}/findings/{finding.Text("item")}/closure", new { reason = "stopped" }));
        (await world.KindsOfAsync(world.Eve)).ShouldBeEmpty();
        await World.Must(200, world.Eve.PostJsonAsync($"/environments/lab-{world.Model}/findings/{ofNobody.Text("item")}/closure", new { reason = "stopped" }));
        (await world.Eve.TasksAsync("kind=close-finding")).ShouldNotContain(t => t.Text("id") == ofNobody.Text("id"));

        Task<Answer> ObserveAsync(params object[] items) =>
            World.Must(200, world.Pipeline.PutJsonAsync($"/environments/lab-{world.Model}/observed", new { observedAt = shared.Clock.GetUtcNow(), items }));
    }

    [Fact]
    public async Task Is_a_validators_before_what_runs_is_due_for_validation()
    {
        var world = await shared.FoundedAsync("limited", 2);
        await world.ApprovedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
        (await world.TasksOfAsync(world.Eve, "&kind=revalidate")).ShouldBeEmpty("it is due in a year");
        shared.Clock.Forward(TimeSpan.FromDays(345));

        (await world.TasksOfAsync(world.Eve, "&kind=revalidate")).ShouldHaveSingleItem();
        (await world.TasksOfAsync(world.Rita, "&kind=revalidate")).ShouldBeEmpty();
        (await world.TasksOfAsync(world.As("dev:model-validator:ann"), "&kind=revalidate")).ShouldBeEmpty("she is an author");
        await World.Must(201, world.Eve.PostJsonAsync($"{world.Path(1)}/validations", new { scope = "all", conclusion = "fit" }));
        (await world.TasksOfAsync(world.Eve, "&kind=revalidate")).ShouldBeEmpty("that is a year away again");
    }

    [Fact]
    public async Task Is_the_teams_every_quarter_until_the_model_is_confirmed_or_retired()
    {
        var world = await shared.FoundedAsync();
        var bob = world.As("dev:contributor:bob");
        (await world.KindsOfAsync(bob)).ShouldBeEmpty("it is due in three months");
        shared.Clock.Forward(TimeSpan.FromDays(70));
        (await world.KindsOfAsync(bob)).ShouldBe(["recertify-model"]);
        (await world.KindsOfAsync(world.As("dev:viewer:bob"))).ShouldBeEmpty("who only looks confirms nothing");
        (await world.KindsOfAsync(world.As("dev:contributor:cleo"))).ShouldBeEmpty("she is in another team");

        await World.Must(200, bob.PostJsonAsync($"{world.Path()}/recertification", new { stillInUse = true, reason = "in use" }));
        (await world.KindsOfAsync(bob)).ShouldBeEmpty();
        await World.Must(200, bob.PostJsonAsync($"{world.Path()}/recertification", new { stillInUse = false, reason = "replaced" }));
        (await world.KindsOfAsync(bob)).ShouldBe(["retire-model"]);
        await World.Must(200, bob.PostJsonAsync($"{world.Path()}/retirement", new { reason = "replaced" }));
        (await world.KindsOfAsync(bob)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_another_administrators_every_quarter_while_somebody_holds_a_role()
    {
        var world = new World(shared.Server);
        await World.Must(200, world.Root.PutJsonAsync("/subjects/vera/roles/model-validator", new { reason = "trained" }));
        await World.Must(200, world.Root.PutJsonAsync("/subjects/adam/roles/administrator", new { reason = "second" }));
        shared.Clock.Forward(TimeSpan.FromDays(80));

        (await RolesAsync(world.Root)).ShouldBe(["adam administrator", "vera model-validator"]);
        (await RolesAsync(world.As("dev:administrator:adam"))).ShouldBe(["vera model-validator"], "nobody confirms their own");
        (await RolesAsync(world.Carl)).ShouldBeEmpty();
        await World.Must(200, world.Root.PostJsonAsync("/subjects/vera/roles/model-validator/recertification", new { reason = "still validates" }));
        await World.Must(200, world.Root.DeleteJsonAsync("/subjects/adam/roles/administrator"));
        (await RolesAsync(world.Root)).ShouldBeEmpty();

        static async Task<IReadOnlyList<string>> RolesAsync(HttpClient caller) =>
            [.. (await caller.TasksAsync("kind=recertify-role")).Select(t => $"{t.Text("subject")} {t.Text("role")}").Order(StringComparer.Ordinal)];
    }
}
