using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Subjects;

namespace MLOpsGovernance.Server.Models;

internal sealed class VersionHandlers(IGrainFactory grains, ModelCommands models, ModelViews views, Caller caller, People people) :
    IRequestHandler<RegisterVersion, Result<VersionView>>, IRequestHandler<AddAuthor, Result<VersionView>>, IRequestHandler<ReplaceArtifact, Result<VersionView>>,
    IRequestHandler<ReadVersion, Result<VersionView>>
{
    public async Task<Result<VersionView>> Handle(RegisterVersion request, CancellationToken cancellationToken)
    {
        var outcome = await models.ExecuteAsync(request.Model, async () =>
        {
            var unknown = await DatasetHandlers.UnknownAsync(grains, request.Datasets);
            var known = await people.AmongAsync(request.Authors.Concat(caller.Actor.Parties));
            return new(new Domain.Models.RegisterVersion(
                request.Descriptor is { } descriptor ? DescriptorFields.DigestOf(descriptor) : request.ArtifactDigest!, request.ImageDigest, request.Framework, request.EnvironmentDigest, request.Commit, request.Run, request.Datasets,
                [.. request.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => new Metric(m.Key, m.Value))], request.Authors, known, unknown, request.Descriptor,
                (request.RunTrigger ?? request.RunEnvironment) is null ? null : new(request.RunTrigger, request.RunEnvironment)), []);
        });
        return outcome.Refusal is { } refusal
            ? refusal
            : await views.ReadAsync(request.Model, outcome.Number!.Value, cancellationToken) with { Created = $"/api/v1/models/{request.Model}/versions/{outcome.Number}" };
    }

    public async Task<Result<VersionView>> Handle(AddAuthor request, CancellationToken cancellationToken)
    {
        var person = (await people.AmongAsync([request.Author])).Count == 1;
        return await AnswerAsync(request.Model, request.Version, new Domain.Models.AddAuthor(request.Version, request.Author, person), cancellationToken);
    }

    public Task<Result<VersionView>> Handle(ReplaceArtifact request, CancellationToken cancellationToken) =>
        AnswerAsync(request.Model, request.Version, new Domain.Models.ReplaceArtifact(request.Version, request.ArtifactDigest, request.ImageDigest), cancellationToken);

    public async Task<Result<VersionView>> Handle(ReadVersion request, CancellationToken cancellationToken) =>
        !Name.IsValid(request.Model) ? ModelViews.UnknownModel : request.AsOf is { } at ? await views.AsOfAsync(request.Model, request.Version, at, cancellationToken) : await views.ReadAsync(request.Model, request.Version, cancellationToken);

    private async Task<Result<VersionView>> AnswerAsync(string model, int version, ModelCommand command, CancellationToken cancellationToken)
    {
        var outcome = await models.ExecuteAsync(model, command);
        return outcome.Refusal is { } refusal ? refusal : await views.ReadAsync(model, version, cancellationToken);
    }
}
