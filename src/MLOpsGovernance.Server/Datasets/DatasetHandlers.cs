using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Purposes;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Teams;
using ConfirmDatasetClass = MLOpsGovernance.Server.Classification.ConfirmDatasetClass;

namespace MLOpsGovernance.Server.Datasets;

internal sealed class DatasetHandlers(IGrainFactory grains, GrainCommands commands, Caller caller, SealingKeys sealing, TeamMembership membership, PoliciesInForce policies, DatasetViews views) :
    IRequestHandler<RegisterDataset, Result<DatasetView>>, IRequestHandler<RegisterDatasetVersion, Result<DatasetView>>, IRequestHandler<ClassifyDataset, Result<DatasetView>>,
    IRequestHandler<ReportDatasetQuality, Result<DatasetView>>, IRequestHandler<WithdrawDataset, Result<DatasetView>>, IRequestHandler<RestoreDataset, Result<DatasetView>>,
    IRequestHandler<ReadDataset, Result<DatasetView>>, IRequestHandler<NameInLineage, Result<DatasetView>>,
    IRequestHandler<ReviewDataset, Result<DatasetView>>, IRequestHandler<ConfirmDatasetClass, Result<DatasetView>>
{
    public async Task<Result<DatasetView>> Handle(RegisterDataset request, CancellationToken cancellationToken)
    {
        var description = await sealing.SealAsync(request.Description, request.About ?? caller.Actor.Subject, cancellationToken);
        return await ExecuteAsync(request.Name, async () =>
        {
            var team = await grains.GetGrain<ITeamGrain>(request.Team).Read();
            return new(new Domain.Datasets.RegisterDataset(request.Name, request.Team, team.State.Exists, description), team.State.Exists ? [new($"team:{request.Team}", team.Version)] : []);
        }, cancellationToken) with
        { Created = $"/api/v1/datasets/{request.Name}" };
    }

    public async Task<Result<DatasetView>> Handle(RegisterDatasetVersion request, CancellationToken cancellationToken) =>
        await ExecuteAsync(request.Name, async () =>
        {
            var unknown = await UnknownAsync(grains, request.Sources);
            return new(new Domain.Datasets.RegisterDatasetVersion(request.Version, request.Digest, request.Schema, request.Rows, request.Sources, unknown), []);
        }, cancellationToken) with
        { Created = $"/api/v1/datasets/{request.Name}" };

    public async Task<Result<DatasetView>> Handle(ClassifyDataset request, CancellationToken cancellationToken)
    {
        var about = request.About ?? caller.Actor.Subject;
        var @class = await request.Class.InCodesAsync(policies) with { Reason = await sealing.SealAsync(request.Reason, about, cancellationToken) };
        return await ExecuteAsync(request.Name, async () =>
        {
            var dataset = await grains.GetGrain<IDatasetGrain>(request.Name).Read();
            var (inTeam, guards) = await membership.OfCallerAsync(dataset.State.Team);
            var purpose = await PurposeAsync(dataset.State, request.Purpose, about, cancellationToken);
            return new(new Domain.Datasets.ClassifyDataset(@class with { Purpose = purpose }, inTeam), [.. guards, new($"dataset:{request.Name}", dataset.Version)]);
        }, cancellationToken);
    }

    public async Task<Result<DatasetView>> Handle(ConfirmDatasetClass request, CancellationToken cancellationToken)
    {
        var reason = await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken);
        return await ExecuteAsync(request.Name, async () =>
        {
            var (inTeam, guards) = await membership.OfCallerAsync((await grains.GetGrain<IDatasetGrain>(request.Name).Read()).State.Team);
            return new(new Domain.Datasets.ConfirmDatasetClass(reason, inTeam), guards);
        }, cancellationToken);
    }

    /// <summary>The words that are on record where they say the same, so that saying them again is no change.</summary>
    private async Task<Sealed?> PurposeAsync(Dataset dataset, string? text, string about, CancellationToken cancellationToken)
    {
        if (text is null) return (dataset.Proposed ?? dataset.Confirmed)?.Purpose;
        foreach (var known in new[] { dataset.Proposed?.Purpose, dataset.Confirmed?.Purpose })
        {
            if (known is not null && await sealing.OpenAsync(known, cancellationToken) == text) return known;
        }

        return await sealing.SealAsync(text, about, cancellationToken);
    }

    public Task<Result<DatasetView>> Handle(ReportDatasetQuality request, CancellationToken cancellationToken) =>
        ExecuteAsync(request.Name, new Domain.Datasets.ReportDatasetQuality(request.Version, request.Measures), cancellationToken);

    public async Task<Result<DatasetView>> Handle(ReviewDataset request, CancellationToken cancellationToken) =>
        await ExecuteAsync(request.Name, new Domain.Datasets.ReviewDataset(await sealing.SealAsync(request.Note, request.About ?? caller.Actor.Subject, cancellationToken), request.NextDue), cancellationToken);

    public Task<Result<DatasetView>> Handle(NameInLineage request, CancellationToken cancellationToken) =>
        ExecuteAsync(request.Name, new Domain.Datasets.NameInLineage(request.Names), cancellationToken);

    public async Task<Result<DatasetView>> Handle(WithdrawDataset request, CancellationToken cancellationToken) =>
        await ExecuteAsync(request.Name, new Domain.Datasets.WithdrawDataset(await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken), request.Version), cancellationToken);

    public async Task<Result<DatasetView>> Handle(RestoreDataset request, CancellationToken cancellationToken) =>
        await ExecuteAsync(request.Name, new Domain.Datasets.RestoreDataset(await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken), request.Version), cancellationToken);

    public async Task<Result<DatasetView>> Handle(ReadDataset request, CancellationToken cancellationToken) =>
        Name.IsValid(request.Name) && await grains.GetGrain<IDatasetGrain>(request.Name).Read() is { State.Exists: true } read
            ? await views.AnswerAsync(read, cancellationToken)
            : new Refusal("dataset-unknown", "There is no such dataset.", RefusalKind.NotFound);

    /// <summary>Those references that name no registered dataset version.</summary>
    internal static async Task<IReadOnlyList<DatasetReference>> UnknownAsync(IGrainFactory grains, IReadOnlyList<DatasetReference> references)
    {
        var read = await Task.WhenAll(references.Select(async r => (Reference: r, (await grains.GetGrain<IDatasetGrain>(r.Name).Read()).State)));
        return [.. read.Where(r => !r.State.Versions.ContainsKey(r.Reference.Version)).Select(r => r.Reference)];
    }

    private Task<Result<DatasetView>> ExecuteAsync(string name, DatasetCommand command, CancellationToken cancellationToken) =>
        ExecuteAsync(name, () => Task.FromResult(new Prepared<DatasetCommand>(command, [])), cancellationToken);

    private async Task<Result<DatasetView>> ExecuteAsync(string name, Func<Task<Prepared<DatasetCommand>>> prepare, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IDatasetGrain>(name);
        var outcome = await commands.ExecuteAsync(grain, $"dataset:{name}", prepare);
        return outcome.Refusal is { } refusal ? refusal : await views.AnswerAsync(await grain.Read(), cancellationToken);
    }
}
