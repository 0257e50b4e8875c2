using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Tests.Storage;

public sealed class LocalPostgresWithoutBinaries : LocalPostgresTest
{
    private LocalPostgresOptions Bare => Options with { SearchMachine = false, CacheFolder = Beside("cache") };

    [Fact]
    public async Task Names_the_three_ways_out_in_one_message()
    {
        var refusal = await Should.ThrowAsync<LocalPostgresUnavailableException>(() => StartAsync(Bare));

        refusal.Message.ShouldBe(
            "The local database needs PostgreSQL 15 or newer, and none was found. Either install PostgreSQL 15 or newer, "
            + "or give a connection string in ConnectionStrings__Postgres, or run the whole service in containers with `docker compose up -d`.");
        Directory.Exists(Beside("cache")).ShouldBeFalse();
    }

    [Fact]
    public async Task Says_what_is_wrong_with_the_configured_folder()
    {
        var refusal = await Should.ThrowAsync<LocalPostgresUnavailableException>(
            () => StartAsync(Options with { BinariesFolder = Beside("nothing"), MayFetch = true }));

        refusal.Message.ShouldContain($"{Beside("nothing")}: initdb is missing");
        refusal.Message.ShouldContain("docker compose up -d");
    }

    [Fact]
    public async Task Passes_over_a_version_that_is_too_old()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in below is a shell script");
        Programs("old", "14.22 (Debian 14.22-1)");

        var refusal = await Should.ThrowAsync<LocalPostgresUnavailableException>(
            () => StartAsync(Options with { BinariesFolder = Beside("old") }));

        refusal.Message.ShouldContain($"{Beside("old")}: version 14.22");
    }

    [Fact]
    public void Finds_the_newest_of_a_system_s_packages()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "installers put them elsewhere there");
        foreach (var folder in (string[])["usr/lib/postgresql/9.6/bin", "usr/lib/postgresql/15/bin", "usr/lib/postgresql/9/bin", "usr/lib/postgresql/17/bin", "usr/pgsql-16/bin", "opt/homebrew/opt/postgresql@18/bin"])
            Programs($"root/{folder}", "any");

        LocalPostgresBinaries.UsualFolders(Beside("root")).Select(folder => Path.GetRelativePath(Beside("root"), folder)).ShouldBe(
        [
            "usr/lib/postgresql/17/bin", "usr/lib/postgresql/15/bin", "usr/lib/postgresql/9.6/bin", "usr/lib/postgresql/9/bin",
            "usr/pgsql-16/bin", "opt/homebrew/opt/postgresql@18/bin",
        ]);
    }

    private void Programs(string folder, string version)
    {
        Directory.CreateDirectory(Beside(folder));
        foreach (var program in (string[])["initdb", "pg_ctl", "postgres"])
        {
            var file = Path.Combine(Beside(folder), program);
            File.WriteAllText(file, $"#!/bin/sh\necho '{program} (PostgreSQL) {version}'\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
        }
    }
}
