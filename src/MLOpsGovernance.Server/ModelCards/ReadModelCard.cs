using System.Text.Json.Nodes;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.ModelCards;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.ModelCards;

/// <summary>The bill of materials of a version, CycloneDX 1.6.</summary>
[AnyRole]
internal sealed record ReadMlBom(string Model, int Version) : IQuery<JsonObject>;

/// <summary>The card of a version, for programs.</summary>
[AnyRole]
internal sealed record ReadModelCard(string Model, int Version) : IQuery<JsonObject>;

/// <summary>The card of a version, for people.</summary>
[AnyRole]
internal sealed record ReadModelCardText(string Model, int Version) : IQuery<string>;

internal sealed class ModelCardReader(Grains grains, FactCollector collector, SealingKeys sealing) :
    IRequestHandler<ReadMlBom, Result<JsonObject>>, IRequestHandler<ReadModelCard, Result<JsonObject>>, IRequestHandler<ReadModelCardText, Result<string>>
{
    public Task<Result<JsonObject>> Handle(ReadMlBom request, CancellationToken cancellationToken) => OfAsync(request.Model, request.Version, MlBom.Of, cancellationToken);

    public Task<Result<JsonObject>> Handle(ReadModelCard request, CancellationToken cancellationToken) => OfAsync(request.Model, request.Version, ModelCard.Of, cancellationToken);

    public Task<Result<string>> Handle(ReadModelCardText request, CancellationToken cancellationToken) => OfAsync(request.Model, request.Version, ModelCardText.Of, cancellationToken);

    private async Task<Result<T>> OfAsync<T>(string name, int number, Func<CardSubject, T> write, CancellationToken cancellationToken)
    {
        if (!Name.IsValid(name) || (await grains.Of<IModelGrain>(name).Read()).State is not { Exists: true } model) return ModelViews.UnknownModel;
        if (!model.Versions.TryGetValue(number, out var version)) return ModelViews.UnknownVersion(name, number);

        var datasets = await collector.DatasetsAsync(version.Datasets);
        var descriptions = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (dataset, read) in datasets) descriptions[dataset] = await OpenAsync(read.State.Description);
        List<string> limitations = [];
        foreach (var validation in version.Validations.Reverse())
            if (await OpenAsync(validation.Limitations) is { } text && !limitations.Contains(text, StringComparer.Ordinal)) limitations.Add(text);

        return new Result<T>(write(new(
            model, version, await OpenAsync(model.Purpose), await OpenAsync(model.Card), limitations,
            CardDataset.Of(version, dataset => datasets.GetValueOrDefault(dataset)?.State is { Exists: true } state ? state : null, descriptions.GetValueOrDefault))));

        Task<string?> OpenAsync(Sealed? text) => sealing.OpenAsync(text, cancellationToken);
    }
}
