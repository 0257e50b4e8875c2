using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using MLOpsGovernance.Domain.Monitoring;

namespace MLOpsGovernance.Server.Monitoring;

/// <summary>One row for each report, those of the latest observation first.</summary>
internal sealed class MonitoringRow
{
    /// <summary>What is left of the largest number after the time of the observation, and the report's own id, so that the order of ids is from the latest to the first.</summary>
    public string Id { get; set; } = "";

    public string Model { get; set; } = "";

    public int Version { get; set; }

    public MonitoringReported Report { get; set; } = null!;
}

internal sealed partial class MonitoringRegister : EventProjection
{
    public MonitoringRegister()
    {
        Name = "MonitoringRegister";
        IncludeType<MonitoringReported>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        if (e.Data is MonitoringReported r)
            operations.Store(new MonitoringRow { Id = $"{long.MaxValue - r.ObservedAt.UtcTicks:D19}-{r.Id}", Model = e.StreamKey!["model:".Length..], Version = r.Version, Report = r });
        return ValueTask.CompletedTask;
    }
}
