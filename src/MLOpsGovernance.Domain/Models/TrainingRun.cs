namespace MLOpsGovernance.Domain.Models;

/// <summary>What is known of the run that made a version, beside its id.</summary>
/// <param name="Trigger">One of <see cref="Triggers"/>; null where nobody said.</param>
/// <param name="Environment">Where it ran, by the organisation's own name for it; null where nobody said.</param>
public sealed record TrainingRun(string? Trigger, string? Environment)
{
    /// <summary>What starts training, after Google Cloud, "MLOps: Continuous delivery and automation pipelines in machine learning", level 1.</summary>
    public static IReadOnlyList<string> Triggers { get; } = ["manual", "schedule", "new-data", "code-change", "performance-drop", "distribution-change"];
}
