namespace MLOpsGovernance.Server.Tests.Models;

/// <summary>A purpose is a text and codes. Whoever leaves the codes out leaves them as they are, also when somebody else changes them at the same moment.</summary>
public sealed class ChangingAPurposeAtOnce(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Loses_no_codes()
    {
        var world = await shared.FoundedAsync();
        for (var round = 0; round < 40; round++)
        {
            await Task.WhenAll(
                World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/purpose", new { purpose = $"text {round}" })),
                World.Must(200, world.Root.PutJsonAsync($"{world.Path()}/purpose", new { purpose = $"text {round}", purposes = new[] { $"code-{round}" } })));

            var now = await World.Must(200, world.Ann.GetJsonAsync(world.Path()));
            (now.Text("purpose"), now.Json!["purposes"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>()).ShouldBe(($"text {round}", $"code-{round}"), $"round {round}");
        }
    }

    /// <summary>Whether a text differs is judged on the one in force: two orders are possible, and what comes out is one of them.</summary>
    [Fact]
    public async Task Never_mixes_two_changes()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/purpose", new { purpose = "old", purposes = new[] { "old" } }));
        for (var round = 0; round < 40; round++)
        {
            await Task.WhenAll(
                World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/purpose", new { purpose = "old", purposes = new[] { "old" } })),
                World.Must(200, world.Root.PutJsonAsync($"{world.Path()}/purpose", new { purpose = "new", purposes = new[] { "new" } })));

            var now = await World.Must(200, world.Ann.GetJsonAsync(world.Path()));
            now.Json!["purposes"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe(now.Text("purpose"), $"round {round}");
        }
    }
}
