namespace MLOpsGovernance.Domain.Tasks;

/// <summary>What is kept of one thing between one event about it and the next: exactly one of the seven.</summary>
public sealed record TaskState
{
    public ModelInPlay? Model { get; init; }
    public VersionInPlay? Version { get; init; }
    public FindingInPlay? Finding { get; init; }
    public DatasetInPlay? Dataset { get; init; }
    public SubjectInPlay? Subject { get; init; }
    public EnvironmentInPlay? Environment { get; init; }
    public WaiverInPlay? Waiver { get; init; }
}
