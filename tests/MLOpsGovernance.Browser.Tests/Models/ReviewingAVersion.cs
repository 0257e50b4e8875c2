using Microsoft.Playwright;
using MLOpsGovernance.Server.Tests;

namespace MLOpsGovernance.Browser.Tests.Models;

/// <summary>From the task to the recorded decision, and everybody who must not take it.</summary>
public sealed class ReviewingAVersion(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Goes_from_the_request_of_the_team_to_the_approval_of_another()
    {
        var world = await new World(site.Server, "m-journey", "iris-journey").FoundedAsync();
        var path = $"/models/{world.Model}/versions/1";
        await using (var ann = await site.OpenAsync("contributor:ann"))
        {
            await ann.GoAsync(path);
            await Assertions.Expect(ann.Page.GetByText("not yet").First).ToBeVisibleAsync();
            await ann.Page.GetByLabel("Note for the reviewers").FillAsync("please look at <b>the metrics</b>");
            await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Ask for a review" }).ClickAsync();
            await Assertions.Expect(ann.Page.GetByText("The review is asked for.")).ToBeVisibleAsync();
            await Assertions.Expect(ann.Page.GetByText("nobody approves their own work")).Not.ToBeVisibleAsync();
            await Assertions.Expect(ann.Page.GetByText("It waits for people who hold one of the roles")).ToBeVisibleAsync();
        }

        await using var eve = await site.OpenAsync("model-validator:eve");
        await eve.GoAsync("/");
        await eve.Page.GetByRole(AriaRole.Link, new() { Name = $"Approve or reject version 1 of {world.Model}." }).ClickAsync();
        await eve.Page.GetByLabel("Reason").FillAsync("Held-out accuracy is fine.");
        await eve.Page.GetByRole(AriaRole.Button, new() { Name = "Record my decision" }).ClickAsync();
        await Assertions.Expect(eve.Page.GetByText("Your approval is recorded.")).ToBeVisibleAsync();
        await Assertions.Expect(eve.Page.GetByRole(AriaRole.Cell, new() { Name = "Held-out accuracy is fine." })).ToBeVisibleAsync();
        await Assertions.Expect(eve.Page.Locator("h3", new() { HasText = "production" }).GetByText("yes")).ToBeVisibleAsync();
        eve.Faults.ShouldBeEmpty();
        (await world.AllowedAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Is_refused_to_an_author_in_words_whatever_role_they_hold()
    {
        var world = await new World(site.Server, "m-own", "iris-own").FoundedAsync();
        await world.Ann.PostJsonAsync($"{world.Path(1)}/reviews");
        await using var ann = await site.OpenAsync("model-validator:ann");
        await ann.GoAsync($"/models/{world.Model}/versions/1");
        await Assertions.Expect(ann.Page.GetByText("nobody approves their own work")).ToBeVisibleAsync();
        await Assertions.Expect(ann.Page.GetByRole(AriaRole.Button, new() { Name = "Record my decision" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Shows_the_refusal_of_the_rule_itself_with_its_code()
    {
        var world = await new World(site.Server, "m-asked", "iris-asked").FoundedAsync();
        (await site.Server.As("dev:model-validator:quin").PostJsonAsync($"{world.Path(1)}/reviews")).Status.ShouldBe(201);
        await using var quin = await site.OpenAsync("model-validator:quin");
        await quin.GoAsync($"/models/{world.Model}/versions/1");
        await quin.Page.GetByLabel("Reason").FillAsync("I asked for it, and it is fine.");
        await quin.Page.GetByRole(AriaRole.Button, new() { Name = "Record my decision" }).ClickAsync();
        await Assertions.Expect(quin.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("approver-requested-review");
        // What was written is still there.
        await Assertions.Expect(quin.Page.GetByLabel("Reason")).ToHaveValueAsync("I asked for it, and it is fine.");
    }

    [Fact]
    public async Task Appears_on_the_page_that_somebody_else_has_open()
    {
        var world = await new World(site.Server, "m-live", "iris-live").FoundedAsync();
        await using var vic = await site.OpenAsync("viewer:vic");
        await vic.GoAsync($"/models/{world.Model}/versions/1");
        await Assertions.Expect(vic.Page.GetByText("Nobody approved it yet")).ToBeVisibleAsync();
        await world.ApprovedAsync();
        await Assertions.Expect(vic.Page.GetByRole(AriaRole.Cell, new() { Name = "evaluated" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Keeps_the_draft_when_the_session_ends()
    {
        var world = await new World(site.Server, "m-draft", "iris-draft").FoundedAsync();
        await world.Ann.PostJsonAsync($"{world.Path(1)}/reviews");
        var path = $"/models/{world.Model}/versions/1";
        await using var window = await site.OpenAsync();
        await window.GoAsync(path);
        await window.SignInAsync("model-validator:dora");
        await window.Page.GetByLabel("Reason").FillAsync("A long and careful reason.");
        site.Clock.Forward(TimeSpan.FromHours(11));
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Record my decision" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Your session has ended");

        await window.GoAsync(path);
        await window.SignInAsync("model-validator:dora");
        await Assertions.Expect(window.Page.GetByLabel("Reason")).ToHaveValueAsync("A long and careful reason.");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Record my decision" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText("Your approval is recorded.")).ToBeVisibleAsync();
    }
}
