using System.Diagnostics;
using System.Globalization;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Tests.Storage;

public sealed class LocalPostgresBesideLeftovers : LocalPostgresTest
{
    private string Cluster => LocalPostgresFolder.RealPath(Path.Combine(DataFolder, "postgres", "server", "cluster"));

    [Fact]
    public async Task Takes_the_place_of_a_server_whose_owner_was_killed()
    {
        var orphan = await LeaveRunningAsync();
        (await orphan.LookAsync(Token)).ShouldBe(PostmasterState.Running);

        var postgres = await StartAsync();

        (await QueryAsync(postgres.ConnectionString, "select 1")).ShouldBe(1);
        postgres.ProcessId.ShouldNotBe(orphan.ProcessId);
        orphan.IsAlive().ShouldBeFalse();
    }

    [Fact]
    public async Task Recovers_where_owner_and_server_were_killed()
    {
        Kill((await LeaveRunningAsync()).ProcessId);

        (await QueryAsync((await StartAsync()).ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Is_not_stopped_by_a_process_number_that_went_to_another_program()
    {
        var orphan = await LeaveRunningAsync();
        Kill(orphan.ProcessId);
        using var stranger = await SleepAsDatabaseUserAsync();
        var strangerId = await FindSleepAsync(stranger);
        await NameInLockFileAsync(strangerId);

        var postgres = await StartAsync();

        (await QueryAsync(postgres.ConnectionString, "select 1")).ShouldBe(1);
        stranger.HasExited.ShouldBeFalse();
        stranger.Kill(entireProcessTree: true);
    }

    [Fact]
    public async Task Never_touches_the_server_of_another_folder()
    {
        await using (await StartAsync())
        {
        }

        var other = await StartAsync(new(Beside("other")) { Supervise = false });
        File.Copy(Path.Combine(Beside("other"), "postgres", "server", "cluster", "postmaster.pid"), Path.Combine(Cluster, "postmaster.pid"));
        if (LocalPostgresOptions.IsRoot) await LocalPostgresAccount.Choose().OwnAsync(Path.Combine(Cluster, "postmaster.pid"), Token);

        var postgres = await TryStartAsync();

        (await QueryAsync(other.ConnectionString, "select 1")).ShouldBe(1);
        (postgres?.ProcessId).ShouldNotBe(other.ProcessId);
    }

    [Fact]
    public async Task Names_the_lock_file_when_that_stays_in_the_way()
    {
        await using (await StartAsync())
        {
        }

        await File.WriteAllTextAsync(Path.Combine(Cluster, "postmaster.pid"), "", Token);

        var refusal = await Should.ThrowAsync<LocalPostgresUnavailableException>(() => StartAsync());

        refusal.Message.ShouldContain($"remove {Path.Combine(Cluster, "postmaster.pid")} and start again");
    }

    /// <summary>A copied lock file names the shared memory of the other server, so PostgreSQL may refuse; then the refusal must be clear.</summary>
    private async Task<LocalPostgres?> TryStartAsync()
    {
        try
        {
            return await StartAsync();
        }
        catch (LocalPostgresUnavailableException e)
        {
            e.Message.ShouldContain("postmaster.pid");
            return null;
        }
    }

    private async Task NameInLockFileAsync(int processId)
    {
        var file = Path.Combine(Cluster, "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file, Token);
        lines[0] = processId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(file, lines, Token);
    }

    /// <summary>PostgreSQL ignores processes of other users, so the stranger must be of its own.</summary>
    private static Task<Process> SleepAsDatabaseUserAsync()
    {
        string[] line = LocalPostgresOptions.IsRoot ? ["runuser", "-u", LocalPostgresAccount.Choose().User!, "--", "sleep", "300"] : ["sleep", "300"];
        return Task.FromResult(Process.Start(line[0], line[1..]));
    }

    private static async Task<int> FindSleepAsync(Process started)
    {
        if (!LocalPostgresOptions.IsRoot) return started.Id;
        var child = 0;
        await UntilAsync(
            async () => int.TryParse((await File.ReadAllTextAsync($"/proc/{started.Id}/task/{started.Id}/children", Token)).Trim(), CultureInfo.InvariantCulture, out child),
            TimeSpan.FromSeconds(5));
        return child;
    }
}
