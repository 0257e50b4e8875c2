using System.Runtime.Versioning;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Tests.Storage;

public sealed class LocalPostgresAsRoot : LocalPostgresTest
{
    private static readonly string[] Accounts = ["root:x:0:0:root:/root:/bin/bash", "nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin"];

    [Fact]
    public void Runs_as_postgres_where_there_is_such_a_user() =>
        LocalPostgresAccount.Choose([.. Accounts, "postgres:x:101:104::/var/lib/postgresql:/bin/bash"], program => program).User.ShouldBe("postgres");

    [Fact]
    public void Runs_as_nobody_otherwise() =>
        LocalPostgresAccount.Choose(Accounts, program => program).User.ShouldBe("nobody");

    [Fact]
    public void Is_refused_where_there_is_neither() =>
        Should.Throw<LocalPostgresUnavailableException>(() => LocalPostgresAccount.Choose(["root:x:0:0:::"], program => program))
            .Message.ShouldContain("neither a user `postgres` nor a user `nobody`");

    [Fact]
    public void Is_refused_where_no_program_changes_the_user() =>
        Should.Throw<LocalPostgresUnavailableException>(() => LocalPostgresAccount.Choose(Accounts, _ => null))
            .Message.ShouldContain("none of runuser, setpriv and sudo");

    [Theory]
    [InlineData("runuser")]
    [InlineData("setpriv")]
    [SupportedOSPlatform("linux")]
    public async Task Becomes_the_other_user(string program)
    {
        Assert.SkipUnless(LocalPostgresOptions.IsRoot, "only root can become someone else");
        Assert.SkipWhen(LocalPostgresCommand.Find(program) is null, $"{program} is not installed");
        var account = LocalPostgresAccount.Choose(
            await File.ReadAllLinesAsync("/etc/passwd", Token), name => name == program ? LocalPostgresCommand.Find(name) : null);

        var who = await account.RunAsync("id", ["-un"], "/", TimeSpan.FromSeconds(10), Token);

        who.Output.Trim().ShouldBe(account.User);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Keeps_the_database_elsewhere_when_the_folder_is_out_of_the_other_user_s_reach()
    {
        Assert.SkipUnless(LocalPostgresOptions.IsRoot, "everyone else reaches their own folders");
        var hidden = Beside("hidden");
        Directory.CreateDirectory(hidden, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var options = new LocalPostgresOptions(Path.Combine(hidden, "below", "data")) { Supervise = false };

        await using (var first = await StartAsync(options))
        {
            await QueryAsync(first.ConnectionString, "create table kept (n int); insert into kept values (42)");
        }

        var second = await StartAsync(options);
        (await QueryAsync(second.ConnectionString, "select n from kept")).ShouldBe(42);
        await second.DisposeAsync();

        var elsewhere = await File.ReadAllTextAsync(Path.Combine(hidden, "below", "data", "postgres", "location"), Token);
        elsewhere.ShouldStartWith("/var/lib/mlops-governance/clusters/");
        File.GetUnixFileMode(hidden).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.Delete(elsewhere, recursive: true);
    }
}
