using System.Collections.Immutable;
using MLOpsGovernance.Domain.Lineage;

namespace MLOpsGovernance.Domain.Datasets;

/// <summary>A dataset: its versions, its class and whether it may still be used.</summary>
public sealed record Dataset
{
    public string? Name { get; init; }
    public string Team { get; init; } = "";
    public Sealed? Description { get; init; }
    public DateTimeOffset RegisteredAt { get; init; }
    public ImmutableSortedDictionary<string, DatasetVersion> Versions { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<DatasetVersion>();
    public DataClass? Confirmed { get; init; }
    public DataClass? Proposed { get; init; }

    /// <summary>Everyone behind the pending proposal, the owner of the credential included.</summary>
    public IReadOnlyList<string> ClassProposers { get; init; } = [];

    public Withdrawal? Withdrawn { get; init; }

    /// <summary>How often the judged class changed; together with <see cref="Withdrawals"/> it tells an approval that the data it rested on is no longer what it was.</summary>
    /// <summary>When it was last looked at as a whole; null where it never was.</summary>
    public DatasetReview? Reviewed { get; init; }

    /// <summary>By which names OpenLineage knows it, beside its own.</summary>
    public IReadOnlyList<EntityName> LineageNames { get; init; } = [];

    public int ClassRevision { get; init; }

    public int Withdrawals { get; init; }

    public bool Exists => Name is not null;

    /// <summary>The class the gate judges by: what was confirmed from outside the team, never below a pending proposal; the highest while nothing is confirmed.</summary>
    public DataClass Judged => Confirmed is null ? DataClass.Highest : Proposed is null ? Confirmed : Confirmed.AtLeast(Proposed);

    public static Dataset Evolve(Dataset dataset, object e) => e switch
    {
        DatasetRegistered registered => dataset with { Name = registered.Name, Team = registered.Team, Description = registered.Description, RegisteredAt = registered.At },
        DatasetVersionRegistered added => dataset with { Versions = dataset.Versions.SetItem(added.Version, new(added.Version, added.Digest, added.Schema, added.Rows, added.Sources, added.By, added.At, [])) },
        DatasetClassProposed proposed => dataset.Judge(dataset with { Proposed = proposed.Class, ClassProposers = proposed.Owner is null ? [proposed.By] : [proposed.By, proposed.Owner] }),
        DatasetClassified classified => dataset.Judge(dataset with { Confirmed = classified.Class, Proposed = null, ClassProposers = [] }),
        DatasetQualityReported report => dataset with { Versions = dataset.Versions.SetItem(report.Version, dataset.Versions[report.Version] with { Quality = report.Measures }) },
        DatasetAssertionsChecked { Version: { } number } checks => dataset.Change(number, v => v with { Assertions = checks.Results }),
        DatasetReviewed review => dataset with { Reviewed = new(review.By, review.At, review.NextDue, review.Note) },
        DatasetLineageNamed named => dataset with { LineageNames = named.Names },
        DatasetWithdrawn { Version: { } number } withdrawn => dataset.Change(number, v => v with { Withdrawn = new(withdrawn.Reason, withdrawn.By, withdrawn.At, withdrawn.Owner), Withdrawals = v.Withdrawals + 1 }),
        DatasetRestored { Version: { } number } => dataset.Change(number, v => v with { Withdrawn = null }),
        DatasetWithdrawn withdrawn => dataset with { Withdrawn = new(withdrawn.Reason, withdrawn.By, withdrawn.At, withdrawn.Owner), Withdrawals = dataset.Withdrawals + 1 },
        DatasetRestored => dataset with { Withdrawn = null },
        _ => dataset,
    };

    /// <summary>Whether a version may be used no more, by itself or with the whole dataset.</summary>
    public bool IsWithdrawn(string version) => Withdrawn is not null || Versions.GetValueOrDefault(version)?.Withdrawn is not null;

    /// <summary>How often a version was withdrawn, by itself or with the whole dataset; approvals remember it.</summary>
    public int WithdrawalsOf(string version) => Withdrawals + (Versions.GetValueOrDefault(version)?.Withdrawals ?? 0);

    private Dataset Change(string version, Func<DatasetVersion, DatasetVersion> change) => this with { Versions = Versions.SetItem(version, change(Versions[version])) };

    /// <summary>Counts a change of the judged class, whatever led to it; being confirmed for the first time is one.</summary>
    private Dataset Judge(Dataset next) =>
        next.Judged.Mark == Judged.Mark && next.Confirmed is null == Confirmed is null ? next : next with { ClassRevision = ClassRevision + 1 };
}

/// <param name="Digest"><c>sha256:</c> and 64 lower-case hexadecimal digits.</param>
/// <param name="Sources">What it was made from.</param>
/// <param name="Assertions">What was found when it was last checked; null where it never was.</param>
/// <param name="Withdrawn">Null while it may be used as far as itself is concerned.</param>
/// <param name="Quality">The latest reported measures by name, each between 0 and 1.</param>
public sealed record DatasetVersion(
    string Version, string Digest, IReadOnlyList<SchemaField>? Schema, long? Rows, IReadOnlyList<DatasetReference> Sources, string By, DateTimeOffset At,
    IReadOnlyList<QualityMeasure> Quality, Withdrawal? Withdrawn = null, int Withdrawals = 0, AssertionResults? Assertions = null);

public sealed record SchemaField(string Name, string Type);

public sealed record DatasetReference(string Name, string Version);

/// <param name="Score">From 0 (worst) to 1 (best).</param>
public sealed record QualityMeasure(string Name, double Score);

/// <param name="NextDue">Until when it has to be looked at again.</param>
public sealed record DatasetReview(string By, DateTimeOffset At, DateTimeOffset NextDue, Sealed? Note);

/// <param name="Owner">The person who answers for the credential that withdrew it.</param>
public sealed record Withdrawal(Sealed? Reason, string By, DateTimeOffset At, string? Owner = null);
