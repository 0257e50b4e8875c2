using System.Runtime.Versioning;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.Hosting;

/// <summary>Real processes, started as the README and the manifests start them.</summary>
public sealed class StartingTheServer(Database database)
{
    private static readonly (string, string)[] Production =
    [
        ("Authentication__Authority", "http://127.0.0.1:9"), ("Authentication__Audience", "mlops-governance"), ("Audit__LogKey", ProvidedServer.LogKey), ("Audit__VerdictKey", ProvidedServer.VerdictKey),
    ];

    [Fact]
    public async Task Takes_the_one_command_of_the_README_and_leaves_nothing_running()
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        await using var server = await ServerProcess.StartAsync(["run", "--no-build", "--configuration", configuration, "--project", Approved.InRepository("src/MLOpsGovernance.Server"), "--"]);

        await World.Must(201, server.As("dev:contributor:ann").PostJsonAsync("/teams", new { name = "flowers" }));
        (await World.Must(200, server.As("dev:viewer").GetJsonAsync("/policies"))).Json!["digest"].ShouldNotBeNull();
        var postmaster = LocalPostgresPostmaster.Read(Path.Combine(server.Data, "postgres", "server", "cluster")).ShouldNotBeNull(server.Output);

        (await server.StopAsync()).ShouldBe(0, server.Output);
        postmaster.IsAlive().ShouldBeFalse();
        Directory.EnumerateFiles(server.Data, "postmaster.pid", SearchOption.AllDirectories).ShouldBeEmpty();
        server.Output.ShouldNotContain("   at ", Case.Sensitive, "a stack in the log of an ordinary life");
    }

    [Fact]
    public async Task Needs_a_database_outside_Development() =>
        Refused(await ServerProcess.RunAsync([]), "Outside Development a database is required: set ConnectionStrings__Postgres.");

    [Fact]
    public async Task Says_what_to_do_when_the_database_cannot_be_reached()
    {
        var (exit, output, error) = await ServerProcess.RunAsync(["migrate"], [.. Production, ("ConnectionStrings__Postgres", "Host=127.0.0.1;Port=9;Username=nobody;Database=none")]);
        (exit, output).ShouldBe((1, ""));
        error.TrimEnd('\n').ShouldStartWith("mlgov-server: PostgreSQL at ConnectionStrings__Postgres cannot be used: ");
        error.TrimEnd('\n').ShouldNotContain('\n');
    }

    [Fact]
    public async Task Takes_the_migration_first_and_then_answers_the_health_verb()
    {
        (string, string)[] settings = [.. Production, ("ConnectionStrings__Postgres", await database.NewDatabaseAsync(nameof(StartingTheServer)))];
        Refused(await ServerProcess.RunAsync(["--urls", "http://127.0.0.1:0"], settings), "The database has no schema of this service yet: run `mlgov-server migrate` first.");

        var (exit, output, error) = await ServerProcess.RunAsync(["migrate"], settings);
        (exit, error).ShouldBe((0, ""), output);
        output.ShouldContain("The database is up to date");

        await using var server = await ServerProcess.StartAsync([Path.Combine(AppContext.BaseDirectory, "mlgov-server.dll")], settings);
        var ready = new Uri(server.Address, "/healthz/ready").ToString();
        (await ServerProcess.RunAsync(["health", "--url", ready])).ShouldBe((0, "", ""));
        (await server.As("dev:administrator:root").GetJsonAsync("/me")).Status.ShouldBe(401, "a development token outside Development");

        (await server.StopAsync()).ShouldBe(0, server.Output);
        var (unhealthy, _, why) = await ServerProcess.RunAsync(["health", "--url", ready]);
        unhealthy.ShouldBe(1);
        why.ShouldStartWith($"{ready} does not answer: ");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [UnsupportedOSPlatform("windows")]
    public async Task Fetches_a_missing_PostgreSQL_unless_it_is_told_to_stay_offline(bool offline)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for npm is a shell script");
        using var folder = new TemporaryFolder();
        var (programs, called) = (Directory.CreateDirectory(Path.Combine(folder.Path, "programs")).FullName, Path.Combine(folder.Path, "called"));
        await File.WriteAllTextAsync(Path.Combine(programs, "npm"), $"#!/bin/sh\necho yes >'{called}'\nexit 1\n", LocalPostgresTest.Token);
        File.SetUnixFileMode(Path.Combine(programs, "npm"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var (exit, _, error) = await ServerProcess.RunAsync([.. offline ? ["--offline"] : Array.Empty<string>(), "--data", Path.Combine(folder.Path, "data")],
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("LocalPostgres__SearchMachine", "false"), ("LocalPostgres__Cache", Path.Combine(folder.Path, "cache")),
            ("PATH", $"{programs}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}"));

        exit.ShouldBe(1);
        error.ShouldStartWith("mlgov-server: ");
        error.ShouldContain("`docker compose up -d`");
        error.ShouldNotContain("   at ");
        File.Exists(called).ShouldBe(!offline, error);
    }

    [Fact]
    public async Task Explains_its_use_when_it_does_not_know_the_command()
    {
        var (exit, output, error) = await ServerProcess.RunAsync(["migrat"]);
        (exit, output).ShouldBe((2, ""));
        error.ShouldStartWith("'migrat' is not a command of mlgov-server.\n\nusage: mlgov-server ");
        (await ServerProcess.RunAsync(["health"])).Exit.ShouldBe(2);
    }

    /// <summary>One message, and neither a stack nor a log beside it.</summary>
    private static void Refused((int Exit, string Output, string Error) run, string why) => run.ShouldBe((1, "", $"mlgov-server: {why}\n"));
}
