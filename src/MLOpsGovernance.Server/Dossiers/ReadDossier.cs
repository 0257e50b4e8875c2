using Marten;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Teams;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Teams;
using MLOpsGovernance.Server.Waivers;
using Npgsql;

namespace MLOpsGovernance.Server.Dossiers;

/// <summary>One consistent reading of everything about a version. Reports, pages and exports rest on it, so that no two of them disagree.</summary>
[AnyRole]
internal sealed record ReadDossier(string Model, int Version) : IQuery<DossierView>, IWatched;

internal sealed class DossierReader(NpgsqlDataSource source, IDocumentStore store, Grains grains, ModelViews models, EnvironmentViews environments, DatasetViews data, WaiverViews waived, TimeProvider time) :
    IRequestHandler<ReadDossier, Result<DossierView>>
{
    public async Task<Result<DossierView>> Handle(ReadDossier request, CancellationToken cancellationToken)
    {
        if (!Name.IsValid(request.Model)) return ModelViews.UnknownModel;
        await using var reading = await ConsistentReading.BeginAsync(source, store, cancellationToken);
        var at = time.GetUtcNow();
        var model = await reading.StateAsync($"model:{request.Model}", grains.Of<IModelGrain>(request.Model).Read, Model.Evolve, cancellationToken);
        if (!model.Exists) return ModelViews.UnknownModel;
        if (!model.Versions.TryGetValue(request.Version, out var version)) return ModelViews.UnknownVersion(request.Model, request.Version);

        var datasets = await DatasetsAsync(reading, version.Datasets, cancellationToken);
        var team = await reading.StateAsync($"team:{model.Team}", grains.Of<ITeamGrain>(model.Team).Read, Team.Evolve, cancellationToken);
        List<EnvironmentView> places = [];
        foreach (var name in model.Deployments.Where(d => d.Version == version.Number).Select(d => d.Environment).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var place = await reading.StateAsync($"environment:{name}", grains.Of<IEnvironmentGrain>(name).Read, DeploymentEnvironment.Evolve, cancellationToken);
            places.Add(environments.Row(place));
        }

        List<WaiverView> waivers = [];
        foreach (var noted in model.Waivers.Where(w => w.Version is null || w.Version == version.Number).Reverse())
        {
            var waiver = await reading.StateAsync($"waiver:{noted.Id}", grains.Of<IWaiverGrain>(noted.Id).Read, Waiver.Evolve, cancellationToken);
            if (waiver.Exists) waivers.Add(await waived.OfAsync(waiver, at, cancellationToken));
        }

        var (decisions, total) = await DossierRecords.DecisionsAsync(reading, model, version.Number, cancellationToken);
        var history = await DossierRecords.HistoryAsync(reading, model, version.Number, cancellationToken);
        List<DatasetView> trainedOn = [];
        foreach (var (_, dataset) in datasets.OrderBy(d => d.Key, StringComparer.Ordinal)) trainedOn.Add(await data.OfAsync(dataset.State, datasets, whole: false, cancellationToken));
        return new DossierView(
            at, reading.Sequence, reading.Read, await models.ViewAsync(Concerning(model, version.Number), datasets, at, cancellationToken), await models.VersionAsync(model, version, datasets, at, cancellationToken),
            team.Exists ? TeamView.Of(team) : null, trainedOn, places, waivers, decisions, total, history);
    }

    /// <summary>The datasets it was trained on and, going on from there, those they were made from.</summary>
    private async Task<Dictionary<string, Snapshot<Dataset>>> DatasetsAsync(ConsistentReading reading, IEnumerable<DatasetReference> references, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Snapshot<Dataset>>(StringComparer.Ordinal);
        var open = new Queue<DatasetReference>(references);
        var seen = new HashSet<DatasetReference>();
        while (open.TryDequeue(out var reference))
        {
            if (!seen.Add(reference)) continue;
            if (!found.TryGetValue(reference.Name, out var dataset))
            {
                var state = await reading.StateAsync($"dataset:{reference.Name}", grains.Of<IDatasetGrain>(reference.Name).Read, Dataset.Evolve, cancellationToken);
                found[reference.Name] = dataset = new(state, 0);
            }

            foreach (var origin in dataset.State.Versions.GetValueOrDefault(reference.Version)?.Sources ?? []) open.Enqueue(origin);
        }

        return found;
    }

    private static Model Concerning(Model model, int version) => model with
    {
        Versions = model.Versions.Clear(),
        Findings = model.Findings.RemoveAll(f => f.Version is { } v && v != version),
        Incidents = model.Incidents.RemoveAll(i => i.Version is { } v && v != version),
        Deployments = model.Deployments.RemoveAll(d => d.Version != version),
        BreakGlasses = model.BreakGlasses.RemoveAll(b => b.Version != version),
    };
}

internal static class DossierEndpoints
{
    public static void MapDossiers(this IEndpointRouteBuilder api) =>
        api.MapGet("/models/{name}/versions/{version:int}/dossier", async (string name, int version, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReadDossier(name, version), cancellationToken)).ToHttp())
            .Answers<DossierView>().WithTags("Dossiers").WithSummary("Everything about a version, as it stood at one moment");
}
