using System.Text.Json;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Server.PolicyChecks;

namespace MLOpsGovernance.Server.Compliance;

/// <summary>One row for each run, the latest first.</summary>
internal sealed class ComplianceRow
{
    /// <summary>What is left of the largest number after the event's own, with leading zeros, so that the order of ids is from the latest to the first.</summary>
    public string Id { get; set; } = "";

    public ComplianceJudged Run { get; set; } = null!;
}

internal sealed partial class ComplianceRegister : EventProjection
{
    public ComplianceRegister()
    {
        Name = "ComplianceRegister";
        IncludeType<ComplianceJudged>();
        Options.DeleteDataInTableOnTeardown(EstateTable.Name);
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        if (e.Data is ComplianceJudged run)
        {
            operations.Store(new ComplianceRow { Id = $"{long.MaxValue - e.Sequence:D19}", Run = run });
            EstateTable.Replace(operations, run);
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>Past runs, and what each found.</summary>
internal sealed class ComplianceRuns(IDocumentStore store, Decisions decisions)
{
    public async Task<ComplianceJudged?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var events = await session.Events.FetchStreamAsync($"compliance:{id}", token: cancellationToken);
        return events.Count == 0 ? null : events[0].Data as ComplianceJudged;
    }

    /// <summary>What was found of each deployment; null where the store no longer has it as it was.</summary>
    public async Task<IReadOnlyList<DeploymentCompliance>?> ResultsAsync(ComplianceJudged run, CancellationToken cancellationToken) =>
        await decisions.FactsAsync(run.Results, cancellationToken) is { } bytes && Digest.Sha256(bytes) == run.Results ? JsonSerializer.Deserialize<DeploymentCompliance[]>(bytes, Json.Lenient) : null;
}
