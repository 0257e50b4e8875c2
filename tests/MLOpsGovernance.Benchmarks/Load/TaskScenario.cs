using System.Globalization;
using System.Net.Http.Json;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Tasks;
using MLOpsGovernance.Server.Tasks;
using Npgsql;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>
/// The first page of somebody's tasks over HTTP where 100,000 are open, of 1,000 people, 10,000 models and 200 teams. They are put straight into the register. Beside it, the shortest call that the
/// same server answers, which reads nothing from the database.
/// </summary>
internal static class TaskScenario
{
    private const int Open = 100_000, People = 1_000, Models = 10_000, Teams = 200, AtOnce = 5_000;

    public static async Task RunAsync()
    {
        var (postgresFolder, dataFolder) = (LoadScenarios.TemporaryFolder(), LoadScenarios.TemporaryFolder());
        await using var postgres = await LoadScenarios.PostgresAsync(postgresFolder);
        await using var server = await ServerProcess.StartAsync(dataFolder, LoadScenarios.ForServer(postgres));
        await FillAsync(postgres.ConnectionString);
        using (var founder = As(server.Address, "dev:contributor:person-7"))
        using (var formed = await founder.PostAsJsonAsync("/api/v1/teams", new { name = "team-7" }))
            formed.EnsureSuccessStatusCode();

        await MeasureAsync(server.Address, "reference: GET /me", "dev:contributor:person-7", "me", "\"subject\"");
        await MeasureAsync(server.Address, "tasks of a person, 40 theirs and their team's (≤ 50 ms)", "dev:contributor:person-7", "tasks", "remedy-finding");
        await MeasureAsync(server.Address, "tasks of a validator, 30,000 may be theirs (≤ 50 ms)", "dev:model-validator:person-7", "tasks", "\"nextCursor\"");
        await MeasureAsync(server.Address, "the same, of one kind and overdue", "dev:model-validator:person-7", "tasks?kind=approve&overdue=true", "\"nextCursor\"");
        await MeasureAsync(server.Address, "tasks of everybody", "dev:executive:olga", "tasks?all=true", "\"nextCursor\"");
    }

    private static async Task MeasureAsync(Uri address, string what, string token, string path, string proof)
    {
        using var client = As(address, token);
        var measured = await Latencies.MeasureAsync(1, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(8), async _ => (await client.GetStringAsync($"/api/v1/{path}")).Contains(proof, StringComparison.Ordinal));
        LoadScenarios.Row(what, $"p50 {measured.P50:F1} ms, p99 {measured.P99:F1} ms, max {measured.Max:F0} ms, {measured.PerSecond:F0}/s, {measured.Failures} failed");
    }

    private static async Task FillAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        foreach (var some in Tasks(TimeProvider.System.GetUtcNow()).Chunk(AtOnce))
        {
            await using var command = source.CreateCommand($"call {TaskTables.Replace}($1, $2::jsonb)");
            command.Parameters.Add(new() { Value = Array.Empty<string>() });
            command.Parameters.Add(new() { Value = TaskRows.Json(some) });
            await command.ExecuteNonQueryAsync();
        }

        await using var analyze = source.CreateCommand($"analyze {TaskTables.Name}");
        await analyze.ExecuteNonQueryAsync();
    }

    /// <summary>Of ten: four findings of somebody, three approvals, a class to confirm, and two that fall due by the calendar, most of them far ahead.</summary>
    private static IEnumerable<OpenTask> Tasks(DateTimeOffset now)
    {
        for (var i = 0; i < Open; i++)
        {
            var (model, team) = (Named("model", i % Models), Named("team", i % Models % Teams));
            var (since, due) = (now.AddDays(-(i * 7 % 90)), now.AddDays(i * 13 % 200 - 20).AddSeconds(i));
            var (item, author) = (Named("item", i), Named("person", (i + 1) % People));
            yield return (i / Models) switch
            {
                < 4 => new(TaskKind.RemedyFinding, new(Model: model, Item: item), team, since, due) { Assignee = Named("person", i % People) },
                < 7 => new(TaskKind.Approve, new(Model: model, Version: i), team, since, due) { Roles = Roles.Approvers, Excluded = [author] },
                7 => new(TaskKind.ConfirmRisk, new(Model: model), team, since, due) { Roles = Roles.Confirmers, Excluded = [author], OutsideTeam = true },
                8 => new(TaskKind.RecertifyModel, new(Model: model), team, since, now.AddDays(i % 90)) { ForTeam = true, Ahead = true },
                _ => new(TaskKind.Revalidate, new(Model: model, Version: 1), team, since, now.AddDays(i % 700)) { Roles = [Roles.ModelValidator], Excluded = [author], Ahead = true },
            };
        }
    }

    private static string Named(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what}-{number}");

    private static HttpClient As(Uri address, string token)
    {
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }
}
