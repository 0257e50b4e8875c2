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

    [Theory]
    [InlineData("echo $$; exec sleep 300")] // the number went to another program, which goes on
    [InlineData("sleep 0 & echo $!; exec sleep 300")] // the process is dead, but its parent does not collect it
    public async Task Is_not_stopped_by_a_process_number_that_means_nothing_any_more(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "PostgreSQL finds out by itself there");
        Kill((await LeaveRunningAsync()).ProcessId);
        var (other, number) = RunAsDatabaseUser(script);
        using (other)
        {
            await NameInLockFileAsync(number);

            var postgres = await StartAsync();

            (await QueryAsync(postgres.ConnectionString, "select 1")).ShouldBe(1);
            other.HasExited.ShouldBeFalse();
            other.Kill(entireProcessTree: true);
        }
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

        var postgres = await StartAsync();

        (await QueryAsync(postgres.ConnectionString, "select 1")).ShouldBe(1);
        other.ProcessId.ShouldNotBe(postgres.ProcessId);
        (await QueryAsync(other.ConnectionString, "select 1")).ShouldBe(1);
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

    private async Task NameInLockFileAsync(int processId)
    {
        var file = Path.Combine(Cluster, "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file, Token);
        lines[0] = processId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(file, lines, Token);
    }

    /// <summary>Runs a script that begins with printing a process number. PostgreSQL ignores processes of other users, so it runs as PostgreSQL's.</summary>
    private static (Process Started, int Printed) RunAsDatabaseUser(string script)
    {
        string[] prefix = LocalPostgresOptions.IsRoot ? ["runuser", "-u", LocalPostgresAccount.Choose().User!, "--"] : [];
        string[] line = [.. prefix, "sh", "-c", script];
        var started = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        return (started, int.Parse(started.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
    }
}
