using System.Text.Json.Serialization;

namespace MLOpsGovernance.Domain.Lineage;

/// <summary>
/// What an OpenLineage client said of a run, a job or a dataset. The body without its secrets is kept beside the events under its digest; the event holds what the graph is made of, so the graph outlives the body.
/// </summary>
/// <param name="Body">SHA-256 of the body as it is kept.</param>
/// <param name="Kind"><c>run</c>, <c>job</c> or <c>dataset</c>.</param>
/// <param name="Type">One of <see cref="RunStates.Types"/>; null where none was given.</param>
/// <param name="EventTime">When it was so, by the client's clock.</param>
/// <param name="Warnings">Codes of what was not as it should be, each once.</param>
/// <param name="Part">A body that names very much is several events, so that each stays small enough to be a leaf of the log.</param>
public sealed record LineageReported(
    string Body, string Kind, string? Type, DateTimeOffset EventTime, EntityName? Job, string? Run, ReportedDataset? Dataset, IReadOnlyList<ReportedDataset> Inputs, IReadOnlyList<ReportedDataset> Outputs,
    ReportedParent? Parent, IReadOnlyList<string> Warnings, string By, DateTimeOffset At, int Part, int Parts)
{
    public const string OfRun = "run", OfJob = "job", OfDataset = "dataset";
}

/// <param name="Facets">Names of those facets of it that are asked for later; null is none.</param>
/// <param name="Aliases">Other names of the same dataset; null is none.</param>
public sealed record ReportedDataset(string Namespace, string Name, IReadOnlyList<string>? Facets = null, IReadOnlyList<EntityName>? Aliases = null)
{
    [JsonIgnore]
    public EntityName Key => new(Namespace, Name);
}

/// <summary>The job that a run is part of. That is hierarchy, not flow of data.</summary>
public sealed record ReportedParent(string Run, EntityName Job);
