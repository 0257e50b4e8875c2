using MediatR;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Descriptors;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Models;

internal static class ModelEndpoints
{
    /// <param name="Origin">internal (default), vendor or api.</param>
    internal sealed record ModelBody(
        string Name, string Team, string Purpose, IReadOnlyList<string>? Purposes = null, string? About = null, string? Origin = null, bool? Generative = null);

    internal sealed record PurposeBody(string Purpose, IReadOnlyList<string>? Purposes = null, string? About = null);

    /// <param name="EuAiAct">minimal, limited, high or prohibited.</param>
    /// <param name="Tier">1 (highest) to 3.</param>
    /// <param name="Role">What the organisation is for the system: provider, deployer, importer or distributor.</param>
    /// <param name="AccountableExecutive">Subject id of the person who answers for the use of the model.</param>
    internal sealed record RiskBody(
        string EuAiAct, int Tier, string Reason, string? Role = null, RiskBasis? Basis = null, Materiality? Materiality = null, string? About = null, string? AccountableExecutive = null)
    {
        public RiskClass Risk => new(EuAiAct, Tier, Role, Basis, Materiality, AccountableExecutive: AccountableExecutive);
    }

    internal sealed record CardBody(string Text, string? About = null);

    /// <param name="ArtifactDigest">Of an internal model's artifact.</param>
    /// <param name="Descriptor">Of a vendor's or api model, instead of the artifact's digest.</param>
    /// <param name="RunTrigger">What started the run: manual, schedule, new-data, code-change, performance-drop or distribution-change.</param>
    /// <param name="RunEnvironment">Where the run took place, by your own name for it.</param>
    internal sealed record VersionBody(
        IReadOnlyList<string> Authors, string? ArtifactDigest = null, IReadOnlyList<DatasetReference>? Datasets = null, string? ImageDigest = null, string? Framework = null,
        string? EnvironmentDigest = null, string? Commit = null, string? Run = null, IReadOnlyDictionary<string, double>? Metrics = null, DescriptorBody? Descriptor = null,
        string? RunTrigger = null, string? RunEnvironment = null);

    /// <param name="Supplier">Required.</param>
    /// <param name="Product">Required.</param>
    internal sealed record DescriptorBody(
        string? Supplier = null, string? Product = null, string? ProductVersion = null, string? Endpoint = null, string? Contract = null,
        IReadOnlyList<string>? ConfigurationDigests = null, IReadOnlyList<string>? PromptDigests = null, IReadOnlyList<SupplierEvidence>? SupplierEvidence = null)
    {
        public ModelDescriptor Descriptor => new(Supplier ?? "", Product ?? "", ProductVersion, Endpoint, Contract, ConfigurationDigests, PromptDigests, SupplierEvidence);
    }

    internal sealed record ArtifactBody(string? ArtifactDigest = null, string? ImageDigest = null);

    internal sealed record AliasBody(int Version);

    /// <param name="Version">Left out, it means the whole model.</param>
    internal sealed record LifecycleBody(string Reason, int? Version = null, string? About = null);

    internal sealed record RecallBody(string Reason, string? About = null);

    public static void MapModels(this IEndpointRouteBuilder api)
    {
        var models = api.MapGroup("/models").WithTags("Models");
        models.MapPost("", async (Body<ModelBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new RegisterModel(body.Value.Name, body.Value.Team, body.Value.Purpose, body.Value.Purposes ?? [], body.Value.About, body.Value.Origin ?? ModelOrigin.Internal, body.Value.Generative ?? false), cancellationToken)).ToHttp())
            .Answers<ModelView>(201).WithSummary("Register a model");
        models.MapGet("", async ([AsParameters] Page page, string? team, string? q, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListModels(page, team, q), cancellationToken)).ToHttp()).Answers<Listed<ModelRow>>().WithSummary("All models");
        models.MapGet("/{name}", async (string name, Moment? asOf, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadModel(name, asOf?.At), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("A model with everything decided about it");
        models.MapPut("/{name}/purpose", async (string name, Body<PurposeBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ChangePurpose(name, body.Value.Purpose, body.Value.Purposes, body.Value.About), cancellationToken)).ToHttp())
            .Answers<ModelView>().WithSummary("Change what a model is for");
        models.MapPut("/{name}/risk", async (string name, Body<RiskBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ClassifyModel(name, body.Value.Risk, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp())
            .Answers<ModelView>().WithSummary("Propose or confirm a model's risk class");
        models.MapPut("/{name}/card", async (string name, Body<CardBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new WriteCard(name, body.Value.Text, body.Value.About), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("Write the model card");
        models.MapPut("/{name}/aliases/{alias}", async (string name, string alias, Body<AliasBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new SetAlias(name, alias, body.Value.Version), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("Point an alias at a version");
        models.MapDelete("/{name}/aliases/{alias}", async (string name, string alias, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RemoveAlias(name, alias), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("Remove an alias");
        models.MapPost("/{name}/suspension", async (string name, Body<LifecycleBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new SuspendModel(name, body.Value.Version, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("Suspend a model or one version");
        models.MapPost("/{name}/resumption", async (string name, Body<LifecycleBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ResumeModel(name, body.Value.Version, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("Lift a suspension");
        models.MapPost("/{name}/retirement", async (string name, Body<LifecycleBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RetireModel(name, body.Value.Version, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("Retire a model or one version");
        MapVersions(models.MapGroup("/{name}/versions"));
    }

    private static void MapVersions(RouteGroupBuilder versions)
    {
        versions.MapPost("", async (string name, Body<VersionBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new RegisterVersion(
                    name, body.Value.ArtifactDigest, body.Value.ImageDigest, body.Value.Framework, body.Value.EnvironmentDigest, body.Value.Commit, body.Value.Run,
                    body.Value.Datasets ?? [], body.Value.Metrics ?? new Dictionary<string, double>(StringComparer.Ordinal), body.Value.Authors, body.Value.Descriptor?.Descriptor,
                    body.Value.RunTrigger, body.Value.RunEnvironment), cancellationToken)).ToHttp())
            .Answers<VersionView>(201).WithSummary("Register what was trained");
        versions.MapGet("/{version:int}", async (string name, int version, Moment? asOf, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadVersion(name, version, asOf?.At), cancellationToken)).ToHttp()).Answers<VersionView>().WithSummary("A version and its approvals");
        versions.MapPut("/{version:int}/authors/{author}", async (string name, int version, string author, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new AddAuthor(name, version, author), cancellationToken)).ToHttp()).Answers<VersionView>().WithSummary("Name a further author");
        versions.MapPut("/{version:int}/artifact", async (string name, int version, Body<ArtifactBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReplaceArtifact(name, version, body.Value.ArtifactDigest, body.Value.ImageDigest), cancellationToken)).ToHttp()).Answers<VersionView>().WithSummary("Replace the artifact or image of a version");
        versions.MapPost("/{version:int}/recall", async (string name, int version, Body<RecallBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RecallVersion(name, version, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("Recall a version for good");
    }
}
