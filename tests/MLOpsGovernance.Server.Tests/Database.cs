using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Tests;
using Npgsql;

[assembly: AssemblyFixture(typeof(Database))]

namespace MLOpsGovernance.Server.Tests;

/// <summary>
/// One PostgreSQL for the whole test run, begun when the first test asks for a database: that of <c>TEST_POSTGRES</c> (a connection string
/// whose user may create databases), else a private cluster in a temporary folder. At the end nothing of it is left.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private readonly ConcurrentBag<string> _databases = [];
    private readonly Lazy<Task<string>> _server;
    private TemporaryFolder? _folder;
    private LocalPostgres? _postgres;
    private int _count;

    public Database() => _server = new(StartAsync);

    /// <summary>Makes an empty database and answers its connection string; no two calls answer the same one.</summary>
    /// <param name="name">Told apart in logs and listings by it; usually the test class.</param>
    public async Task<string> NewDatabaseAsync(string name)
    {
        var server = await _server.Value;
        var database = string.Create(
            CultureInfo.InvariantCulture, $"{Sanitized(name)}_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}");
        await ExecuteAsync(server, $"create database {database}");
        _databases.Add(database);
        return new NpgsqlConnectionStringBuilder(server) { Database = database }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
            _folder!.Dispose();
        }
        else if (_server.IsValueCreated)
        {
            foreach (var database in _databases) await ExecuteAsync(await _server.Value, $"drop database if exists {database} with (force)");
        }
    }

    private async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } given) return given;
        _folder = new();
        _postgres = await LocalPostgres.StartAsync(
            new(_folder.Path) { MayFetch = true, MaxConnections = 400 }, NullLogger.Instance, CancellationToken.None);
        // Nothing here outlives the machine's power, and waiting for the disk is most of what a run would do. Tests of what a crash leaves have clusters of their own.
        foreach (var setting in (string[])["fsync", "synchronous_commit", "full_page_writes"]) await ExecuteAsync(_postgres.ConnectionString, $"alter system set {setting} = off");
        await ExecuteAsync(_postgres.ConnectionString, "select pg_reload_conf()");
        return new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { MaxPoolSize = 40 }.ConnectionString;
    }

    private static string Sanitized(string name) =>
        string.Concat("t_", string.Concat(name.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c == '_').Take(40)));

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
