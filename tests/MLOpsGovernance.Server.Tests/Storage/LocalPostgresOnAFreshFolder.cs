using System.Net.Sockets;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>These tests only look, so they share one server.</summary>
public sealed class LocalPostgresOnAFreshFolder(LocalPostgresOnAFreshFolder.Fresh fresh) : IClassFixture<LocalPostgresOnAFreshFolder.Fresh>
{
    private string Postgres => Path.Combine(fresh.Folder, "postgres");

    [Fact]
    public async Task Answers_queries_in_its_own_database()
    {
        (await QueryAsync("select current_database() || ' of ' || current_user")).ShouldBe("governance of governance");
        (await QueryAsync("show server_encoding")).ShouldBe("UTF8");
    }

    [Theory]
    [InlineData("fsync")]
    [InlineData("synchronous_commit")]
    [InlineData("full_page_writes")]
    [InlineData("data_checksums")]
    public async Task Gives_nothing_durable_away(string setting) =>
        (await QueryAsync($"show {setting}")).ShouldBe("on");

    [Fact]
    public async Task Listens_on_loopback_alone()
    {
        (await QueryAsync("show listen_addresses")).ShouldBe("127.0.0.1");
        (await QueryAsync("show unix_socket_directories")).ShouldBe("");
        using var elsewhere = new TcpClient();
        await Should.ThrowAsync<SocketException>(() => elsewhere.ConnectAsync("127.0.0.2", fresh.Server.Port, LocalPostgresTest.Token).AsTask());
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    public async Task Lets_nobody_in_without_the_password(string password)
    {
        var stranger = new NpgsqlConnectionStringBuilder(fresh.Server.ConnectionString) { Password = password };

        await Should.ThrowAsync<NpgsqlException>(() => LocalPostgresTest.QueryAsync(stranger.ConnectionString, "select 1"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Keeps_password_and_data_from_other_users()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a user's folders are private there by inheritance");

        File.GetUnixFileMode(Path.Combine(Postgres, "password")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.Combine(Postgres, "server")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Leaves_no_second_copy_of_the_password() =>
        Directory.GetFiles(Path.Combine(Postgres, "server")).Select(Path.GetFileName).ShouldBe(["log"]);

    private Task<object?> QueryAsync(string sql) => LocalPostgresTest.QueryAsync(fresh.Server.ConnectionString, sql);

    public sealed class Fresh : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public string Folder => _folder.Path;

        public LocalPostgres Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await LocalPostgres.StartAsync(new(Folder), NullLogger.Instance, LocalPostgresTest.Token);

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            _folder.Dispose();
        }
    }
}
