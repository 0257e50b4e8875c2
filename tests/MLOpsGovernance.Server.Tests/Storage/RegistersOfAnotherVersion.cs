using System.Diagnostics;
using Marten;
using MLOpsGovernance.Server.Storage;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>An upgrade brings registers that the events of before must fill, and leaves rows of registers that are no more.</summary>
public sealed class RegistersOfAnotherVersion(Database database)
{
    [Fact]
    public async Task Are_made_anew_from_all_events()
    {
        var connection = await database.NewDatabaseAsync(nameof(RegistersOfAnotherVersion));
        await using (var server = await RunningServer.StartAsync(connection))
        {
            await World.Must(201, server.As("dev:contributor:ann").PostJsonAsync("/teams", new { name = "flowers" }));
            (await NamesAsync(server)).ShouldBe(["flowers"]);
        }

        await QueryAsync(connection, "update governance.registers set definition = 'those of another version'; truncate governance.mt_doc_teamrow");
        await using var upgraded = await RunningServer.StartAsync(connection);

        (await NamesAsync(upgraded)).ShouldBe(["flowers"]);
        await World.Must(201, upgraded.As("dev:contributor:ann").PostJsonAsync("/teams", new { name = "ferns" }));
        (await NamesAsync(upgraded)).ShouldBe(["ferns", "flowers"]);
    }

    [Fact]
    public async Task Hold_nobody_up_when_they_are_no_more()
    {
        var connection = await database.NewDatabaseAsync(nameof(RegistersOfAnotherVersion));
        await using var server = await RunningServer.StartAsync(connection);
        await QueryAsync(connection, "insert into governance.mt_event_progression (name, last_seq_id) values ('RemovedRegister:All', 0), ('Registers:V2:All', 1)");
        await World.Must(201, server.As("dev:contributor:ann").PostJsonAsync("/teams", new { name = "flowers" }));
        var asked = Stopwatch.StartNew();

        (await NamesAsync(server)).ShouldBe(["flowers"]);
        await World.Must(200, server.As("dev:pipeline").PutJsonAsync("/environments/production/observed", new { observedAt = TimeProvider.System.GetUtcNow(), source = "kubectl", items = Array.Empty<object>() }));

        asked.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Are_told_apart_by_the_approved_definition()
    {
        await using var store = DocumentStore.For(options =>
        {
            options.Connection("Host=nowhere");
            MartenSetup.Configure(options);
        });

        Approved.Matches(RegisterDefinition.Of(store), "Registers", "txt");
    }

    private static async Task<List<string>> NamesAsync(RunningServer server) =>
        [.. (await World.Must(200, server.As("dev:contributor:ann").GetJsonAsync("/teams"))).Json!["items"]!.AsArray().Select(t => t.Text("name"))];
}
