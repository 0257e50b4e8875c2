using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Evidence;
using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Server.Monitoring;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Waivers;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>The question that was asked and the states that answer it. The facts follow from these alone, so they can be had for any moment of a history.</summary>
internal sealed record FactSources(
    string Action, string ArtifactDigest, int Number, string EnvironmentName, Model Model, DeploymentEnvironment Environment, IReadOnlyDictionary<string, Snapshot<Dataset>> Datasets,
    RevalidationTerms Terms, RecertificationTerms Recertification, string Stage = DeploymentStage.Full)
{
    /// <summary>The bounds of <c>policies/facts.yaml</c>. Where there is more, what counts comes first: live approvals and validations, the conditions due first, blocking findings, the latest break-glass.</summary>
    public const int MostApprovals = 30;

    private const int MostFindings = 100, MostBreakGlasses = 10, MostValidations = 30, MostConditions = 100, MostEvidence = 100, MostPurposes = 200, MostNames = 50, MostWords = 400, MostIncidents = 50, MostRollouts = 50, MostReasons = 3, MostGrounds = 6, MostFailed = 5, MostAssertion = 200;

    /// <summary>By id: what the model keeps in mind for this environment.</summary>
    public IReadOnlyDictionary<string, Snapshot<Waiver>> Waivers { get; init; } = new Dictionary<string, Snapshot<Waiver>>(StringComparer.Ordinal);

    /// <summary>The model version asked about; an empty one where it is not known.</summary>
    public ModelVersion Version => Model.Versions.GetValueOrDefault(Number) ?? new() { Number = Number };

    public GateFacts Facts()
    {
        var (risk, version) = (Model.JudgedRisk, Version);
        var material = Material.Of(Model, version, MaterialOf(version, Datasets));
        var earlier = Model.DeploymentsOf(version).Where(d => d.Environment == EnvironmentName && d.IsFull).ToList();
        // Of a source any version that something was made from counts, not the nearest alone.
        var withdrawn = version.Datasets.SelectMany(d => Inheritance.Of(d, Find).WithdrawnSources).ToHashSet(StringComparer.Ordinal);
        return new(
            new(Action, EnvironmentName, ArtifactDigest, Stage),
            new(EnvironmentName, Environment.Gated, Environment.Target, Environment.Region),
            new(Model.Name ?? "", Model.Team, [.. Model.Purposes.Take(MostPurposes)], State(Model.ConfirmedRisk, Model.ProposedRisk), risk.EuAiAct, risk.Tier, Model.Suspended is not null, Model.Retired, Model.Origin, Model.Generative,
                risk.OperatorRole, risk.Basis, Fact(risk.Materiality), risk.AccountableExecutive, Model.RiskConfirmedBy,
                Model.Exists ? Recertification.DueAt(Model.RegisteredAt, Model.Recertified) : null, Model.Card is not null, Model.ProposedRisk?.EuAiAct),
            new(version.Number, version.ArtifactDigest, version.ImageDigest, [.. version.Authors.Take(ModelVersion.MostAuthors)], [.. version.HumanAuthors.Take(ModelVersion.MostAuthors)], [.. version.Requesters.Take(ModelVersion.MostRequesters)],
                Json.EnumWord(version.Review), version.Suspended is not null, version.Recalled, version.Retired, version.IsPinned, version.Descriptor?.Supplier,
                version.Descriptor?.Contract, version.Commit, version.Run, version.EnvironmentDigest, version.Metrics.Count > 0,
                version.Training?.Trigger, version.Training?.Environment),
            [.. version.Approvals.Select(a => Fact(a, ApprovalStanding.Of(a, version, material))).OrderBy(a => a.State != ApprovalStanding.Live).ThenByDescending(a => a.At).Take(MostApprovals)],
            [.. version.Datasets.Select(Fact)],
            [.. Model.OpenFindingsOf(version.Number).OrderByDescending(f => f.Blocks).ThenBy(f => f.Due).Take(MostFindings)
                .Select(f => new FindingFact(f.Id, f.Severity, f.Owner, f.At, f.Due))],
            // Asked with the artifact or with the image that carries it: either is what ran, and what would run.
            new(earlier.Count > 0, (ArtifactDigest == version.ArtifactDigest || ArtifactDigest == version.ImageDigest) && earlier.Exists(d => d.Is(ArtifactDigest))),
            // Nobody gives leave for what is prohibited, whatever was agreed to before it was found to be that.
            risk.EuAiAct == RiskClass.Prohibited ? [] : [.. Model.BreakGlassesOf(version)
                .Where(b => b is { ApprovedBy: not null, ApprovedAt: not null, Until: not null } && b.IsFor(version) && b.Environment == EnvironmentName)
                .TakeLast(MostBreakGlasses).Select(b => new BreakGlassFact(b.Id, b.RequestedBy[0], b.ApprovedBy!, b.ApprovedAt!.Value, b.Until!.Value))],
            [.. version.Validations.Select(v => Fact(v, ValidationStanding.Of(v, version, material))).OrderBy(v => v.State != ApprovalStanding.Live).ThenByDescending(v => v.At).Take(MostValidations)],
            [.. version.Conditions.Where(c => c.StateIn(version, material) is Condition.Open or Condition.Reported).OrderBy(c => c.Due).Take(MostConditions)
                .Select(c => new ConditionFact(c.Id, c.Owner, c.Due, c.Source, c.StateIn(version, material)))],
            Fact(Revalidation.Of(Model, version, material, Terms)),
            [.. Told(version).Select(e => new EvidenceFact(e.Kind, e.Digest, e.ProducedAt, e.ValidUntil, e.By))],
            [.. Inheritance.SourcesOf(version.Datasets, Find).Select(r => Fact(r, Find(r.Name) ?? new(), withdrawn.Contains(r.Name)))],
            Live(),
            [.. Model.Incidents.TakeLast(MostIncidents).Reverse().Select(i => new IncidentFact(i.Id, i.Severity, i.At, i.Version, i.ResolvedAt is not null ? IncidentRow.Resolved : i.AcknowledgedAt is not null ? IncidentRow.Acknowledged : IncidentRow.Open))],
            [.. Model.DeploymentsOf(version).Reverse().Take(MostRollouts).Select(d => new RolloutFact(d.Id, d.Environment, d.Stage, d.Action, d.ArtifactDigest, d.At, d.EndedAt, d.Outcome?.Result, d.Outcome?.At))],
            // As with break-glass: nothing is waived for what is prohibited. Those that last longest come first, whatever time it is.
            risk.EuAiAct == RiskClass.Prohibited ? [] : [.. Noted(Model, EnvironmentName).Select(w => Waivers.GetValueOrDefault(w.Id)?.State).OfType<Waiver>().Select(WaiverFact.Of).OfType<WaiverFact>()
                .OrderByDescending(w => w.ExpiresAt).ThenBy(w => w.Id, StringComparer.Ordinal).Take(Waiver.MostAtOnce)],
            MonitoringFact.Of(version.Monitoring, EnvironmentName));
    }

    /// <summary>The latest first; where there is more than policies are told, the latest of each kind before all others, so that what is attached daily never hides what was attached once.</summary>
    private static IEnumerable<EvidenceItem> Told(ModelVersion version)
    {
        var latest = version.Evidence.Reverse();
        return latest.Count <= MostEvidence ? latest : latest.DistinctBy(e => e.Kind, StringComparer.Ordinal).Concat(latest).DistinctBy(e => e.Id, StringComparer.Ordinal).Take(MostEvidence);
    }

    private LiveFact Live() => Model.LiveIn(EnvironmentName) is not { } live || !Model.Versions.TryGetValue(live.Version, out var version) ? new(LiveFact.Nothing, null, null, [])
        : new(StateOf(version), version.Number, live.At,
        [
            .. version.Evidence.GroupBy(e => e.Kind, StringComparer.Ordinal).Select(kind => kind.MaxBy(e => e.ProducedAt)!)
                .OrderByDescending(e => e.ProducedAt).ThenBy(e => e.Kind, StringComparer.Ordinal).Take(MostNames).Select(e => new LiveEvidenceFact(e.Kind, e.ProducedAt, e.ValidUntil)),
        ],
        MonitoringFact.Of(version.Monitoring, EnvironmentName));

    private string StateOf(ModelVersion version) =>
        Model.Suspended is not null || version.Suspended is not null ? LiveFact.Suspended : version.Recalled ? "recalled" : Model.Retired || version.Retired ? "retired" : LiveFact.Usable;

    /// <summary>The waivers that can matter there.</summary>
    public static IEnumerable<NotedWaiver> Noted(Model model, string environment) => model.CurrentWaivers.Where(w => w.Environment == environment);

    private Dataset? Find(string name) => Datasets.GetValueOrDefault(name)?.State;

    public static IReadOnlyList<MaterialDataset> MaterialOf(ModelVersion version, IReadOnlyDictionary<string, Snapshot<Dataset>> datasets) =>
        MaterialDataset.Of(version.Datasets, name => datasets.GetValueOrDefault(name)?.State);

    private static ApprovalFact Fact(Approval approval, ApprovalStanding standing) => new(
        approval.Id, approval.By, approval.Role, approval.At, approval.ValidUntil, approval.Material.ArtifactDigest, standing.State,
        [.. standing.Why.Select(w => w.Code).Distinct(StringComparer.Ordinal)], Cut(string.Join("; ", standing.Why.Select(w => w.Why))));

    private static ValidationFact Fact(Validation v, ValidationStanding standing) => new(v.Id, v.By, v.Conclusion, v.At, v.ValidUntil, v.Material.ArtifactDigest, standing.State);

    private static RevalidationFact Fact(Revalidation next) => new(next.DueAt, next.Basis, next.Months);

    private static string Cut(string text) => text.Length <= MostWords ? text : $"{text.AsSpan(0, MostWords - 1)}…";

    private DatasetFact Fact(DatasetReference reference)
    {
        var dataset = Find(reference.Name) ?? new();
        var (effective, until, from, withdrawn) = Inheritance.Of(reference, Find);
        var version = dataset.Versions.GetValueOrDefault(reference.Version);
        var used = effective.PersonalData ? effective.PermittedPurposes.Where(p => Model.Purposes.Contains(p.Code, StringComparer.Ordinal)).ToList() : [];
        return new(
            reference.Name, reference.Version, version is not null, State(dataset.Confirmed, dataset.Proposed),
            effective.Sensitivity, effective.PersonalData, [.. effective.PermittedPurposes.Select(p => p.Code).Distinct(StringComparer.Ordinal).Take(MostPurposes)], dataset.IsWithdrawn(reference.Version), Revision(dataset, reference.Version),
            effective.LegalBasis, [.. effective.PermittedPurposes.Take(MostPurposes)], effective.Anonymised, effective.RetentionDays, until, [.. from.Take(MostNames)], [.. withdrawn.Take(MostNames)],
            version?.Schema is { Count: > 0 }, version?.Quality is { Count: > 0 } quality ? quality.Min(m => m.Score) : null,
            effective.PersonalData ? [.. Model.Purposes.Where(code => !used.Exists(p => p.Code == code)).Take(MostReasons)] : [],
            [.. used.Select(p => p.LegalBasis).Distinct(StringComparer.Ordinal).Take(MostGrounds)], used.Exists(p => p.SpecialCategoryCondition is not null),
            version is null ? null : SchemaComparison.Of(SchemaComparison.Before(dataset, version), version)?.Count(c => c.Breaking),
            version?.Assertions?.Assertions.Where(a => a.Failed).Select(a => a.Named.Length <= MostAssertion ? a.Named : a.Named[..MostAssertion]).Take(MostFailed).ToList(), version?.Assertions?.CheckedAt, dataset.Reviewed?.NextDue);
    }

    private static SourceFact Fact(DatasetReference source, Dataset dataset, bool withdrawn) => new(
        source.Name, State(dataset.Confirmed, dataset.Proposed), dataset.Judged.Sensitivity, dataset.Judged.PersonalData, withdrawn, Revision(dataset, source.Version));

    private static int Revision(Dataset dataset, string version) => dataset.ClassRevision + dataset.WithdrawalsOf(version);

    private static MaterialityFact? Fact(Materiality? at) => at is null ? null
        : new(at.Exposure, at.Currency, new(at.Date, TimeOnly.MinValue, TimeSpan.Zero), Math.Min(at.PeopleAffected, Materiality.MostPeople), at.BusinessService);

    private static string State(object? confirmed, object? proposed) => confirmed is not null ? "confirmed" : proposed is not null ? "proposed" : "none";
}
