using System.Collections.Concurrent;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Ui;

/// <summary>
/// Tells open pages which streams have changed, whichever node changed them. It looks once a second, and only while a page is open. A page misses nothing that was stored after it began to follow;
/// where very much changes at once it is told that anything may have.
/// </summary>
internal sealed class LiveChanges(NpgsqlDataSource source, SettledEvents settled, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LiveChanges> log)
{
    private const int Most = 500;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<Follower, byte> _followers = new();
    private readonly Lock _starting = new();
    private bool _looking;

    public IDisposable Follow(Func<string, bool> concerns, Func<Task> changed)
    {
        var follower = new Follower(this, concerns, changed);
        _followers[follower] = 0;
        lock (_starting)
        {
            if (!_looking) _ = LookAsync(lifetime.ApplicationStopping);
            _looking = true;
        }

        return follower;
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        long? seen = null;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var end = await settled.UpToAsync(Patience, stopping);
                if (seen < end && await StreamsAsync(seen.Value, end, stopping) is { Count: > 0 } streams) Tell(streams);
                seen = end;
                await Task.Delay(Step, time, stopping);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                log.LogDebug(e, "What has changed cannot be read now");
                await Task.Delay(Step, time, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            lock (_starting)
            {
                if (!_followers.IsEmpty) continue;
                _looking = false;
                return;
            }
        }
    }

    private void Tell(IReadOnlyCollection<string> streams)
    {
        foreach (var follower in _followers.Keys)
            if (streams.Count >= Most || streams.Any(follower.Concerns)) _ = follower.TellAsync(log);
    }

    private async Task<HashSet<string>> StreamsAsync(long after, long upTo, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select distinct stream_id from {MartenSetup.Schema}.mt_events where seq_id > $1 and seq_id <= $2 limit {Most}");
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = upTo });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var streams = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken)) streams.Add(reader.GetString(0));
        return streams;
    }

    private sealed class Follower(LiveChanges changes, Func<string, bool> concerns, Func<Task> changed) : IDisposable
    {
        public bool Concerns(string stream) => concerns(stream);

        public async Task TellAsync(ILogger log)
        {
            try
            {
                await changed();
            }
            catch (ObjectDisposedException)
            {
                // The page went while it was being told.
            }
            catch (Exception e)
            {
                log.LogWarning(e, "An open page could not show what has changed");
            }
        }

        public void Dispose() => changes._followers.TryRemove(this, out _);
    }
}
