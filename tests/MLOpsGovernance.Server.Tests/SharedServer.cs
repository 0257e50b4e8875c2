namespace MLOpsGovernance.Server.Tests;

/// <summary>One server for the tests of a class, on a clock that can be set forward. Each test founds a world of its own on it, so none sees another's.</summary>
public sealed class SharedServer(Database database) : IAsyncLifetime
{
    private int _worlds;

    public ForwardClock Clock { get; } = new();

    public string Connection { get; private set; } = "";

    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Connection = await database.NewDatabaseAsync(nameof(SharedServer));
        Server = await RunningServer.StartAsync(Connection, Clock);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A model, trained on a dataset that no other test uses, with version 1 by ann.</summary>
    internal Task<World> FoundedAsync(string euAiAct = "minimal", int tier = 3) => NextWorld().FoundedAsync(euAiAct: euAiAct, tier: tier);

    internal World NextWorld()
    {
        var number = Interlocked.Increment(ref _worlds);
        return new(Server, $"m{number}", $"iris{number}");
    }
}
