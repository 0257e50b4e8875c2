using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>A model with 10,000 events as of any day in them, and searches of the trail among many events, over HTTP.</summary>
internal static class PastScenario
{
    private const string Digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const int Events = 10_000, Others = 200_000;

    public static async Task RunAsync()
    {
        var (postgresFolder, dataFolder) = (LoadScenarios.TemporaryFolder(), LoadScenarios.TemporaryFolder());
        await using var postgres = await LoadScenarios.PostgresAsync(postgresFolder);
        string[] moments;
        await using (var server = await ServerProcess.StartAsync(dataFolder, postgres.ConnectionString)) moments = await FoundAsync(server.Address);
        await using var again = await ServerProcess.StartAsync(dataFolder, postgres.ConnectionString);
        using var reader = Calls.As(again.Address, "dev:compliance-officer:carl", 1);
        await Calls.DoneAsync(reader.GetAsync(new Uri("/api/v1/models/credit", UriKind.Relative)));

        var since = Stopwatch.GetTimestamp();
        await Calls.DoneAsync(reader.GetAsync(new Uri($"/api/v1/models/credit?asOf={moments[^1]}", UriKind.Relative)));
        LoadScenarios.Row($"a model with {Events} events as of its end, asked for the first time", $"{Stopwatch.GetElapsedTime(since).TotalMilliseconds:F1} ms");
        await MeasureAsync(reader, "the same as of any moment (≤ 50 ms)", i => $"/api/v1/models/credit?asOf={moments[i % moments.Length]}");

        await CopyAsync(postgres.ConnectionString);
        since = Stopwatch.GetTimestamp();
        await WaitAsync(reader);
        LoadScenarios.Row($"{Others} events made findable", $"{Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s");
        await MeasureAsync(reader, "events by actor, newest first", i => $"/api/v1/audit/events?actor=copy-{i % 1000}&order=desc");
        await MeasureAsync(reader, "events by a word that one in 1,000 holds", _ => "/api/v1/audit/events?text=rare");
        await MeasureAsync(reader, "events by a word that all of them hold", _ => "/api/v1/audit/events?text=copied");
        await MeasureAsync(reader, "events by type within an hour", _ => $"/api/v1/audit/events?type=model_card_written&from={moments[0]}&to={moments[^1]}");
    }

    private static async Task MeasureAsync(HttpClient reader, string what, Func<int, string> path)
    {
        var i = 0;
        var measured = await Latencies.MeasureAsync(1, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6), async _ =>
        {
            using var answer = await reader.GetAsync(new Uri(path(i++), UriKind.Relative));
            await answer.Content.CopyToAsync(Stream.Null);
            return answer.IsSuccessStatusCode;
        });
        LoadScenarios.Row(what, $"p50 {measured.P50:F1} ms, p99 {measured.P99:F1} ms, {measured.Failures} failed");
    }

    private static async Task<string[]> FoundAsync(Uri address)
    {
        using var ann = Calls.As(address, "dev:contributor:ann", 1);
        await Calls.DoneAsync(ann.PostAsJsonAsync("/api/v1/teams", new { name = "lending" }));
        await Calls.DoneAsync(ann.PostAsJsonAsync("/api/v1/models", new { name = "credit", team = "lending", purpose = "load" }));
        await Calls.DoneAsync(ann.PostAsJsonAsync("/api/v1/models/credit/versions", new { artifactDigest = Digest, datasets = Array.Empty<object>(), authors = new[] { "ann" } }));
        List<string> moments = [];
        for (var i = 0; i < Events - 2; i++)
        {
            await Calls.DoneAsync(ann.PutAsJsonAsync("/api/v1/models/credit/card", new { text = $"card {i}" }));
            if (i % 97 == 0) moments.Add(TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
        }

        return [.. moments];
    }

    /// <summary>Events beside the writer, which stores no more than a few thousand in a second.</summary>
    private static async Task CopyAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand($$"""
            insert into governance.mt_events select (jsonb_populate_record(null::governance.mt_events, to_jsonb(e) || jsonb_build_object('seq_id', nextval('governance.mt_events_sequence'), 'id', gen_random_uuid(),
                'type', 'attempt_refused', 'stream_id', 'refusals:copy-' || i, 'version', 1, 'timestamp', now(), 'headers', jsonb_build_object('actor', 'copy-' || i % 1000), 'correlation_id', md5(i::text),
                'data', jsonb_build_object('action', 'copied', 'code', case when i % 1000 = 0 then 'rare' else 'common' end, 'why', 'copied', 'by', 'copy-' || i % 1000, 'at', '2026-01-31T12:00:00Z')))).*
            from generate_series(1, {{Others}}) i, (select * from governance.mt_events order by seq_id desc limit 1) e
            """);
        command.CommandTimeout = 200;
        await command.ExecuteNonQueryAsync();
        await using var analyze = source.CreateCommand("analyze governance.mt_events");
        await analyze.ExecuteNonQueryAsync();
    }

    private static async Task WaitAsync(HttpClient reader)
    {
        for (var i = 0; i < 600; i++)
        {
            using var answer = await reader.GetAsync(new Uri("/api/v1/audit/events?text=rare&order=desc&limit=1", UriKind.Relative));
            if (answer.IsSuccessStatusCode && JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("items").GetArrayLength() == 1) return;
            await Task.Delay(300);
        }
    }
}
