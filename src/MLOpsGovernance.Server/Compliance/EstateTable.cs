using System.Text.Json;
using Marten;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Compliance;

/// <summary>What the latest run found of each deployment, a row for each, so that a page of it is read and no more. The register of runs keeps it, out of what each run found.</summary>
internal sealed class EstateTable(NpgsqlDataSource source)
{
    public const string Name = $"{MartenSetup.Schema}.estate_compliance";

    public const string Sql = $"""
        create table if not exists {Name} (
            deployment text collate "C" primary key,
            run text not null,
            model text not null,
            environment text not null,
            compliant boolean not null,
            result jsonb not null);
        create index if not exists estate_compliance_of_models on {Name} (model, deployment);
        """;

    /// <summary>Takes in what a run found, which is kept beside its event, and forgets what the runs before it found.</summary>
    public static void Replace(IDocumentOperations operations, ComplianceJudged run)
    {
        operations.QueueSqlCommand(
            $"""
            insert into {Name} (deployment, run, model, environment, compliant, result)
                select r ->> 'deployment', ?, r ->> 'model', r ->> 'environment', (r ->> 'compliant')::boolean, r
                from {MartenSetup.Schema}.content c, jsonb_array_elements(convert_from(c.bytes, 'UTF8')::jsonb) r where c.digest = ?
                on conflict (deployment) do update set run = excluded.run, model = excluded.model, environment = excluded.environment, compliant = excluded.compliant, result = excluded.result
            """,
            run.Id, run.Results);
        operations.QueueSqlCommand($"delete from {Name} where run <> ?", run.Id);
    }

    /// <summary>What was found of a deployment when it was looked at last; null where it never was.</summary>
    public async Task<DeploymentCompliance?> FindAsync(string deployment, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select result::text from {Name} where deployment = $1");
        command.Parameters.Add(new() { Value = deployment });
        return await command.ExecuteScalarAsync(cancellationToken) is string found ? Read(found) : null;
    }

    /// <summary>One page, and the cursor of the next.</summary>
    public async Task<(IReadOnlyList<DeploymentCompliance> Items, string? Next)> PageAsync(string? model, string? environment, bool? compliant, Page page, CancellationToken cancellationToken)
    {
        List<string> filters = ["true"];
        await using var command = source.CreateCommand();
        if (page.Cursor is { } cursor) filters.Add($"deployment > {Given(cursor)}");
        if (model is not null) filters.Add($"model = {Given(model)}");
        if (environment is not null) filters.Add($"environment = {Given(environment)}");
        if (compliant is { } wanted) filters.Add($"compliant = {Given(wanted)}");
        command.CommandText = $"select result::text from {Name} where {string.Join(" and ", filters)} order by deployment limit {Given(page.Size + 1)}";

        List<DeploymentCompliance> found = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) found.Add(Read(reader.GetString(0)));
        return found.Count > page.Size ? ([.. found.Take(page.Size)], found[page.Size - 1].Deployment) : (found, null);

        string Given(object value)
        {
            command.Parameters.Add(new() { Value = value });
            return FormattableString.Invariant($"${command.Parameters.Count}");
        }
    }

    private static DeploymentCompliance Read(string json) => JsonSerializer.Deserialize<DeploymentCompliance>(json, Json.Lenient)!;
}
