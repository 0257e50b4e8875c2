using System.Text.Json;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Recalls;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Reports;
using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Recalls;
using MLOpsGovernance.Server.Lineage;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Reports;

/// <summary>How far recalled data reached, and what became of the findings that the recall opened.</summary>
internal sealed class RecallDrawing(PastStates past, Decisions kept, SealingKeys sealing)
{
    private const int MostDrawn = 60;

    public async Task<Report> OfAsync(string id, ReportFrame frame, CancellationToken cancellationToken)
    {
        var at = frame.AsOf;
        var recall = await past.AtAsync($"recall:{id}", at, new Recall(), Recall.Evolve, cancellationToken);
        if (!recall.Exists) throw new SubjectGoneException($"There was no recall {id} at {Json.Time(at)}.");
        var reached = await kept.FactsAsync(recall.Impact, cancellationToken) is { } bytes && Digest.Sha256(bytes) == recall.Impact
            ? JsonSerializer.Deserialize<ImpactView>(bytes, Json.Lenient)!
            : throw new SubjectGoneException($"What recall {id} reached is gone from the store, so no report can be drawn of it.");
        var models = new Dictionary<string, Model>(StringComparer.Ordinal);
        foreach (var name in reached.ModelVersions.Select(v => v.Model).Distinct(StringComparer.Ordinal)) models[name] = await past.AtAsync($"model:{name}", at, new Model(), Model.Evolve, cancellationToken);
        var opened = models.SelectMany(m => m.Value.Findings.Where(f => f.Cause.StartsWith($"{RecallFindings.Kind}{id}:", StringComparison.Ordinal)).Select(f => (Model: m.Key, Finding: f))).ToList();
        var closed = opened.Count > 0 && opened.TrueForAll(f => !f.Finding.IsOpen) ? opened.Max(f => f.Finding.ClosedAt) : null;
        var (nodes, edges) = Ways(reached);
        return new RecallReport
        {
            Frame = frame,
            Dataset = recall.Dataset,
            Versions = recall.Version is { } version ? [version] : [],
            Reason = await sealing.OpenAsync(recall.Reason, cancellationToken) ?? (recall.Drill ? "A drill: nothing was withdrawn." : "No reason was given."),
            DeclaredBy = recall.ConfirmedBy ?? recall.PreparedBy,
            DeclaredAt = recall.PreparedAt,
            ContainedAt = recall.ConfirmedAt,
            ClosedAt = closed,
            Models = [.. reached.ModelVersions.Select(v => new ReachedModel(v.Model, v.Version, v.Team ?? "", StateOf(models[v.Model], v.Version), Math.Max(0, v.Way.Count - 1)))],
            Deployments = [.. reached.Deployments.Select(d => Deployment(models.GetValueOrDefault(d.Model), d))],
            LineageNodes = nodes,
            LineageEdges = edges,
            Actions = [.. opened.Select(f => new RecallAction($"Train {f.Model} version {f.Finding.Version} again without the data, or show that it does no harm", f.Finding.Owner, f.Finding.Due, f.Finding.ClosedAt))],
            Moments = [.. Moments(recall, opened.Count, closed)],
        };
    }

    private static string StateOf(Model model, int number) => model.Versions.GetValueOrDefault(number) is not { } version ? "unknown"
        : version.Recalled ? "recalled" : model.Retired || version.Retired ? "retired" : model.Suspended is not null || version.Suspended is not null ? "suspended"
        : model.Deployments.Any(d => d.Version == number && d.EndedAt is null) ? "live" : "registered";

    private static ReachedDeployment Deployment(Model? model, ImpactedDeployment d)
    {
        var now = model?.Deployments.FirstOrDefault(one => one.Id == d.Id);
        var ended = now?.EndedAt ?? d.EndedAt;
        return new(d.Model, d.Version, d.Environment, ended is null && d.Live, d.At, ended);
    }

    private static IEnumerable<RecallMoment> Moments(Recall recall, int findings, DateTimeOffset? closed)
    {
        yield return new(recall.PreparedAt, recall.Drill ? $"A drill was run; all was worked out in {recall.TookMilliseconds} ms" : "What the data reaches was worked out", recall.PreparedBy);
        if (recall.ConfirmedAt is { } confirmed) yield return new(confirmed, $"The recall was confirmed: the data is withdrawn, {findings} findings are open, and the gate denies what rests on it; done in {recall.TookMilliseconds} ms", recall.ConfirmedBy);
        if (closed is { } end) yield return new(end, "The last finding was closed");
    }

    private static (IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges) Ways(ImpactView reached)
    {
        var nodes = new Dictionary<string, LineageNode>(StringComparer.Ordinal);
        var edges = new HashSet<LineageEdge>();
        foreach (var way in reached.ModelVersions.Select(v => v.Way).Concat(reached.Deployments.Select(d => d.Way)).Take(MostDrawn))
        {
            for (var i = 0; i < way.Count; i++)
            {
                nodes.TryAdd(way[i], new(way[i], way[i][(way[i].IndexOf(':', StringComparison.Ordinal) + 1)..], KindOf(way[i]), Marked: i == 0));
                if (i > 0) edges.Add(new(way[i - 1], way[i]));
            }
        }

        return ([.. nodes.Values], [.. edges]);
    }

    private static LineageKind KindOf(string node) => node.Split(':')[0] switch
    {
        "job" or "run" => LineageKind.Job,
        "model" or "model-version" or "version" => LineageKind.Model,
        "deployment" => LineageKind.Deployment,
        _ => LineageKind.Dataset,
    };
}
