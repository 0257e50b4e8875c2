using System.Data;
using Marten;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Dossiers;

/// <summary>
/// Many streams as they stood at one moment. A grain's state is taken from memory where it stands for exactly the version that the database has at that moment;
/// where a command came in between, the state is folded from the events up to that version.
/// </summary>
internal sealed class ConsistentReading : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly IDocumentStore _store;
    private readonly SortedDictionary<string, long> _read = new(StringComparer.Ordinal);

    private ConsistentReading(NpgsqlConnection connection, NpgsqlTransaction transaction, IDocumentStore store) => (_connection, _transaction, _store) = (connection, transaction, store);

    /// <summary>The number of the last event in the log at that moment.</summary>
    public long Sequence { get; private set; }

    /// <summary>Every stream that was read, at the version that was read.</summary>
    public IReadOnlyList<StreamRead> Read => [.. _read.Select(r => new StreamRead(r.Key, r.Value))];

    public static async Task<ConsistentReading> BeginAsync(NpgsqlDataSource source, IDocumentStore store, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            var reading = new ConsistentReading(connection, transaction, store);
            // The first statement is what fixes the moment.
            await using var command = reading.Command($"select coalesce(max(seq_id), 0) from {MartenSetup.Schema}.mt_events");
            reading.Sequence = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
            return reading;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A command of this reading; each parameter takes the next number.</summary>
    public NpgsqlCommand Command(string sql, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, _connection, _transaction);
        foreach (var value in parameters) command.Parameters.Add(new() { Value = value });
        return command;
    }

    /// <param name="memory">Asks the grain that owns the stream.</param>
    /// <param name="evolve">How the stream's state follows from its events.</param>
    public async Task<TState> StateAsync<TState>(string stream, Func<Task<Snapshot<TState>>> memory, Func<TState, object, TState> evolve, CancellationToken cancellationToken) where TState : class, new()
    {
        await using var command = Command($"select version from {MartenSetup.Schema}.mt_streams where id = $1", stream);
        var version = await command.ExecuteScalarAsync(cancellationToken) is long found ? found : 0;
        _read[stream] = version;
        if (version == 0) return new();
        var snapshot = await memory();
        return snapshot.Version == version ? snapshot.State : await FoldAsync(stream, version, evolve, cancellationToken);
    }

    private async Task<TState> FoldAsync<TState>(string stream, long version, Func<TState, object, TState> evolve, CancellationToken cancellationToken) where TState : class, new()
    {
        await using var session = _store.QuerySession(Marten.Services.SessionOptions.ForTransaction(_transaction));
        var events = await session.Events.FetchStreamAsync(stream, version, token: cancellationToken);
        return events.Aggregate(new TState(), (state, e) => evolve(state, e.Data));
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
