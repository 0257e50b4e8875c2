using System.Net.Sockets;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Tests.Requests;
using Npgsql;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>An outage passes, and a pipeline is told to try again; a fault does not, and somebody must be told.</summary>
public sealed class TellingOutagesFromFaults(Database database)
{
    [Theory]
    [InlineData(PostgresErrorCodes.ConnectionFailure)]
    [InlineData(PostgresErrorCodes.ConnectionDoesNotExist)]
    [InlineData(PostgresErrorCodes.TooManyConnections)]
    [InlineData(PostgresErrorCodes.DiskFull)]
    [InlineData(PostgresErrorCodes.OutOfMemory)]
    [InlineData(PostgresErrorCodes.AdminShutdown)]
    [InlineData(PostgresErrorCodes.CrashShutdown)]
    [InlineData(PostgresErrorCodes.CannotConnectNow)]
    public void Says_outage_when_PostgreSQL_cannot_serve_now(string state)
    {
        foreach (var e in Wrapped(Said(state))) StoreErrors.IsUnavailable(e).ShouldBeTrue(e.ToString());
    }

    [Theory]
    [InlineData(PostgresErrorCodes.UndefinedTable)]
    [InlineData(PostgresErrorCodes.UndefinedColumn)]
    [InlineData(PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData(PostgresErrorCodes.InvalidPassword)]
    [InlineData(PostgresErrorCodes.InvalidCatalogName)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction)]
    [InlineData(PostgresErrorCodes.QueryCanceled)]
    [InlineData(PostgresErrorCodes.UniqueViolation)]
    [InlineData(PostgresErrorCodes.SerializationFailure)]
    [InlineData(PostgresErrorCodes.CharacterNotInRepertoire)]
    [InlineData(PostgresErrorCodes.RaiseException)]
    [InlineData(PostgresErrorCodes.InternalError)]
    [InlineData(StoreErrors.GuardFailed)]
    public void Says_no_outage_when_PostgreSQL_answered(string state)
    {
        foreach (var e in Wrapped(Said(state))) StoreErrors.IsUnavailable(e).ShouldBeFalse(e.ToString());
        // Not even when the driver blames its connection for what PostgreSQL said.
        StoreErrors.IsUnavailable(new NpgsqlException("Exception while reading from stream", Said(state))).ShouldBeFalse();
    }

    [Fact]
    public void Says_outage_when_the_way_to_PostgreSQL_is_cut()
    {
        Exception[] cuts =
        [
            new NpgsqlException("Failed to connect", new SocketException((int)SocketError.ConnectionRefused)), new NpgsqlException("The connection pool has been exhausted"),
            new NpgsqlException("Exception while reading from stream", new EndOfStreamException()), new SocketException((int)SocketError.ConnectionReset),
            new TimeoutException(), new IOException(), new ObjectDisposedException(nameof(NpgsqlConnection)), new StoreUnavailableException("gone"),
        ];
        foreach (var e in cuts.SelectMany(Wrapped)) StoreErrors.IsUnavailable(e).ShouldBeTrue(e.ToString());
    }

    [Fact]
    public void Says_no_outage_for_a_fault_of_our_own()
    {
        Exception[] faults = [new InvalidOperationException(), new InvalidCastException(), new ObjectDisposedException("Cache"), new KeyNotFoundException()];
        foreach (var e in faults.SelectMany(Wrapped)) StoreErrors.IsUnavailable(e).ShouldBeFalse(e.ToString());
    }

    [Fact]
    public async Task Answers_500_and_not_503_when_the_schema_is_broken()
    {
        var connection = await database.NewDatabaseAsync(nameof(TellingOutagesFromFaults));
        await using var server = await RunningServer.StartAsync(connection);
        var ann = server.As("dev:contributor:ann");
        await World.Must(201, ann.PostJsonAsync("/teams", new { name = "before" }));
        await LocalPostgresTest.QueryAsync(connection, "alter table governance.mt_streams rename to elsewhere");

        BadInput.Explained(await ann.PostJsonAsync("/teams", new { name = "written" }), "a command", 500, "internal-error");
        BadInput.Explained(await ann.PutJsonAsync("/teams/before/members/bob", new { functions = Array.Empty<string>() }), "a command of a grain in memory", 500, "internal-error");

        await LocalPostgresTest.QueryAsync(connection, "alter table governance.mt_events rename to gone");
        BadInput.Explained(await ann.GetJsonAsync("/models/unread"), "a read of what is not in memory", 500, "internal-error");

        await LocalPostgresTest.QueryAsync(connection, "alter table governance.elsewhere rename to mt_streams; alter table governance.gone rename to mt_events");
        await World.Must(201, ann.PostJsonAsync("/teams", new { name = "after" }));
        await World.Must(200, ann.GetJsonAsync("/teams/before"));
    }

    private static PostgresException Said(string state) => new("said so", "ERROR", "ERROR", state);

    private static Exception[] Wrapped(Exception e) => [e, new InvalidOperationException("Marten could not", e), new AggregateException(new InvalidOperationException("twice", e))];
}
