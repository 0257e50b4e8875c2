using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// Streams as they stood at a time: folded from their beginning up to the first event that happened later. The past does not change, so states on the way are kept, and the next question begins at
/// the nearest one.
/// </summary>
internal sealed class PastStates(NpgsqlDataSource source) : IDisposable
{
    private const int Stride = 512, AtOnce = 2048, MostKept = 4096;

    private static readonly Dictionary<string, Type> Types = EventNames.All.ToDictionary(e => e.Value, e => e.Key, StringComparer.Ordinal);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <returns>The state and the version that it stands for; version 0 where the stream did not exist by then.</returns>
    public async Task<Snapshot<TState>> AsOfAsync<TState>(string stream, DateTimeOffset asOf, Func<TState, object, TState> evolve, CancellationToken cancellationToken) where TState : class, new()
    {
        var way = _kept.TryGetValue(Key<TState>(stream), out ImmutableArray<Stop<TState>> known) ? known : [];
        var at = way.LastOrDefault(stop => stop.Latest <= asOf) ?? new(new(), 0, DateTimeOffset.MinValue);
        for (var more = true; more;)
        {
            var (read, from) = (0, at);
            await foreach (var (version, happened, e) in EventsAsync(stream, at.Version, cancellationToken))
            {
                // A clock that was set back does not undo what was recorded before.
                var latest = happened > at.Latest ? happened : at.Latest;
                if (latest > asOf) return new(at.State, at.Version);
                at = new(evolve(at.State, e), version, latest);
                if (version % Stride == 0 && (way is [] || version > way[^1].Version)) way = way.Add(at);
                read++;
            }

            more = read == AtOnce;
            if (at != from && way is [_, ..]) _kept.Set(Key<TState>(stream), way, new MemoryCacheEntryOptions { Size = way.Length });
        }

        return new(at.State, at.Version);
    }

    public void Dispose() => _kept.Dispose();

    private async IAsyncEnumerable<(long Version, DateTimeOffset Happened, object Event)> EventsAsync(string stream, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select version, type, timestamp, data ->> 'at', data::text from {MartenSetup.Schema}.mt_events where stream_id = $1 and version > $2 order by version limit {AtOnce}");
        command.Parameters.Add(new() { Value = stream });
        command.Parameters.Add(new() { Value = after });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            var happened = !row.IsDBNull(3) && Json.TryReadTime(row.GetString(3), out var said) ? said : row.GetFieldValue<DateTimeOffset>(2);
            yield return (row.GetInt64(0), happened, JsonSerializer.Deserialize(row.GetString(4), Types[row.GetString(1)], Json.Lenient)!);
        }
    }

    private static (Type, string) Key<TState>(string stream) => (typeof(TState), stream);

    /// <param name="Latest">When the latest of its events happened.</param>
    private sealed record Stop<TState>(TState State, long Version, DateTimeOffset Latest);
}
