using MediatR;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Datasets;

internal static class DatasetEndpoints
{
    internal sealed record DatasetBody(string Name, string Team, string? Description = null, string? About = null);

    internal sealed record DatasetVersionBody(string Version, string Digest, IReadOnlyList<SchemaField>? Schema = null, long? Rows = null, IReadOnlyList<DatasetReference>? Sources = null);

    internal sealed record ClassificationBody(string Sensitivity, bool PersonalData, string? LegalBasis = null, IReadOnlyList<PermittedPurpose>? PermittedPurposes = null, int? RetentionDays = null);

    internal sealed record ReasonBody(string? Reason = null, string? About = null);

    internal sealed record QualityBody(IReadOnlyList<QualityMeasure> Measures);

    public static void MapDatasets(this IEndpointRouteBuilder api)
    {
        var datasets = api.MapGroup("/datasets").WithTags("Datasets");
        datasets.MapPost("", async (Body<DatasetBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new RegisterDataset(body.Value.Name, body.Value.Team, body.Value.Description, body.Value.About), cancellationToken)).ToHttp())
            .Answers<DatasetView>(201).WithSummary("Register a dataset");
        datasets.MapGet("", async ([AsParameters] Page page, string? team, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListDatasets(page, team), cancellationToken)).ToHttp()).Answers<Listed<DatasetRow>>().WithSummary("All datasets");
        datasets.MapGet("/{name}", async (string name, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadDataset(name), cancellationToken)).ToHttp()).Answers<DatasetView>().WithSummary("A dataset");
        datasets.MapPost("/{name}/versions", async (string name, Body<DatasetVersionBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new RegisterDatasetVersion(name, body.Value.Version, body.Value.Digest, body.Value.Schema, body.Value.Rows, body.Value.Sources ?? []), cancellationToken)).ToHttp())
            .Answers<DatasetView>(201).WithSummary("Register a version of a dataset");
        datasets.MapPut("/{name}/classification", async (string name, Body<ClassificationBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ClassifyDataset(name, new(body.Value.Sensitivity, body.Value.PersonalData, body.Value.LegalBasis, body.Value.PermittedPurposes ?? [], body.Value.RetentionDays)), cancellationToken)).ToHttp())
            .Answers<DatasetView>().WithSummary("Propose or confirm a dataset's class");
        datasets.MapPut("/{name}/versions/{version}/quality", async (string name, string version, Body<QualityBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReportDatasetQuality(name, version, body.Value.Measures), cancellationToken)).ToHttp()).Answers<DatasetView>().WithSummary("Report a version's quality");
        datasets.MapPost("/{name}/withdrawal", async (string name, Body<ReasonBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new WithdrawDataset(name, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<DatasetView>().WithSummary("Take a dataset out of use");
        datasets.MapPost("/{name}/restoration", async (string name, Body<ReasonBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RestoreDataset(name, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<DatasetView>().WithSummary("Put a withdrawn dataset back into use");
    }
}
