using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Datasets;

/// <param name="From">The version that it is compared with; left out for the first.</param>
/// <param name="Comparable">Whether the columns of both are on record.</param>
/// <param name="Breaking">Whether any change is.</param>
internal sealed record SchemaChangesView(string Dataset, string Version, string? From, bool Comparable, bool Breaking, IReadOnlyList<SchemaChange> Changes);

internal sealed class SchemaChangesReader(Grains grains) : IRequestHandler<ReadSchemaChanges, Result<SchemaChangesView>>
{
    public async Task<Result<SchemaChangesView>> Handle(ReadSchemaChanges request, CancellationToken cancellationToken)
    {
        if (!Name.IsValid(request.Name) || (await grains.Of<IDatasetGrain>(request.Name).Read()).State is not { Exists: true } dataset) return new Refusal("dataset-unknown", "There is no such dataset.", RefusalKind.NotFound);
        if (!dataset.Versions.TryGetValue(request.Version, out var version)) return Unknown(dataset);
        var before = SchemaComparison.Before(dataset, version);
        if (request.From is { } from && !dataset.Versions.TryGetValue(from, out before)) return Unknown(dataset);
        var changes = SchemaComparison.Of(before, version);
        return new SchemaChangesView(dataset.Name!, version.Version, before?.Version, changes is not null, changes?.Any(c => c.Breaking) ?? false, changes ?? []);
    }

    private static Refusal Unknown(Dataset dataset) => new("dataset-version-unknown", $"{dataset.Name} has no such version.", RefusalKind.NotFound);
}
