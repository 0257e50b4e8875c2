using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <param name="Code">What is not known: <c>model-unknown</c>, <c>version-unknown</c> or <c>environment-unknown</c>; null when all is.</param>
/// <param name="Read">Every stream that was read, at the version that was read.</param>
/// <param name="Team">The owning team, where the model is known.</param>
internal sealed record Collected(GateFacts Facts, string? Code, IReadOnlyList<StreamRead> Read, string? Team);

/// <summary>Reads what a decision rests on from the grains that own it, all at once.</summary>
internal sealed class FactCollector(Grains grains)
{
    /// <summary>The bounds of <c>policies/facts.yaml</c>. Where there is more, what counts comes first: live approvals, blocking findings, the latest break-glass.</summary>
    public const int MostApprovals = 30;

    private const int MostFindings = 100, MostBreakGlasses = 10, MostWords = 400;

    public async Task<Collected> CollectAsync(string modelName, int number, string environmentName, string action, string digest)
    {
        var reading = (grains.Of<IModelGrain>(modelName).Read(), grains.Of<IEnvironmentGrain>(environmentName).Read(), grains.Of<IPolicySetGrain>(PolicySetGrain.StreamName).InForce());
        var (model, environment, policies) = (await reading.Item1, await reading.Item2, await reading.Item3);
        var version = model.State.Versions.GetValueOrDefault(number);
        var datasets = await DatasetsAsync(version?.Datasets ?? []);

        var code = !environment.State.Exists ? "environment-unknown" : !model.State.Exists ? "model-unknown" : version is null ? "version-unknown" : null;
        return new(
            Facts(model.State, version ?? new() { Number = number }, environment.State, environmentName, action, digest, datasets), code,
            [
                new($"model:{modelName}", model.Version), new($"environment:{environmentName}", environment.Version), new(PolicySetGrain.StreamName, policies.Version),
                .. datasets.Select(d => d.Key).Order(StringComparer.Ordinal).Select(name => new StreamRead($"dataset:{name}", datasets[name].Version)),
            ],
            model.State.Exists ? model.State.Team : null);
    }

    /// <summary>The training data as it stands now, by name.</summary>
    public async Task<Dictionary<string, Snapshot<Dataset>>> DatasetsAsync(IReadOnlyList<DatasetReference> references)
    {
        var names = references.Select(r => r.Name).Distinct(StringComparer.Ordinal).ToArray();
        var read = await Task.WhenAll(names.Select(name => grains.Of<IDatasetGrain>(name).Read()));
        return names.Zip(read).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
    }

    public static IReadOnlyList<MaterialDataset> Material(ModelVersion version, Dictionary<string, Snapshot<Dataset>> datasets) =>
        [.. version.Datasets.Select(r => MaterialDataset.Of(r, datasets[r.Name].State))];

    private static GateFacts Facts(
        Model model, ModelVersion version, DeploymentEnvironment environment, string environmentName, string action, string digest, Dictionary<string, Snapshot<Dataset>> datasets)
    {
        var (risk, material) = (model.JudgedRisk, Domain.Approvals.Material.Of(model, version, Material(version, datasets)));
        var earlier = model.Deployments.Where(d => d.Version == version.Number && d.Environment == environmentName).ToList();
        return new(
            new(action, environmentName, digest),
            new(environmentName, environment.Gated, environment.Target, environment.Region),
            new(model.Name ?? "", model.Team, model.Purposes, State(model.ConfirmedRisk, model.ProposedRisk), risk.EuAiAct, risk.Tier, model.Suspended is not null, model.Retired),
            new(version.Number, version.ArtifactDigest, version.ImageDigest, [.. version.Authors], [.. version.HumanAuthors], [.. version.Requesters],
                Json.EnumWord(version.Review), version.Suspended is not null, version.Recalled, version.Retired),
            [.. version.Approvals.Select(a => Fact(a, ApprovalStanding.Of(a, version, material))).OrderBy(a => a.State != ApprovalStanding.Live).ThenByDescending(a => a.At).Take(MostApprovals)],
            [.. version.Datasets.Select(r => Fact(r, datasets[r.Name].State))],
            [.. model.Findings.Where(f => f.IsOpen && (f.Version is null || f.Version == version.Number))
                .OrderByDescending(f => f.Blocks).Take(MostFindings).Select(f => new FindingFact(f.Id, f.Severity))],
            new(earlier.Count > 0, earlier.Exists(d => d.ArtifactDigest == digest && (d.ArtifactDigest == version.ArtifactDigest || d.ArtifactDigest == version.ImageDigest))),
            [.. model.BreakGlasses
                .Where(b => b is { ApprovedBy: not null, ApprovedAt: not null, Until: not null } && b.IsFor(version) && b.Environment == environmentName)
                .TakeLast(MostBreakGlasses).Select(b => new BreakGlassFact(b.Id, b.RequestedBy[0], b.ApprovedBy!, b.ApprovedAt!.Value, b.Until!.Value))]);
    }

    private static ApprovalFact Fact(Approval approval, ApprovalStanding standing) => new(
        approval.Id, approval.By, approval.Role, approval.At, approval.ValidUntil, approval.Material.ArtifactDigest, standing.State,
        [.. standing.Why.Select(w => w.Code).Distinct(StringComparer.Ordinal)], Cut(string.Join("; ", standing.Why.Select(w => w.Why))));

    private static string Cut(string text) => text.Length <= MostWords ? text : $"{text.AsSpan(0, MostWords - 1)}…";

    private static DatasetFact Fact(DatasetReference reference, Dataset dataset) => new(
        reference.Name, reference.Version, dataset.Versions.ContainsKey(reference.Version), State(dataset.Confirmed, dataset.Proposed),
        dataset.Judged.Sensitivity, dataset.Judged.PersonalData, [.. dataset.Judged.PermittedPurposes.Select(p => p.Code)], dataset.Withdrawn is not null, dataset.ClassRevision + dataset.Withdrawals);

    private static string State(object? confirmed, object? proposed) => confirmed is not null ? "confirmed" : proposed is not null ? "proposed" : "none";
}
