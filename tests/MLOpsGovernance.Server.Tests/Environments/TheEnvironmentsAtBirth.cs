namespace MLOpsGovernance.Server.Tests.Environments;

public sealed class TheEnvironmentsAtBirth(Database database)
{
    [Fact]
    public async Task Are_staging_and_production_both_gated_and_stay_what_they_became_at_the_next_start()
    {
        var connection = await database.NewDatabaseAsync(nameof(TheEnvironmentsAtBirth));
        await using (var born = await RunningServer.StartAsync(connection))
        {
            var world = new World(born);
            var environments = (await World.Must(200, world.Ann.GetJsonAsync("/environments"))).Json!["items"]!.AsArray();
            environments.Select(e => (e.Text("name"), e!["gated"]!.GetValue<bool>(), e["ungatingProposedBy"]!.AsArray().Count)).ShouldBe([("production", true, 0), ("staging", true, 0)], ignoreOrder: true);
            var registered = (await world.EventsAsync(stream: "environment:production")).ShouldHaveSingleItem();
            (registered.Text("type"), registered.Text("actor")).ShouldBe(("environment_registered", "system:birth"));

            await World.Must(200, world.Root.PutJsonAsync("/environments/staging", new { gated = false, reason = "a sandbox" }));
            await World.Must(200, world.Carl.PutJsonAsync("/environments/staging", new { gated = false, reason = "agreed" }));
        }

        await using var again = await RunningServer.StartAsync(connection);
        var later = new World(again);
        (await later.Ann.GetJsonAsync("/environments/staging")).Json!["gated"]!.GetValue<bool>().ShouldBeFalse();
        (await later.Ann.GetJsonAsync("/environments/production")).Json!["gated"]!.GetValue<bool>().ShouldBeTrue();
        (await later.EventsAsync(stream: "environment:production")).Count.ShouldBe(1);
    }
}
