namespace MLOpsGovernance.Server.Tests.Models;

/// <summary>A purpose is a text and codes. Whoever leaves the codes out leaves them as they are, also when somebody else changes them at the same moment.</summary>
public sealed class ChangingAPurposeAtOnce(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string[] Codes = ["credit-decision", "collections", "trading"];

    [Fact]
    public async Task Loses_no_codes()
    {
        var world = await shared.FoundedAsync();
        for (var round = 0; round < 40; round++)
        {
            await Task.WhenAll(
                World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/purpose", new { purpose = $"text {round}" })),
                World.Must(200, world.Root.PutJsonAsync($"{world.Path()}/purpose", new { purpose = $"text {round}", purposes = new[] { Codes[round % Codes.Length] } })));

            var now = await World.Must(200, world.Ann.GetJsonAsync(world.Path()));
            (now.Text("purpose"), now.Json!["purposes"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>()).ShouldBe(($"text {round}", Codes[round % Codes.Length]), $"round {round}");
        }
    }

    /// <summary>Whether a text differs is judged on the one in force: two orders are possible, and what comes out is one of them.</summary>
    [Fact]
    public async Task Never_mixes_two_changes()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/purpose", new { purpose = Codes[0], purposes = new[] { Codes[0] } }));
        for (var round = 0; round < 40; round++)
        {
            await Task.WhenAll(
                World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/purpose", new { purpose = Codes[0], purposes = new[] { Codes[0] } })),
                World.Must(200, world.Root.PutJsonAsync($"{world.Path()}/purpose", new { purpose = Codes[1], purposes = new[] { Codes[1] } })));

            var now = await World.Must(200, world.Ann.GetJsonAsync(world.Path()));
            now.Json!["purposes"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe(now.Text("purpose"), $"round {round}");
        }
    }
}
