using System.Text.Json;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Evidence;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Monitoring;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Maturity;

/// <summary>What an assessment counts of a model version, or with the number 0 of a model as a whole: so that a team's practice is read without anybody's history.</summary>
internal sealed class PracticeRow
{
    /// <summary>Model and number.</summary>
    public string Id { get; set; } = "";

    public string Model { get; set; } = "";
    public int Number { get; set; }

    /// <summary>When it was registered; of a model as a whole, when its card was written last.</summary>
    public DateTimeOffset At { get; set; }

    public string By { get; set; } = "";
    public IReadOnlyList<string> Authors { get; set; } = [];
    public IReadOnlyList<string> HumanAuthors { get; set; } = [];

    /// <summary>As <c>name@version</c>.</summary>
    public IReadOnlyList<string> Datasets { get; set; } = [];

    public string? Commit { get; set; }
    public bool Run { get; set; }
    public bool Metrics { get; set; }
    public bool Environment { get; set; }
    public bool Image { get; set; }
    public string? Trigger { get; set; }

    /// <summary>False once it was recalled or retired.</summary>
    public bool Fit { get; set; } = true;

    public IReadOnlyList<PracticeDocument> Documents { get; set; } = [];

    /// <summary>Requests for a review, and what came of them.</summary>
    public IReadOnlyList<PracticeReview> Reviews { get; set; } = [];

    /// <summary>When each kind of thing was looked at last in use; <c>any</c> is anything, <c>labels</c> a figure on real outcomes.</summary>
    public IReadOnlyDictionary<string, string> Looks { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

internal sealed record PracticeDocument(string Kind, DateTimeOffset ProducedAt, DateTimeOffset? ValidUntil, string By);

/// <param name="Kind"><c>asked</c>, <c>approved</c>, <c>rejected</c> or <c>validated</c>.</param>
internal sealed record PracticeReview(string Id, string Kind, string By, DateTimeOffset At);

/// <summary>Assertions were checked on this version of a dataset.</summary>
internal sealed class CheckedDataRow
{
    public string Id { get; set; } = "";
    public string Dataset { get; set; } = "";
    public string Version { get; set; } = "";
}

internal sealed partial class PracticeRegister : EventProjection
{
    private const string Table = $"{MartenSetup.Schema}.mt_doc_practicerow";

    public PracticeRegister()
    {
        Name = "PracticeRegister";
        IncludeType<ModelVersionRegistered>();
        IncludeType<ModelAuthorAdded>();
        IncludeType<ModelCardWritten>();
        IncludeType<ModelVersionRecalled>();
        IncludeType<ModelRetired>();
        IncludeType<EvidenceAttached>();
        IncludeType<ReviewRequested>();
        IncludeType<VersionApproved>();
        IncludeType<VersionRejected>();
        IncludeType<VersionValidated>();
        IncludeType<MonitoringReported>();
        IncludeType<DatasetAssertionsChecked>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        if (e.StreamKey is not { } stream) return ValueTask.CompletedTask;
        if (e.Data is DatasetAssertionsChecked c && stream.StartsWith("dataset:", StringComparison.Ordinal))
            operations.Store(new CheckedDataRow { Id = $"{stream["dataset:".Length..]}@{c.Version}", Dataset = stream["dataset:".Length..], Version = c.Version });
        else if (stream.StartsWith("model:", StringComparison.Ordinal)) Apply(operations, stream["model:".Length..], e.Data);
        return ValueTask.CompletedTask;
    }

    private static void Apply(IDocumentOperations operations, string model, object e)
    {
        switch (e)
        {
            case ModelVersionRegistered v:
                operations.Store(Of(model, v));
                break;
            case ModelCardWritten card:
                operations.Store(new PracticeRow { Id = Id(model, 0), Model = model, At = card.At, By = card.By });
                break;
            case ModelAuthorAdded a:
                Append(operations, Id(model, a.Version), "authors", a.Author);
                break;
            case ModelVersionRecalled r:
                operations.QueueSqlCommand($"update {Table} set data = jsonb_set(data, '{{fit}}', 'false') where id = ?", Id(model, r.Version));
                break;
            case ModelRetired { Version: { } number }:
                operations.QueueSqlCommand($"update {Table} set data = jsonb_set(data, '{{fit}}', 'false') where id = ?", Id(model, number));
                break;
            case ModelRetired:
                operations.QueueSqlCommand($"update {Table} set data = jsonb_set(data, '{{fit}}', 'false') where data ->> 'model' = ?", model);
                break;
            case EvidenceAttached d:
                Append(operations, Id(model, d.Version), "documents", new PracticeDocument(d.Kind, d.ProducedAt, d.ValidUntil, d.By));
                break;
            case ReviewRequested r:
                Append(operations, Id(model, r.Version), "reviews", new PracticeReview("", "asked", r.By, r.At));
                break;
            case VersionApproved r:
                Append(operations, Id(model, r.Version), "reviews", new PracticeReview(r.Approval, "approved", r.By, r.At));
                break;
            case VersionRejected r:
                Append(operations, Id(model, r.Version), "reviews", new PracticeReview(r.Approval, "rejected", r.By, r.At));
                break;
            case VersionValidated r:
                Append(operations, Id(model, r.Version), "reviews", new PracticeReview(r.Validation, "validated", r.By, r.At));
                break;
            case MonitoringReported m:
                Look(operations, Id(model, m.Version), m);
                break;
        }
    }

    private static PracticeRow Of(string model, ModelVersionRegistered v) => new()
    {
        Id = Id(model, v.Version), Model = model, Number = v.Version, At = v.At, By = v.By, Authors = v.Authors, HumanAuthors = v.HumanAuthors, Datasets = [.. v.Datasets.Select(d => $"{d.Name}@{d.Version}")], Commit = v.Commit,
        Run = v.Run is not null, Metrics = v.Metrics.Count > 0, Environment = v.EnvironmentDigest is not null, Image = v.ImageDigest is not null, Trigger = v.Training?.Trigger,
    };

    private static string Id(string model, int number) => $"{model}@{number}";

    /// <summary>Plain SQL, because the row may still be waiting in the same batch.</summary>
    private static void Append<T>(IDocumentOperations operations, string id, string list, T item) => operations.QueueSqlCommand(
        $"update {Table} set data = jsonb_set(data, '{{{list}}}', (data -> '{list}') || jsonb_build_array(?::text::jsonb)) where id = ?", JsonSerializer.Serialize(item, Json.Lenient), id);

    /// <summary>The latest look of each kind, in whatever order they are reported.</summary>
    private static void Look(IDocumentOperations operations, string id, MonitoringReported m)
    {
        IEnumerable<string> kinds = ["any", .. m.Watched, .. m.Metrics.Any(x => x.OnLabels) ? ["labels"] : Array.Empty<string>()];
        var at = m.ObservedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        operations.QueueSqlCommand(
            $"update {Table} set data = jsonb_set(data, '{{looks}}', (data -> 'looks') || (select jsonb_object_agg(kind, greatest(seen, data -> 'looks' ->> kind)) from jsonb_each_text(?::text::jsonb) as now(kind, seen))) where id = ?",
            JsonSerializer.Serialize(kinds.Distinct(StringComparer.Ordinal).ToDictionary(k => k, _ => at, StringComparer.Ordinal)), id);
    }
}
