using System.Globalization;
using System.Text;
using Npgsql;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>OpenLineage events over HTTP, one by one and a hundred in a body: a START and a COMPLETE for each run of 2,000 jobs; and impact in a graph of 100,000 nodes and 500,000 edges, put straight into the register's tables.</summary>
internal static class LineageScenario
{
    private const int Nodes = 100_000, EdgesOfNode = 5, Jobs = 2_000;
    private static int _runs;

    public static async Task RunAsync()
    {
        var (postgresFolder, dataFolder) = (LoadScenarios.TemporaryFolder(), LoadScenarios.TemporaryFolder());
        await using var postgres = await LoadScenarios.PostgresAsync(postgresFolder);
        await using var server = await ServerProcess.StartAsync(dataFolder, LoadScenarios.ForServer(postgres));
        foreach (var (callers, size) in new[] { (64, 1), (4, 100) })
        {
            using var client = Calls.As(server.Address, "dev:pipeline", callers);
            var measured = await Latencies.MeasureAsync(callers, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), async _ =>
            {
                using var content = new StringContent(Body(size), Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync(new Uri("/api/v1/lineage", UriKind.Relative), content);
                return (int)answer.StatusCode == 201;
            });
            LoadScenarios.Row($"lineage events, {callers} callers, {size} in a body (≥ 2,000/s)", $"{measured.PerSecond * size:F0}/s, p50 {measured.P50:F1} ms, p99 {measured.P99:F1} ms, {measured.Failures} failed");
        }

        await FillAsync(postgres.ConnectionString);
        using var reader = Calls.As(server.Address, "dev:viewer", 1);
        await MeasureAsync(reader, "impact in 100,000 nodes, 500,000 edges, depth 20 (p99 ≤ 100 ms)", "lineage/impact?nodeId=dataset%3Abench%3A0&depth=20&stale=true&limit=1");
        await MeasureAsync(reader, "the same graph, 2,000 nodes around one", "lineage?nodeId=dataset%3Abench%3A50000&stale=true");
    }

    private static async Task MeasureAsync(HttpClient client, string what, string path)
    {
        var measured = await Latencies.MeasureAsync(1, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), async _ => (await client.GetStringAsync(new Uri($"/api/v1/{path}", UriKind.Relative))).Contains("\"nodeId\"", StringComparison.Ordinal));
        LoadScenarios.Row(what, $"p50 {measured.P50:F1} ms, p99 {measured.P99:F1} ms, max {measured.Max:F0} ms, {measured.PerSecond:F0}/s, {measured.Failures} failed");
    }

    private static string Body(int size) => size == 1 ? Event(Interlocked.Increment(ref _runs)) : $"[{string.Join(',', Enumerable.Range(0, size).Select(_ => Event(Interlocked.Increment(ref _runs))))}]";

    /// <summary>Every second one ends the run that the one before it began. Four datasets, two of them with columns: 2 KiB.</summary>
    private static string Event(int number)
    {
        var (run, job, start) = (number / 2, number / 2 % Jobs, number % 2 == 0);
        var time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(number).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var columns = string.Join(',', Enumerable.Range(0, 20).Select(i => $$"""{"name":"column_{{i}}","type":"VARCHAR"}"""));
        string Dataset(string name) => $$"""
            {"namespace":"postgres://warehouse:5432","name":"{{name}}",
             "facets":{"schema":{"_producer":"https://example.com/client","_schemaURL":"https://openlineage.io/spec/facets/1-1-1/SchemaDatasetFacet.json","fields":[{{columns}}] } } }
            """;
        return $$"""
            {"eventType":"{{(start ? "START" : "COMPLETE")}}","eventTime":"{{time}}","producer":"https://example.com/client","schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
             "run":{"runId":"{{new Guid(run, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)}}"},"job":{"namespace":"airflow","name":"etl.task_{{job}}"},
             "inputs":[{{Dataset($"raw.t{job}")}},{"namespace":"postgres://warehouse:5432","name":"raw.t{{job + 1}}"}],"outputs":[{{Dataset($"mart.t{job}")}}]}
            """;
    }

    /// <summary>Each node leads to five that lie behind it, near and far, so that nearly all of them are reached from the first.</summary>
    private static async Task FillAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand($"""
            with numbered as materialized (select nextval('governance.lineage_changes') as step), nodes as (
                insert into governance.lineage_nodes (key, kind, namespace, name, change)
                select encode(substring(sha256(convert_to(kind || E'\nbench\n' || i, 'UTF8')) from 1 for 16), 'hex')::uuid, kind, 'bench', i::text, step
                from numbered, generate_series(0, {Nodes - 1}) i cross join lateral (select i % 2 as kind) k returning key, kind, name::int as i)
            insert into governance.lineage_edges (from_key, to_key, kind, first_seen, current, change)
            select a.key, b.key, a.kind, '2026-01-01Z', true, step from numbered, nodes a cross join generate_series(0, {EdgesOfNode - 1}) n join nodes b on b.i = a.i + 1 + 2 * (n * n * n * (a.i % 97 + 1) % 400) on conflict do nothing
            """);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
        await using var analyze = source.CreateCommand("analyze governance.lineage_nodes; analyze governance.lineage_edges");
        await analyze.ExecuteNonQueryAsync();
    }
}
