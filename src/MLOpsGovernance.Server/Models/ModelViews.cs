using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Server.Deployments;
using MLOpsGovernance.Server.Monitoring;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Recertification;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Validations;
using MLOpsGovernance.Server.Evidence;
using MLOpsGovernance.Server.Findings;

namespace MLOpsGovernance.Server.Models;

/// <summary>A model as people and programs see it: texts opened, approvals with their standing now.</summary>
internal sealed class ModelViews(IGrainFactory grains, FactCollector collector, PastModels past, ValidationViews validations, RecertificationTerms recertification, SealingKeys sealing, TimeProvider time)
{
    public static Refusal UnknownModel { get; } = new("model-unknown", "There is no such model.", RefusalKind.NotFound);

    public async Task<Result<ModelView>> AnswerAsync(string model, CommandOutcome outcome, CancellationToken cancellationToken) =>
        outcome.Refusal is { } refusal ? refusal : await ReadAsync(model, cancellationToken);

    public async Task<Result<ModelView>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var (model, _, edition) = await grains.GetGrain<IModelGrain>(name).Read();
        return model.Exists
            ? new Result<ModelView>(await ViewAsync(model, await collector.DatasetsAsync([.. model.Versions.Values.SelectMany(v => v.Datasets)]), time.GetUtcNow(), cancellationToken), Edition: edition)
            : UnknownModel;
    }

    /// <summary>As it stood then, approvals and what they rest on included.</summary>
    public async Task<Result<ModelView>> AsOfAsync(string name, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var (at, model) = (past.Moment(asOf), await past.ModelAsync(name, asOf, cancellationToken));
        return model.Exists ? await ViewAsync(model, await past.DatasetsAsync([.. model.Versions.Values.SelectMany(v => v.Datasets)], at, cancellationToken), at, cancellationToken) : NotYet(name, at);
    }

    /// <inheritdoc cref="AsOfAsync(string, DateTimeOffset, CancellationToken)"/>
    public async Task<Result<VersionView>> AsOfAsync(string name, int number, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var (at, model) = (past.Moment(asOf), await past.ModelAsync(name, asOf, cancellationToken));
        return !model.Exists ? NotYet(name, at)
            : model.Versions.TryGetValue(number, out var version) ? await VersionAsync(model, version, await past.DatasetsAsync(version.Datasets, at, cancellationToken), at, cancellationToken)
            : UnknownVersion(name, number);
    }

    private static Refusal NotYet(string name, DateTimeOffset at) => UnknownModel with { Why = $"There was no model {name} at {Json.Time(at)}." };

    /// <param name="datasets">At least those that the model's versions were trained on.</param>
    /// <param name="at">The moment for which approvals stand or do not.</param>
    public async Task<ModelView> ViewAsync(Model model, Dictionary<string, Snapshot<Dataset>> datasets, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var name = model.Name!;
        return new(
            name, model.Team, await OpenAsync(model.Purpose), model.Purposes, model.RegisteredAt,
            new(model.ConfirmedRisk is not null ? "confirmed" : model.ProposedRisk is not null ? "proposed" : "none",
                new(model.JudgedRisk.EuAiAct, model.JudgedRisk.Tier), await RiskAsync(model.ConfirmedRisk), await RiskAsync(model.ProposedRisk), model.RiskProposers is [var proposer, ..] ? proposer : null),
            await OpenAsync(model.Card), await EachAsync(model.Versions.Values, v => VersionAsync(model, v, datasets, at, cancellationToken)), model.Aliases,
            await EachAsync(model.Findings, f => FindingView.OfAsync(f, sealing, at, cancellationToken)),
            await EachAsync(model.Incidents, async i => new IncidentView(i.Id, await OpenAsync(i.Title), i.Severity, i.Version, i.Environment, i.By, i.At,
                i.ResolvedAt is not null ? IncidentRow.Resolved : i.AcknowledgedAt is not null ? IncidentRow.Acknowledged : IncidentRow.Open, i.Cause, i.Owner, i.AcknowledgedAt, i.ResolvedBy, i.ResolvedAt, await OpenAsync(i.Resolution))),
            await EachAsync(model.Deployments, d => DeploymentView.OfAsync(name, d, sealing, cancellationToken)),
            await EachAsync(model.BreakGlasses, async b => new BreakGlassView(b.Id, b.Version, b.Environment, await OpenAsync(b.Reason), b.Minutes, b.RequestedBy[0], b.At, b.ApprovedBy, b.Until, b.LapsesAt)),
            await SuspensionAsync(model.Suspended), model.Retired, model.Origin, model.Generative,
            await RecertificationView.OfAsync(model, recertification, sealing, at, cancellationToken));

        Task<string?> OpenAsync(Sealed? text) => sealing.OpenAsync(text, cancellationToken);

        async Task<RiskClassView?> RiskAsync(RiskClass? risk) => risk is null ? null : new(risk.EuAiAct, risk.Tier, risk.OperatorRole, risk.Basis, risk.Materiality, await OpenAsync(risk.Reason), risk.AccountableExecutive);

        async Task<SuspensionView?> SuspensionAsync(Suspension? s) => s is null ? null : new(s.By, s.At, await OpenAsync(s.Reason));
    }

    public async Task<Result<VersionView>> ReadAsync(string name, int number, CancellationToken cancellationToken)
    {
        var (model, _, edition) = await grains.GetGrain<IModelGrain>(name).Read();
        if (!model.Exists) return UnknownModel;
        return model.Versions.TryGetValue(number, out var version)
            ? new Result<VersionView>(await VersionAsync(model, version, await collector.DatasetsAsync(version.Datasets), time.GetUtcNow(), cancellationToken), Edition: edition)
            : UnknownVersion(name, number);
    }

    public static Refusal UnknownVersion(string name, int number) => new("version-unknown", $"{name} has no version {number}.", RefusalKind.NotFound);

    public async Task<VersionView> VersionAsync(Model model, ModelVersion v, Dictionary<string, Snapshot<Dataset>> datasets, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var material = Material.Of(model, v, FactCollector.Material(v, datasets));
        var approvals = await EachAsync(v.Approvals, async a =>
        {
            var standing = ApprovalStanding.Of(a, v, material, at);
            return new ApprovalView(a.Id, a.Role, a.By, await sealing.OpenAsync(a.Reason, cancellationToken), a.At, a.ValidUntil, a.Material.ArtifactDigest, a.Material.ImageDigest, standing.State, standing.Why, a.Validation,
                ValidationViews.IdsOf(v, Domain.Validations.Condition.OfApproval, a.Id));
        });
        return new(
            model.Name!, v.Number, v.ArtifactDigest, v.ImageDigest, v.Framework, v.EnvironmentDigest, v.Commit, v.Run, v.Datasets,
            v.Metrics.ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal), [.. v.Authors], [.. v.HumanAuthors], v.RegisteredBy, v.RegisteredAt,
            Json.EnumWord(v.Review), approvals, v.Suspended is { } s ? new(s.By, s.At, await sealing.OpenAsync(s.Reason, cancellationToken)) : null, v.Recalled, v.Retired, v.SupersededBy,
            v.Descriptor, v.IsPinned, await validations.OfAsync(v, material, at, cancellationToken), await validations.ConditionsAsync(v, material, at, cancellationToken),
            validations.Revalidation(model, v, material, at),
            await EachAsync(v.Evidence, async e => new EvidenceView(e.Id, e.Kind, e.Digest, e.Uri, e.ProducedAt, e.ValidUntil, e.ValidUntil <= at, await sealing.OpenAsync(e.Summary, cancellationToken), e.By, e.At)),
            v.Training?.Trigger, v.Training?.Environment, MonitoringStateView.Of(v.Monitoring));
    }

    private static async Task<IReadOnlyList<TView>> EachAsync<T, TView>(IEnumerable<T> items, Func<T, Task<TView>> view)
    {
        List<TView> views = [];
        foreach (var item in items) views.Add(await view(item));
        return views;
    }
}
