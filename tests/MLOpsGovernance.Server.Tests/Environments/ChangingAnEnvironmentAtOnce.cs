namespace MLOpsGovernance.Server.Tests.Environments;

/// <summary>Two people who change different things of one environment at the same moment both get what they asked for.</summary>
public sealed class ChangingAnEnvironmentAtOnce(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Loses_neither_change()
    {
        var (root, carl) = (shared.Server.As("dev:administrator:root"), shared.Server.As("dev:compliance-officer:carl"));
        await World.Must(200, root.PutJsonAsync("/environments/busy", new { region = "none" }));
        for (var round = 0; round < 40; round++)
        {
            var (region, target) = ($"region-{round}", round % 2 == 0 ? "kserve" : "seldon");
            await Task.WhenAll(
                World.Must(200, root.PutJsonAsync("/environments/busy", new { region })),
                World.Must(200, carl.PutJsonAsync("/environments/busy", new { target })));

            var now = await World.Must(200, root.GetJsonAsync("/environments/busy"));
            (now.Text("region"), now.Text("target")).ShouldBe((region, target), $"round {round}");
        }
    }
}
