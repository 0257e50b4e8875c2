using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Waivers;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <param name="Code">What is not known: <c>model-unknown</c>, <c>version-unknown</c> or <c>environment-unknown</c>; null when all is.</param>
/// <param name="Read">Every stream that was read, at the version that was read.</param>
/// <param name="PolicySet">Digest of the policy set in force; null when there is none.</param>
/// <param name="Sources">What the facts were made of.</param>
internal sealed record Collected(Frozen Frozen, string? Code, IReadOnlyList<StreamRead> Read, string? PolicySet, FactSources Sources)
{
    public GateFacts Facts => Frozen.Facts;
}

/// <summary>Reads what a decision rests on from the grains that own it, all at once.</summary>
internal sealed class FactCollector(Grains grains, FrozenFacts frozen, RevalidationTerms terms, RecertificationTerms recertification)
{
    private static readonly Dictionary<string, Snapshot<Waiver>> NoWaivers = new(StringComparer.Ordinal);

    /// <param name="digest">What is to be deployed; null for the registered artifact.</param>
    public async Task<Collected> CollectAsync(string modelName, int number, string environmentName, string action, string? digest = null, string? stage = null)
    {
        var reading = (grains.Of<IModelGrain>(modelName).Read(), grains.Of<IEnvironmentGrain>(environmentName).Read(), grains.Of<IPolicySetGrain>(PolicySetGrain.StreamName).InForce());
        var (model, environment, policies) = (await reading.Item1, await reading.Item2, await reading.Item3);
        var version = model.State.Versions.GetValueOrDefault(number);
        var reads = (DatasetsAsync(version?.Datasets ?? []), WaiversAsync(model.State, environmentName));
        var (datasets, waivers) = (await reads.Item1, await reads.Item2);

        var sources = new FactSources(action, digest ?? version?.ArtifactDigest ?? "", number, environmentName, model.State, environment.State, datasets, terms, recertification, stage ?? DeploymentStage.Full) { Waivers = waivers };
        var code = !environment.State.Exists ? "environment-unknown" : !model.State.Exists ? "model-unknown" : version is null ? "version-unknown" : null;
        StreamRead[] read =
        [
            new($"model:{modelName}", model.Version), new($"environment:{environmentName}", environment.Version), new(PolicySetGrain.StreamName, policies.Version),
            .. datasets.Select(d => d.Key).Order(StringComparer.Ordinal).Select(name => new StreamRead($"dataset:{name}", datasets[name].Version)),
            .. waivers.Keys.Order(StringComparer.Ordinal).Select(id => new StreamRead($"waiver:{id}", waivers[id].Version)),
        ];
        return new(frozen.Of(sources, read), code, read, policies.Digest, sources);
    }

    /// <summary>The waivers that the model keeps in mind for an environment, as each stands now, by id.</summary>
    private async Task<IReadOnlyDictionary<string, Snapshot<Waiver>>> WaiversAsync(Model model, string environment)
    {
        if (model.CurrentWaivers.IsEmpty) return NoWaivers;
        var noted = FactSources.Noted(model, environment).ToList();
        var read = await Task.WhenAll(noted.Select(w => grains.Of<IWaiverGrain>(w.Id).Read()));
        return noted.Zip(read).ToDictionary(w => w.First.Id, w => w.Second, StringComparer.Ordinal);
    }

    /// <summary>The training data and what it was made from as all of it stands now, by name.</summary>
    public async Task<Dictionary<string, Snapshot<Dataset>>> DatasetsAsync(IReadOnlyList<DatasetReference> references)
    {
        var found = new Dictionary<string, Snapshot<Dataset>>(StringComparer.Ordinal);
        for (IEnumerable<DatasetReference> next = references; ; next = Inheritance.SourcesOf(references, name => found.GetValueOrDefault(name)?.State))
        {
            string[] unread = [.. next.Select(r => r.Name).Where(name => !found.ContainsKey(name)).Distinct(StringComparer.Ordinal)];
            if (unread is []) return found;
            var read = await Task.WhenAll(unread.Select(name => grains.Of<IDatasetGrain>(name).Read()));
            foreach (var (name, dataset) in unread.Zip(read)) found.Add(name, dataset);
        }
    }

    /// <summary>The training data of a version as it stands, and guards that hold it so until a commit.</summary>
    public async Task<(IReadOnlyList<MaterialDataset> Material, IReadOnlyList<Guard> Guards)> MaterialAsync(ModelVersion? version)
    {
        var datasets = await DatasetsAsync(version?.Datasets ?? []);
        return (version is null ? [] : Material(version, datasets), [.. datasets.Select(d => new Guard($"dataset:{d.Key}", d.Value.Version)).OrderBy(g => g.Stream, StringComparer.Ordinal)]);
    }

    public static IReadOnlyList<MaterialDataset> Material(ModelVersion version, Dictionary<string, Snapshot<Dataset>> datasets) => FactSources.MaterialOf(version, datasets);
}
