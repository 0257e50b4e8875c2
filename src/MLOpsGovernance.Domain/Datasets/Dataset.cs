using System.Collections.Immutable;

namespace MLOpsGovernance.Domain.Datasets;

/// <summary>A dataset: its versions, its class and whether it may still be used.</summary>
public sealed record Dataset
{
    public string? Name { get; init; }
    public string Team { get; init; } = "";
    public Sealed? Description { get; init; }
    public DateTimeOffset RegisteredAt { get; init; }
    public ImmutableSortedDictionary<string, DatasetVersion> Versions { get; init; } = ImmutableSortedDictionary.Create<string, DatasetVersion>(StringComparer.Ordinal);
    public DataClass? Confirmed { get; init; }
    public DataClass? Proposed { get; init; }
    public Withdrawal? Withdrawn { get; init; }

    /// <summary>How often the judged class changed; together with <see cref="Withdrawals"/> it tells an approval that the data it rested on is no longer what it was.</summary>
    public int ClassRevision { get; init; }

    public int Withdrawals { get; init; }

    public bool Exists => Name is not null;

    /// <summary>The class the gate judges by: what was confirmed from outside the team, else the highest.</summary>
    public DataClass Judged => Confirmed ?? DataClass.Highest;

    public static Dataset Evolve(Dataset dataset, object e) => e switch
    {
        DatasetRegistered registered => dataset with { Name = registered.Name, Team = registered.Team, Description = registered.Description, RegisteredAt = registered.At },
        DatasetVersionRegistered added => dataset with { Versions = dataset.Versions.SetItem(added.Version, new(added.Version, added.Digest, added.Schema, added.Rows, added.Sources, added.By, added.At, [])) },
        DatasetClassProposed proposed => dataset with { Proposed = proposed.Class },
        DatasetClassified classified => dataset with
        {
            Confirmed = classified.Class,
            Proposed = null,
            ClassRevision = dataset.ClassRevision + (dataset.Judged.Mark == classified.Class.Mark && dataset.Confirmed is not null ? 0 : 1),
        },
        DatasetQualityReported report => dataset with { Versions = dataset.Versions.SetItem(report.Version, dataset.Versions[report.Version] with { Quality = report.Measures }) },
        DatasetWithdrawn withdrawn => dataset with { Withdrawn = new(withdrawn.Reason, withdrawn.By, withdrawn.At), Withdrawals = dataset.Withdrawals + 1 },
        DatasetRestored => dataset with { Withdrawn = null },
        _ => dataset,
    };
}

/// <param name="Digest"><c>sha256:</c> and 64 lower-case hexadecimal digits.</param>
/// <param name="Sources">What it was made from.</param>
/// <param name="Quality">The latest reported measures by name, each between 0 and 1.</param>
public sealed record DatasetVersion(
    string Version, string Digest, IReadOnlyList<SchemaField>? Schema, long? Rows, IReadOnlyList<DatasetReference> Sources, string By, DateTimeOffset At,
    IReadOnlyList<QualityMeasure> Quality);

public sealed record SchemaField(string Name, string Type);

public sealed record DatasetReference(string Name, string Version);

/// <param name="Score">From 0 (worst) to 1 (best).</param>
public sealed record QualityMeasure(string Name, double Score);

public sealed record Withdrawal(Sealed? Reason, string By, DateTimeOffset At);
