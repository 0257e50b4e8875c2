using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Tests.Storage;

public sealed class LocalPostgresPlaced : LocalPostgresTest
{
    [Fact]
    public async Task Uses_the_port_it_is_given()
    {
        var port = LoopbackPort.Free();

        var postgres = await StartAsync(Options with { Port = port });

        postgres.Port.ShouldBe(port);
        (await QueryAsync(postgres.ConnectionString, "show port")).ShouldBe($"{port}");
    }

    [Fact]
    public async Task Begins_anew_where_an_earlier_attempt_was_cut_short()
    {
        var unfinished = Path.Combine(DataFolder, "postgres", "server", "cluster.new");
        Directory.CreateDirectory(unfinished);
        await File.WriteAllTextAsync(Path.Combine(unfinished, "PG_VERSION"), "15", Token);

        var postgres = await StartAsync();

        (await QueryAsync(postgres.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Says_so_when_the_folder_cannot_be_used()
    {
        await File.WriteAllTextAsync(DataFolder, "a file", Token);

        var refusal = await Should.ThrowAsync<LocalPostgresUnavailableException>(() => StartAsync());

        refusal.Message.ShouldContain(DataFolder);
        refusal.Message.ShouldContain("--data");
    }
}
