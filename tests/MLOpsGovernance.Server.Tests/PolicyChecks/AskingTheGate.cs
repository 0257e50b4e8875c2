namespace MLOpsGovernance.Server.Tests.PolicyChecks;

public sealed class AskingTheGate(Database database) : IAsyncLifetime
{
    private RunningServer _server = null!;
    private World _world = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(AskingTheGate)));
        _world = await new World(_server).FoundedAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Is_denied_until_an_independent_person_approved_and_then_deploys_once()
    {
        var denied = await _world.CheckAsync();
        denied.Json!["outcome"]!.GetValue<string>().ShouldBe("deny");
        denied.Json["waitingFor"]!.GetValue<string>().ShouldBe("human");
        (await _world.DeployAsync(denied)).Code.ShouldBe("decision-not-allowed");

        await _world.ApprovedAsync();
        var allowed = await _world.CheckAsync();
        allowed.Json!["outcome"]!.GetValue<string>().ShouldBe("allow");
        (await _world.DeployAsync(allowed)).Status.ShouldBe(201);
        (await _world.DeployAsync(allowed)).Code.ShouldBe("decision-used");
    }
}
