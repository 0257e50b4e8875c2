using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>Keeps the one graph of datasets, jobs, runs, model versions and deployments. A page of events is gathered in memory, so that what a thousand runs of a job have in common is written once.</summary>
internal sealed class LineageRegister : IProjection
{
    public static IReadOnlyList<Type> Taken { get; } =
    [
        typeof(LineageReported), typeof(DatasetRegistered), typeof(DatasetVersionRegistered), typeof(DatasetLineageNamed), typeof(ModelVersionRegistered), typeof(ModelDeployed), typeof(ModelRolledBack), typeof(DeploymentConcluded),
        typeof(ModelRetired),
    ];

    private static readonly HashSet<Type> Types = [.. Taken];

    public Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var page = new LineagePage();
        foreach (var e in events)
            if (Types.Contains(e.Data.GetType())) page.Take(e.StreamKey!.Split(':', 2)[^1], e.Data);
        if (!page.IsEmpty) operations.QueueSqlCommand($"call {LineageTables.Take}(?::text::jsonb)", page.Json());
        return Task.CompletedTask;
    }
}
