using System.Text.Json;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>What all events about a run come to.</summary>
[AnyRole]
internal sealed record ReadLineageRun(string Run) : IQuery<LineageRunView>;

/// <param name="State"><c>NEW</c>, <c>RUNNING</c>, <c>COMPLETED</c>, <c>ABORTED</c> or <c>FAILED</c>.</param>
/// <param name="Contradicted">Whether it was said to have ended in more than one way; the latest counts.</param>
/// <param name="Forgotten">Events whose bodies are no longer kept; what only they said is missing here.</param>
internal sealed record LineageRunView(
    string Run, EntityName? Job, string State, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, bool Contradicted, IReadOnlyDictionary<string, JsonElement> Facets, IReadOnlyDictionary<string, JsonElement> JobFacets,
    IReadOnlyList<LineageDatasetView> Inputs, IReadOnlyList<LineageDatasetView> Outputs, int Events, int Forgotten);

/// <param name="FacetsHere">Of its being read or written by this run.</param>
internal sealed record LineageDatasetView(string Namespace, string Name, IReadOnlyDictionary<string, JsonElement> Facets, IReadOnlyDictionary<string, JsonElement> FacetsHere)
{
    public static LineageDatasetView Of(MergedDataset d) => new(d.Name.Namespace, d.Name.Name, d.Facets, d.FacetsHere);
}

internal sealed class LineageRunQuery(LineageRuns runs) : IRequestHandler<ReadLineageRun, Result<LineageRunView>>
{
    public async Task<Result<LineageRunView>> Handle(ReadLineageRun request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Run, out var id)) return Unknown;
        var (events, forgotten) = await runs.EventsAsync($"run:{id:D}", cancellationToken);
        if (events.Count + forgotten == 0) return Unknown;
        var run = RunLineage.Of(id.ToString("D"), events);
        return new LineageRunView(
            run.Run, run.Job, run.State, run.StartedAt, run.EndedAt, run.Contradicted, run.Facets, run.JobFacets, [.. run.Inputs.Select(LineageDatasetView.Of)], [.. run.Outputs.Select(LineageDatasetView.Of)],
            events.Count + forgotten, forgotten);
    }

    private static Refusal Unknown => new("lineage-run-unknown", "No event about this run was received.", RefusalKind.NotFound);
}
