using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Datasets;

/// <param name="LineageNames">By which names OpenLineage knows it, beside its own.</param>
internal sealed record DatasetView(
    string Name, string Team, string? Description, DateTimeOffset RegisteredAt, IReadOnlyList<DatasetVersionView> Versions, DataClassification Classification, WithdrawalView? Withdrawn,
    IReadOnlyList<EntityName> LineageNames, DatasetReviewView? Reviewed) : ITagged;

/// <param name="Assertions">What a run found when it last checked the version.</param>
/// <param name="Withdrawn">Where it was withdrawn by itself.</param>
/// <param name="Effective">What the gate judges the version by. Left out in a dossier for versions that it does not concern.</param>
internal sealed record DatasetVersionView(
    string Version, string Digest, IReadOnlyList<SchemaField>? Schema, long? Rows, IReadOnlyList<DatasetReference> Sources, string By, DateTimeOffset At, IReadOnlyList<QualityMeasure> Quality,
    EffectiveClassView? Effective, WithdrawalView? Withdrawn, AssertionResults? Assertions);

/// <summary>The narrowest of the dataset's own class and those of everything that the version was made from.</summary>
/// <param name="RetainUntil">From when on it, or what it was made from, may no longer be kept.</param>
/// <param name="InheritedFrom">Sources that are stricter than the dataset's own class in some part.</param>
/// <param name="WithdrawnSources">Sources that are withdrawn.</param>
internal sealed record EffectiveClassView(
    string Sensitivity, bool PersonalData, string? LegalBasis, IReadOnlyList<PermittedPurpose> PermittedPurposes, int? RetentionDays, DateTimeOffset? RetainUntil,
    IReadOnlyList<string> InheritedFrom, IReadOnlyList<string> WithdrawnSources);

/// <param name="State"><c>none</c>, <c>proposed</c> or <c>confirmed</c>.</param>
/// <param name="Judged">What the gate judges by, but for what a version inherits: the confirmed class, or the highest.</param>
/// <param name="ProposedBy">Who proposed what is not confirmed yet.</param>
internal sealed record DataClassification(string State, DataClassView Judged, DataClassView? Confirmed, DataClassView? Proposed, string? ProposedBy);

/// <param name="Purpose">What it may be used for, in words.</param>
internal sealed record DataClassView(
    string Sensitivity, bool PersonalData, string? LegalBasis, IReadOnlyList<PermittedPurpose> PermittedPurposes, int? RetentionDays, bool Anonymised, string? Purpose, string? Reason);

internal sealed record DatasetReviewView(string By, DateTimeOffset At, DateTimeOffset NextDue, string? Note);

internal sealed record WithdrawalView(string By, DateTimeOffset At, string? Reason);

/// <summary>A dataset as people and programs see it: texts opened, and each version with what it inherits.</summary>
internal sealed class DatasetViews(FactCollector collector, SealingKeys sealing)
{
    public async Task<Result<DatasetView>> AnswerAsync(Snapshot<Dataset> read, CancellationToken cancellationToken)
    {
        var sources = await collector.DatasetsAsync([.. read.State.Versions.Values.SelectMany(v => v.Sources)]);
        return new(await OfAsync(read.State, sources, whole: true, cancellationToken), Edition: read.Edition);
    }

    /// <param name="sources">What its versions were made from.</param>
    /// <param name="whole">Whether that is so for every version; else what a version inherits is left out where one of its sources is missing.</param>
    public async Task<DatasetView> OfAsync(Dataset dataset, IReadOnlyDictionary<string, Snapshot<Dataset>> sources, bool whole, CancellationToken cancellationToken)
    {
        var withdrawals = new Dictionary<string, WithdrawalView>(StringComparer.Ordinal);
        foreach (var v in dataset.Versions.Values)
            if (v.Withdrawn is { } alone) withdrawals[v.Version] = new(alone.By, alone.At, await OpenAsync(alone.Reason));
        return new(
            dataset.Name!, dataset.Team, await OpenAsync(dataset.Description), dataset.RegisteredAt, [.. dataset.Versions.Values.Select(Version)],
            new(dataset.Confirmed is not null ? "confirmed" : dataset.Proposed is not null ? "proposed" : "none",
                await ClassAsync(dataset.Judged), dataset.Confirmed is { } confirmed ? await ClassAsync(confirmed) : null, dataset.Proposed is { } proposed ? await ClassAsync(proposed) : null,
                dataset.ClassProposers is [var proposer, ..] ? proposer : null),
            dataset.Withdrawn is { } w ? new(w.By, w.At, await OpenAsync(w.Reason)) : null, dataset.LineageNames,
            dataset.Reviewed is { } r ? new(r.By, r.At, r.NextDue, await OpenAsync(r.Note)) : null);

        DatasetVersionView Version(DatasetVersion v)
        {
            var reference = new DatasetReference(dataset.Name!, v.Version);
            var (@class, until, from, withdrawn) = Inheritance.Of(reference, Find);
            return new(
                v.Version, v.Digest, v.Schema, v.Rows, v.Sources, v.By, v.At, v.Quality,
                !whole && Inheritance.SourcesOf([reference], Find).Any(s => !sources.ContainsKey(s.Name)) ? null
                : new(@class.Sensitivity, @class.PersonalData, @class.LegalBasis, @class.PermittedPurposes, @class.RetentionDays, until, from, withdrawn),
                withdrawals.GetValueOrDefault(v.Version), v.Assertions);
        }

        Dataset? Find(string name) => name == dataset.Name ? dataset : sources.GetValueOrDefault(name)?.State;

        async Task<DataClassView> ClassAsync(DataClass c) => new(
            c.Sensitivity, c.PersonalData, c.LegalBasis, c.PermittedPurposes, c.RetentionDays, c.Anonymised, await OpenAsync(c.Purpose), await OpenAsync(c.Reason));

        Task<string?> OpenAsync(Sealed? text) => sealing.OpenAsync(text, cancellationToken);
    }
}
