using MLOpsGovernance.Domain.Lineage;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Datasets;

public static class DatasetDecider
{
    public static Decision Decide(Dataset dataset, DatasetCommand command, Actor actor, DateTimeOffset at) => (dataset, command) switch
    {
        ({ Exists: true }, RegisterDataset register) => Conflict("dataset-exists", $"A dataset named {register.Name} exists already; choose another name."),
        (_, RegisterDataset { TeamExists: false } register) => Unprocessable("team-unknown", $"There is no team named {register.Team}; form it first."),
        (_, RegisterDataset register) => Accept(new DatasetRegistered(register.Name, register.Team, register.Description, actor.Subject, at)),
        ({ Exists: false }, _) => NotFound("dataset-unknown", "There is no such dataset; register it first."),
        (_, RegisterDatasetVersion version) => Version(dataset, version, actor, at),
        (_, ClassifyDataset classify) => ClassRules.Classify(dataset, classify, actor, at),
        (_, ConfirmDatasetClass confirm) => ClassRules.Confirm(dataset, confirm, actor, at),
        (_, ReportDatasetQuality report) => dataset.Versions.ContainsKey(report.Version)
            ? Accept(new DatasetQualityReported(report.Version, report.Measures, actor.Subject, at))
            : Unknown(dataset, report.Version),
        (_, NoteAssertions note) => AssertionRules.Note(dataset, note, actor, at),
        (_, ReviewDataset review) => AssertionRules.Review(dataset, review, actor, at),
        (_, NameInLineage naming) => Name(dataset, naming, actor, at),
        ({ Withdrawn: not null }, WithdrawDataset) => Conflict("dataset-withdrawn", $"{dataset.Name} is withdrawn already."),
        (_, WithdrawDataset { Version: { } version }) when !dataset.Versions.ContainsKey(version) => Unknown(dataset, version),
        (_, WithdrawDataset { Version: { } version }) when dataset.Versions[version].Withdrawn is not null => Conflict("dataset-withdrawn", $"{dataset.Name} version {version} is withdrawn already."),
        (_, WithdrawDataset withdraw) => Accept(new DatasetWithdrawn(withdraw.Reason, actor.Subject, at, actor.Owner, withdraw.Version)),
        (_, RestoreDataset { Version: { } version } restore) => !dataset.Versions.TryGetValue(version, out var known) ? Unknown(dataset, version)
            : known.Withdrawn is not { } withdrawal ? Conflict("dataset-not-withdrawn", $"{dataset.Name} version {version} is not withdrawn by itself.")
            : Restore(dataset, withdrawal, restore, actor, at),
        ({ Withdrawn: null }, RestoreDataset) => Conflict("dataset-not-withdrawn", $"{dataset.Name} is not withdrawn."),
        (_, RestoreDataset restore) => Restore(dataset, dataset.Withdrawn!, restore, actor, at),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    private static Decision Unknown(Dataset dataset, string version) => NotFound("dataset-version-unknown", $"{dataset.Name} has no version {version}.");

    private static Decision Version(Dataset dataset, RegisterDatasetVersion version, Actor actor, DateTimeOffset at) => version switch
    {
        _ when dataset.Versions.ContainsKey(version.Version) =>
            Conflict("dataset-version-exists", $"{dataset.Name} has a version {version.Version} already; a version never changes, so choose another."),
        { UnknownSources: [var first, ..] } =>
            Unprocessable("dataset-unknown", $"The source {first.Name} at version {first.Version} is not registered."),
        _ => Accept(new DatasetVersionRegistered(version.Version, version.Digest, version.Schema, version.Rows, version.Sources, actor.Subject, at)),
    };

    private static Decision Name(Dataset dataset, NameInLineage naming, Actor actor, DateTimeOffset at)
    {
        EntityName[] names = [.. naming.Names.Distinct().Order(EntityName.Order)];
        return names.SequenceEqual(dataset.LineageNames) ? Nothing : Accept(new DatasetLineageNamed(names, [.. dataset.LineageNames.Except(names)], actor.Subject, at));
    }

    /// <summary>Who took it out of use does not alone put it back, nor does a machine.</summary>
    private static Decision Restore(Dataset dataset, Withdrawal withdrawal, RestoreDataset restore, Actor actor, DateTimeOffset at) =>
        !actor.Human ? Forbidden("restorer-not-human", "A dataset is put back into use by a person, never by a pipeline.")
        : actor.Parties.Any(p => p == withdrawal.By || p == withdrawal.Owner)
            ? Forbidden("restorer-is-withdrawer", $"{actor.Subject} withdrew {dataset.Name}; another person must restore it.")
            : Accept(new DatasetRestored(restore.Reason, actor.Subject, at, restore.Version));
}
