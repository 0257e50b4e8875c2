using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Tests.Storage;

public sealed class LocalPostgresStartedAgain : LocalPostgresTest
{
    [Fact]
    public async Task Still_has_what_was_stored()
    {
        await using (var first = await StartAsync())
        {
            await QueryAsync(first.ConnectionString, "create table kept (n int); insert into kept values (42)");
        }

        var second = await StartAsync();

        (await QueryAsync(second.ConnectionString, "select n from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task Leaves_no_server_behind_when_disposed()
    {
        var postgres = await StartAsync();
        var process = new LocalPostgresPostmaster(postgres.ProcessId, "", default, postgres.Port);
        process.IsAlive().ShouldBeTrue();

        await postgres.DisposeAsync();

        process.IsAlive().ShouldBeFalse();
        File.Exists(Path.Combine(DataFolder, "postgres", "server", "cluster", "postmaster.pid")).ShouldBeFalse();
        await Should.ThrowAsync<ObjectDisposedException>(() => postgres.RestartAsync(Token));
    }

    [Fact]
    public async Task Is_refused_while_another_one_uses_the_folder()
    {
        var first = await StartAsync();

        var refusal = await Should.ThrowAsync<LocalPostgresUnavailableException>(() => StartAsync());

        refusal.Message.ShouldBe(
            $"The data folder {DataFolder} is in use by another server (process {Environment.ProcessId}). Stop that one, or choose another folder with --data.");
        (await QueryAsync(first.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Names_the_password_file_when_that_is_gone()
    {
        await using (await StartAsync())
        {
        }

        var password = Path.Combine(DataFolder, "postgres", "password");
        File.Delete(password);

        (await Should.ThrowAsync<LocalPostgresUnavailableException>(() => StartAsync())).Message.ShouldContain(password);
    }

    [Fact]
    public async Task Says_so_when_the_password_is_another_cluster_s()
    {
        await using (await StartAsync())
        {
        }

        await File.WriteAllTextAsync(Path.Combine(DataFolder, "postgres", "password"), "other", Token);

        (await Should.ThrowAsync<LocalPostgresUnavailableException>(() => StartAsync())).Message.ShouldContain("password");
        LocalPostgresPostmaster.Read(Path.Combine(DataFolder, "postgres", "server", "cluster")).ShouldBeNull();
    }

    [Fact]
    public async Task Names_the_version_it_needs_when_another_one_made_the_cluster()
    {
        await using (await StartAsync())
        {
        }

        await File.WriteAllTextAsync(Path.Combine(DataFolder, "postgres", "server", "cluster", "PG_VERSION"), "14\n", Token);

        (await Should.ThrowAsync<LocalPostgresUnavailableException>(() => StartAsync())).Message
            .ShouldStartWith("The local database needs PostgreSQL 14, which made the existing cluster, and none was found");
    }

    [Fact]
    public async Task Works_through_a_link_to_the_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making links needs a privilege there");
        await using (var first = await StartAsync())
        {
            await QueryAsync(first.ConnectionString, "create table kept (n int); insert into kept values (7)");
        }

        Directory.CreateSymbolicLink(Beside("link"), DataFolder);
        var second = await StartAsync(new(Beside("link")) { Supervise = false });

        (await QueryAsync(second.ConnectionString, "select n from kept")).ShouldBe(7);
    }
}
