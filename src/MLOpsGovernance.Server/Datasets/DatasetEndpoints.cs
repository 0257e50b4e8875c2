using MediatR;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Datasets;

internal static class DatasetEndpoints
{
    internal sealed record DatasetBody(string Name, string Team, string? Description = null, string? About = null);

    internal sealed record DatasetVersionBody(string Version, string Digest, IReadOnlyList<SchemaField>? Schema = null, long? Rows = null, IReadOnlyList<DatasetReference>? Sources = null);

    /// <param name="Sensitivity">public, internal, confidential or restricted.</param>
    /// <param name="PermittedPurposes">By codes of the catalogue; <c>GET /api/v1/purposes</c> lists them.</param>
    /// <param name="Purpose">What it may be used for, in words; left out, it stays as it is.</param>
    /// <param name="RetentionDays">How long each version may be kept, in days from its registration.</param>
    /// <param name="Anonymised">Made so that nobody can be told from it any more; needs a reason, and a compliance officer who confirms it.</param>
    internal sealed record ClassificationBody(
        string Sensitivity, bool PersonalData, string? LegalBasis = null, IReadOnlyList<PermittedPurpose>? PermittedPurposes = null, int? RetentionDays = null,
        string? Purpose = null, bool? Anonymised = null, string? Reason = null, string? About = null)
    {
        public DataClass Class => new(Sensitivity, PersonalData, LegalBasis, PermittedPurposes ?? [], RetentionDays, Anonymised ?? false);
    }

    /// <param name="Version">Only this version; left out, the whole dataset.</param>
    internal sealed record WithdrawalBody(string? Reason = null, string? About = null, string? Version = null);

    /// <param name="NextDue">Until when it has to be looked at again.</param>
    internal sealed record DatasetReviewBody(DateTimeOffset NextDue, string? Note = null, string? About = null);

    /// <param name="Names">All of them; those that are left out are its names no more.</param>
    internal sealed record LineageNamesBody(IReadOnlyList<EntityName> Names);

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
                (await mediator.Send(new ClassifyDataset(name, body.Value.Class, body.Value.Purpose, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp())
            .Answers<DatasetView>().WithSummary("Propose or confirm a dataset's class");
        datasets.MapPut("/{name}/versions/{version}/quality", async (string name, string version, Body<QualityBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReportDatasetQuality(name, version, body.Value.Measures), cancellationToken)).ToHttp()).Answers<DatasetView>().WithSummary("Report a version's quality");
        datasets.MapPost("/{name}/review", async (string name, Body<DatasetReviewBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReviewDataset(name, body.Value.NextDue, body.Value.Note, body.Value.About), cancellationToken)).ToHttp())
            .Answers<DatasetView>().WithSummary("Say that a dataset was looked at, and until when it has to be again");
        datasets.MapGet("/{name}/versions/{version}/schema-changes", async (string name, string version, string? from, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReadSchemaChanges(name, version, from), cancellationToken)).ToHttp())
            .Answers<SchemaChangesView>().WithSummary("What is different between the columns of two versions");
        datasets.MapPut("/{name}/lineage-names", async (string name, Body<LineageNamesBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new NameInLineage(name, body.Value.Names), cancellationToken)).ToHttp()).Answers<DatasetView>().WithSummary("Say by which names OpenLineage knows a dataset");
        datasets.MapPost("/{name}/withdrawal", async (string name, Body<WithdrawalBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new WithdrawDataset(name, body.Value.Reason, body.Value.About, body.Value.Version), cancellationToken)).ToHttp()).Answers<DatasetView>().WithSummary("Take a dataset, or one version of it, out of use");
        datasets.MapPost("/{name}/restoration", async (string name, Body<WithdrawalBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RestoreDataset(name, body.Value.Reason, body.Value.About, body.Value.Version), cancellationToken)).ToHttp()).Answers<DatasetView>().WithSummary("Put what was withdrawn back into use");
    }
}
