using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Classification;

/// <summary>Whoever reports on risk finds who lowered what, from what to what, when and why, and what fell with it.</summary>
public sealed class ListingClassifications(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Names_what_was_lowered_on_a_model_and_how_many_approvals_fell()
    {
        var world = await shared.FoundedAsync("high", 1);
        await world.ApprovedAsync();
        var before = shared.Clock.GetUtcNow();
        shared.Clock.Forward(TimeSpan.FromMinutes(1));
        await World.Must(200, world.Carl.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "limited", tier = 1, reason = "only a chat" }));
        shared.Clock.Forward(TimeSpan.FromMinutes(1));

        var item = (await ListAsync(world, $"lowered=true&name={world.Model}")).ShouldHaveSingleItem();
        (item.Text("kind"), item.Text("by"), item.Text("reason"), item["approvals"]!.GetValue<int>()).ShouldBe(("model", "carl", "only a chat", 1));
        Parts(item).ShouldBe(["euAiAct"]);
        (item["riskBefore"].Text("euAiAct"), item["risk"].Text("euAiAct"), item["risk"]!["tier"]!.GetValue<int>()).ShouldBe(("high", "limited", 1));

        (await ListAsync(world, $"name={world.Model}")).Select(i => i["riskBefore"] is null).ShouldBe([true, false], "the first class lowers none");
        (await ListAsync(world, $"name={world.Model}&lowered=false")).ShouldHaveSingleItem()["riskBefore"].ShouldBeNull();
        (await ListAsync(world, $"name={world.Model}&lowered=true&to={before:yyyy-MM-dd'T'HH:mm:ss'Z'}")).ShouldBeEmpty();
        (await ListAsync(world, $"name={world.Model}&lowered=true&from={shared.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}")).ShouldBeEmpty();
        (await ListAsync(world, $"name={world.Model}&lowered=true&from={before:yyyy-MM-dd'T'HH:mm:ss'Z'}&kind=model")).Count.ShouldBe(1);
        (await ListAsync(world, $"name={world.Model}&kind=dataset")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_what_was_loosened_on_a_dataset_and_how_many_approvals_rested_on_it()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, Classify(world, "restricted", true));
        await world.ApprovedAsync();
        var revoked = (await World.Must(201, world.ApproveAsync(world.Rita, "ai-risk-officer"))).Text("id");
        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path(1)}/approvals/{revoked}/revocation", new { reason = "looked again" }));
        await World.Must(201, world.ApproveAsync(world.Carl, "compliance-officer"));

        await World.Must(200, Classify(world, "internal", false));

        var item = (await ListAsync(world, $"lowered=true&name={world.Dataset}")).ShouldHaveSingleItem();
        (item.Text("kind"), item.Text("by"), item.Text("reason"), item["approvals"]!.GetValue<int>()).ShouldBe(("dataset", "carl", "looked again", 2));
        Parts(item).ShouldBe(["sensitivity", "personalData"]);
        (item["dataBefore"].Text("sensitivity"), item["data"].Text("sensitivity"), item["data"]!["personalData"]!.GetValue<bool>()).ShouldBe(("restricted", "internal", false));
    }

    [Fact]
    public async Task Comes_in_pages_in_the_order_of_time()
    {
        var world = await shared.FoundedAsync();
        foreach (var sensitivity in new[] { "restricted", "confidential", "internal", "public" }) await World.Must(200, Classify(world, sensitivity, false));
        var first = (await World.Must(200, world.Ann.GetJsonAsync($"/classifications?lowered=true&name={world.Dataset}&limit=2"))).Json!;
        var second = (await World.Must(200, world.Ann.GetJsonAsync($"/classifications?lowered=true&name={world.Dataset}&limit=2&cursor={first.Text("nextCursor")}"))).Json!;
        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(i => i!["data"].Text("sensitivity")).ShouldBe(["confidential", "internal", "public"]);
        second["nextCursor"].ShouldBeNull();
    }

    private static Task<Answer> Classify(World world, string sensitivity, bool personalData) =>
        world.Carl.PutJsonAsync($"/datasets/{world.Dataset}/classification", new { sensitivity, personalData, reason = "looked again" });

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(World world, string query) =>
        [.. (await World.Must(200, world.Ann.GetJsonAsync($"/classifications?{query}"))).Json!["items"]!.AsArray().Select(i => i!)];

    private static IEnumerable<string> Parts(JsonNode item) => item["lowered"]!.AsArray().Select(p => p!.GetValue<string>());
}
