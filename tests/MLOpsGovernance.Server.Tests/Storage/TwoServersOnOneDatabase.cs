using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>Two servers in one cluster, over PostgreSQL membership and TCP, as in production.</summary>
public sealed class TwoServersOnOneDatabase(Database database) : IAsyncLifetime
{
    private readonly List<RunningServer> _servers = [];
    private string _connection = "";

    private RunningServer One => _servers[0];

    private RunningServer Two => _servers[1];

    public async ValueTask InitializeAsync()
    {
        _connection = await database.NewDatabaseAsync(nameof(TwoServersOnOneDatabase));
        for (var i = 0; i < 2; i++)
        {
            _servers.Add(await RunningServer.StartAsync(
                _connection, null, ("Cluster:ClusterId", "test"), ("Cluster:SiloPort", Port()), ("Cluster:GatewayPort", Port())));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
    }

    [Fact]
    public async Task Decide_as_one_and_know_the_same()
    {
        var (one, two) = (One.As("dev:contributor:ann"), Two.As("dev:contributor:abe"));
        var world = await new World(One).FoundedAsync();
        (await two.GetJsonAsync("/me")).Status.ShouldBe(200);
        await World.Must(200, one.PutJsonAsync("/teams/flowers/members/abe", new { functions = new[] { "ml-engineer" } }));

        for (var i = 0; i < 20; i++)
        {
            var team = new { name = $"team-{i}" };
            var raced = await Task.WhenAll(one.PostJsonAsync("/teams", team), two.PostJsonAsync("/teams", team));
            raced.Select(a => a.Status).Order().ToArray().ShouldBe([201, 409], customMessage: string.Join(' ', raced.Select(a => a.Json?.ToJsonString())));
        }

        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            (await World.Must(201, (i % 2 == 0 ? one : two).PostJsonAsync("/models/m/versions", World.Version()))).Json!["version"]!.GetValue<int>()));
        numbers.Order().ToArray().ShouldBe(Enumerable.Range(2, 20).ToArray());

        var keyed = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? One : Two).As("dev:contributor:ann").PostJsonAsync("/teams", new { name = "keyed" }, "the-key")));
        keyed.ShouldAllBe(a => a.Status == 201);
        (await one.GetJsonAsync("/audit/events?stream=team:keyed")).Json!["items"]!.AsArray().Count.ShouldBe(1);

        await world.ApprovedAsync();
        await World.Must(200, one.PutJsonAsync("/models/m/aliases/champion", new { version = 1 }));
        await World.Must(201, one.PostJsonAsync("/models/m/findings", new { title = "drifts", severity = "low" }));
        var check = await world.CheckAsync();
        check.Json!["allowed"]!.GetValue<bool>().ShouldBeTrue(check.Json.ToJsonString());
        var decision = check.Json["decisionId"]!.GetValue<string>();
        var deployed = await Task.WhenAll(new[] { One, Two, One, Two }.Select(s =>
            s.As("dev:pipeline").PostJsonAsync("/deployments", new { model = "m", version = 1, environment = "production", decisionId = decision })));
        deployed.Count(a => a.Status == 201).ShouldBe(1, string.Join(' ', deployed.Select(a => a.Json?.ToJsonString())));
        deployed.Where(a => a.Status != 201).ShouldAllBe(a => a.Status == 409);

        // A grain lives on one of the two, so that one of each pair of reads crosses the wire with the whole state.
        foreach (var path in new[] { "/models/m", "/models/m/versions/1", "/teams/flowers", "/datasets/iris", "/environments/production", "/subjects/ann", "/policies" })
        {
            var (here, there) = (await one.GetJsonAsync(path), await two.GetJsonAsync(path));
            here.Status.ShouldBe(200, path);
            JsonNode.DeepEquals(here.Json, there.Json).ShouldBeTrue($"{path}: {here.Json?.ToJsonString()} is not {there.Json?.ToJsonString()}");
            here.ETag.ShouldBe(there.ETag, path);
        }

        // And so does what a caller demands of the version.
        foreach (var node in new[] { one, two })
        {
            var read = await node.GetJsonAsync("/models/m");
            await World.Must(200, node.CallWithAsync("PUT", "/models/m/aliases/latest", new { version = node == one ? 1 : 2 }, ("If-Match", read.ETag!)));
            await World.Refused(412, "precondition-failed", node.CallWithAsync("PUT", "/models/m/aliases/latest", new { version = 3 }, ("If-Match", read.ETag!)));
        }
    }

    [Fact]
    public async Task Have_one_leader_for_the_projections_and_another_after_it_stopped()
    {
        await LocalPostgresTest.UntilAsync(() => Task.FromResult(_servers.Count(Leads) == 1), TimeSpan.FromSeconds(20));
        await World.Must(201, One.As("dev:contributor:ann").PostJsonAsync("/teams", new { name = "before" }));
        var leader = _servers.Single(Leads);
        var other = _servers.Single(s => s != leader);
        (await TeamsAsync(other)).ShouldBe(["before"]);

        _servers.Remove(leader);
        await leader.DisposeAsync();

        await LocalPostgresTest.UntilAsync(() => Task.FromResult(Leads(other)), TimeSpan.FromSeconds(20));
        await LocalPostgresTest.UntilAsync(async () => (await other.As("dev:contributor:ann").PostJsonAsync("/teams", new { name = "after" })).Status is 201 or 409, TimeSpan.FromSeconds(30));
        await LocalPostgresTest.UntilAsync(async () => (await TeamsAsync(other)).SequenceEqual(["after", "before"]), TimeSpan.FromSeconds(20));
    }

    private static bool Leads(RunningServer server) => server.Services.GetServices<IHostedService>().OfType<ProjectionLeader>().Single().Leads;

    private static async Task<List<string>> TeamsAsync(RunningServer server) =>
        // While nobody leads, a list is refused rather than old.
        await server.As("dev:contributor:ann").GetJsonAsync("/teams") is { Code: not "register-behind" } answer ? [.. answer.Json!["items"]!.AsArray().Select(t => t.Text("name"))] : [];

    private static string Port() => LoopbackPort.Free().ToString(CultureInfo.InvariantCulture);
}
