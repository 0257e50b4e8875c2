namespace MLOpsGovernance.Server.Tests.Tasks;

/// <summary>What waits for those who approve and confirm, from when it is asked until it is done.</summary>
public sealed class WaitingForApproval(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Begins_with_the_review_request_and_ends_with_the_approval()
    {
        var world = await shared.FoundedAsync();
        (await world.KindsOfAsync(world.Eve)).ShouldBeEmpty();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));

        var task = (await world.TasksOfAsync(world.Eve)).ShouldHaveSingleItem();
        (task.Text("kind"), task["version"]!.GetValue<int>(), task.Text("team"), task["overdue"]!.GetValue<bool>(), task["dueInDays"]!.GetValue<int>(), task.Text("link"))
            .ShouldBe(("approve", 1, "flowers", false, 5, $"/api/v1{world.Path(1)}"));
        task.Time("due").ShouldBe(task.Time("since").AddDays(5));
        (await World.Must(200, world.Eve.CallAsync("GET", world.Path(1)))).Json!["review"]!.GetValue<string>().ShouldBe("open", "the link leads to what it is about");
        (await world.KindsOfAsync(world.Rita)).ShouldBe(["approve"]);

        // Who authored it or asked for the review may not approve, whatever their role; nor may an administrator, a viewer or a machine.
        foreach (var token in new[] { "dev:model-validator:ann", "dev:administrator:root", "dev:viewer", "dev:pipeline", "dev:contributor:bob" }) (await world.KindsOfAsync(world.As(token))).ShouldBeEmpty(token);

        await world.ApprovedAsync();
        (await world.KindsOfAsync(world.Eve)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Goes_on_for_a_second_person_in_a_second_role_where_the_risk_is_high()
    {
        var world = await shared.FoundedAsync("high", 1);
        await world.ApprovedAsync();

        (await world.KindsOfAsync(world.Eve)).ShouldBeEmpty("she had her say");
        (await world.KindsOfAsync(world.As("dev:model-validator:vic"))).ShouldBeEmpty("a second validator would not be a second role");
        var task = (await world.TasksOfAsync(world.Rita)).ShouldHaveSingleItem();
        task["roles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldNotContain("model-validator");
        await World.Must(201, world.ApproveAsync(world.Rita, "ai-risk-officer"));
        (await world.KindsOfAsync(world.Carl)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Begins_anew_when_the_approval_falls_and_ends_with_a_rejection()
    {
        var world = await shared.FoundedAsync();
        var approval = await world.ApprovedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/purpose", new { purpose = "tell trees apart" }));
        (await world.KindsOfAsync(world.Eve)).ShouldBe(["approve"]);
        approval.ShouldNotBeEmpty();

        await World.Must(201, world.ApproveAsync(world.Eve, outcome: "rejected"));
        (await world.KindsOfAsync(world.Eve)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Turns_into_a_renewal_thirty_days_before_the_approval_expires()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var bob = world.As("dev:contributor:bob");
        shared.Clock.Forward(TimeSpan.FromDays(365 - 31));
        (await world.KindsOfAsync(world.Eve)).ShouldBeEmpty();

        shared.Clock.Forward(TimeSpan.FromDays(2));
        var task = (await world.TasksOfAsync(world.Rita, "&kind=renew-approval")).ShouldHaveSingleItem();
        task["dueInDays"]!.GetValue<int>().ShouldBeInRange(28, 30);
        (await world.TasksOfAsync(bob, "&kind=renew-approval")).ShouldBeEmpty("the review is open, so an approver is who it waits for");

        // Once deployed, the review is closed: its team must ask for another.
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
        (await world.TasksOfAsync(world.Rita, "&kind=renew-approval")).ShouldBeEmpty();
        (await world.TasksOfAsync(bob, "&kind=renew-approval")).ShouldHaveSingleItem();
        await World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/retirement", new { reason = "replaced", version = 1 }));
        (await world.TasksOfAsync(bob, "&kind=renew-approval")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_for_an_officer_outside_the_team_where_a_class_is_proposed()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "limited", tier = 2, reason = "more at stake" }));
        await World.Must(200, world.Ann.PutJsonAsync($"/datasets/{world.Dataset}/classification", new { sensitivity = "internal", personalData = false }));

        (await world.KindsOfAsync(world.Rita)).ShouldBe(["confirm-risk"]);
        (await world.KindsOfAsync(world.As("dev:ai-risk-officer:bob"))).ShouldBeEmpty("bob is in the team");
        (await world.KindsOfAsync(world.As("dev:ai-risk-officer:ann"))).ShouldBeEmpty("ann formed the team, and is an author");
        var ofData = (await world.Carl.TasksAsync("kind=confirm-class")).Where(t => t.Text("dataset") == world.Dataset).ShouldHaveSingleItem();
        ofData.Text("link").ShouldBe($"/api/v1/datasets/{world.Dataset}");
        (await world.As("dev:compliance-officer:bob").TasksAsync("kind=confirm-class")).ShouldNotContain(t => t.Text("dataset") == world.Dataset);

        await World.Must(200, world.Rita.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "limited", tier = 2, reason = "agreed" }));
        await World.Must(200, world.Carl.PutJsonAsync($"/datasets/{world.Dataset}/classification", new { sensitivity = "internal", personalData = false }));
        (await world.KindsOfAsync(world.Rita)).ShouldBeEmpty();
        (await world.Carl.TasksAsync("kind=confirm-class")).ShouldNotContain(t => t.Text("dataset") == world.Dataset);
    }

    [Fact]
    public async Task Ends_by_itself_where_nobody_agreed_to_break_the_glass_in_time()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/break-glass", new { environment = "production", reason = "the house burns", minutes = 30 }));
        (await world.KindsOfAsync(world.As("dev:engineering-lead:lee"))).ShouldBe(["approve-break-glass"]);
        (await world.KindsOfAsync(world.As("dev:engineering-lead:ann"))).ShouldBeEmpty("she asked for it");
        shared.Clock.Forward(TimeSpan.FromMinutes(31));
        (await world.KindsOfAsync(world.Rita)).ShouldBeEmpty("it lapsed");

        var glass = (await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/break-glass", new { environment = "production", reason = "again", minutes = 30 }))).Text("id");
        (await world.TasksOfAsync(world.Rita)).ShouldHaveSingleItem().Text("item").ShouldBe(glass);
        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path(1)}/break-glass/{glass}/approval", new { reason = "it does" }));
        (await world.KindsOfAsync(world.As("dev:engineering-lead:lee"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_for_a_second_person_where_a_gate_is_to_be_taken_away()
    {
        var world = new World(shared.Server);
        await World.Must(200, world.Root.PutJsonAsync("/environments/sandpit", new { gated = true }));
        await World.Must(200, world.Root.PutJsonAsync("/environments/sandpit", new { gated = false, reason = "only toys" }));

        (await world.Carl.TasksAsync("kind=confirm-ungating")).ShouldHaveSingleItem().Text("environment").ShouldBe("sandpit");
        (await world.Root.TasksAsync("kind=confirm-ungating")).ShouldBeEmpty("root proposed it");
        await World.Must(200, world.Carl.PutJsonAsync("/environments/sandpit", new { gated = false, reason = "agreed" }));
        (await world.Carl.TasksAsync("kind=confirm-ungating")).ShouldBeEmpty();
    }
}
