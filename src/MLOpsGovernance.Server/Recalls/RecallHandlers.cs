using System.Text.Json;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Domain.Recalls;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Lineage;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Recalls;

/// <summary>
/// Shows first, acts then: the data is withdrawn, each model is told, and last the recall is confirmed. One that is cut short is confirmed again: what is withdrawn stays so, and a finding is known by its cause.
/// </summary>
internal sealed class RecallHandlers(
    IGrainFactory grains, GrainCommands commands, ModelCommands models, Registers registers, ImpactReader impact, Decisions kept, NpgsqlDataSource source, SealingKeys sealing, Caller caller, TimeProvider time) :
    IRequestHandler<PrepareRecall, Result<RecallView>>, IRequestHandler<ConfirmRecall, Result<RecallView>>, IRequestHandler<ReadRecall, Result<RecallView>>, IRequestHandler<ListRecalls, Result<Listed<RecallListing>>>
{
    private const int AtOnce = 16;

    public async Task<Result<RecallView>> Handle(PrepareRecall request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var dataset = (await grains.GetGrain<IDatasetGrain>(request.Dataset).Read()).State;
        if (!dataset.Exists) return new Refusal("dataset-unknown", "There is no such dataset.", RefusalKind.NotFound);
        if (request.Version is { } version && !dataset.Versions.ContainsKey(version)) return new Refusal("dataset-version-unknown", $"{dataset.Name} has no version {version}.", RefusalKind.NotFound);

        var (reached, digest) = await ReachedAsync(request.Dataset, request.Version, cancellationToken);
        var affected = await AffectedAsync(reached);
        var id = caller.NewId("recall");
        var reason = await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken);
        var command = new Domain.Recalls.PrepareRecall(id, request.Dataset, request.Version, reason, request.Drill, digest, Reach(reached, affected.Count), Milliseconds(started));
        var outcome = await commands.ExecuteAsync(grains.GetGrain<IRecallGrain>(id), $"recall:{id}", command);
        return outcome.Refusal is { } refusal ? refusal : await ViewAsync(id, cancellationToken) with { Created = $"/api/v1/datasets/{request.Dataset}/recalls/{id}" };
    }

    public async Task<Result<RecallView>> Handle(ConfirmRecall request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var grain = grains.GetGrain<IRecallGrain>(request.Id);
        var recall = (await grain.Read()).State;
        if (recall.Exists && recall.Dataset != request.Dataset) return Unknown;
        if (RecallDecider.Unconfirmable(recall, caller.Actor)?.Refusal is { } refused)
        {
            await commands.NoteAsync(request.Stream, UseCase.Of(request), refused);
            return refused;
        }

        var withdrawn = await commands.ExecuteAsync<Dataset, DatasetCommand>(grains.GetGrain<IDatasetGrain>(recall.Dataset), request.Stream, new Domain.Datasets.WithdrawDataset(recall.Reason, recall.Version));
        if (withdrawn.Refusal is { Code: not "dataset-withdrawn" } refusal) return refusal;

        var (reached, digest) = await ReachedAsync(recall.Dataset, recall.Version, cancellationToken);
        var affected = await AffectedAsync(reached);
        foreach (var some in affected.GroupBy(v => v.Model, StringComparer.Ordinal).Chunk(AtOnce))
            await Task.WhenAll(some.Select(model => TellAsync(recall, model.Key, [.. model], cancellationToken)));

        RecalledVersion[] versions = [.. affected.Take(RecallConfirmed.MostVersions).Select(v => new RecalledVersion(v.Model, v.Version))];
        var outcome = await commands.ExecuteAsync(grain, $"recall:{request.Id}", new Domain.Recalls.ConfirmRecall(versions, digest, Reach(reached, affected.Count), Milliseconds(started)));
        return outcome.Refusal is { } late ? late : await ViewAsync(request.Id, cancellationToken);
    }

    public async Task<Result<RecallView>> Handle(ReadRecall request, CancellationToken cancellationToken) =>
        Guid.TryParseExact(request.Id, "D", out _) && (await grains.GetGrain<IRecallGrain>(request.Id).Read()).State is { Exists: true } recall && recall.Dataset == request.Dataset ? await ViewAsync(request.Id, cancellationToken) : Unknown;

    public async Task<Result<Listed<RecallListing>>> Handle(ListRecalls request, CancellationToken cancellationToken)
    {
        var rows = await registers.ListAsync<RecallRow>(request.Page, all => request.Dataset is null ? all : all.Where(r => r.Recall.Dataset == request.Dataset), r => r.Id, cancellationToken);
        return rows.Value is { } list ? new Listed<RecallListing>([.. list.Items.Select(r => RecallListing.Of(r.Recall with { Id = r.Id["recall:".Length..] }))], list.NextCursor, list.Behind) : rows.Refusal!;
    }

    private static Refusal Unknown => new("recall-unknown", "There is no such recall of this dataset.", RefusalKind.NotFound);

    /// <summary>What it reaches now, and the digest under which that is kept.</summary>
    private async Task<(ImpactView Reached, string Digest)> ReachedAsync(string dataset, string? version, CancellationToken cancellationToken)
    {
        await registers.CatchUpAsync(cancellationToken);
        var node = version is null ? LineageNode.Registered(dataset) : LineageNode.OfDatasetVersion(dataset, version);
        var reached = await impact.OfAsync([node.Id], LineageScope.DeepestDepth, null, int.MaxValue, cancellationToken) ?? throw new RegisterBehindException(new(0, 0, TimeSpan.Zero, null));
        var bytes = CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(reached, Json.Lenient));
        var digest = Digest.Sha256(bytes);
        await using var command = source.CreateCommand($"insert into {MartenSetup.Schema}.content (digest, bytes) values ($1, $2) on conflict do nothing");
        command.Parameters.Add(new() { Value = digest });
        command.Parameters.Add(new() { Value = bytes });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return (reached, digest);
    }

    /// <summary>Those that somebody has to see to: what was retired and runs nowhere is out of reach already.</summary>
    private async Task<IReadOnlyList<ImpactedVersion>> AffectedAsync(ImpactView reached)
    {
        List<ImpactedVersion> affected = [];
        foreach (var some in reached.ModelVersions.GroupBy(v => v.Model, StringComparer.Ordinal).Chunk(AtOnce))
        {
            foreach (var (versions, model) in await Task.WhenAll(some.Select(async g => (g, (await grains.GetGrain<IModelGrain>(g.Key).Read()).State))))
                affected.AddRange(versions.Where(v => v.Live || (!model.Retired && model.Versions.GetValueOrDefault(v.Version) is { Retired: false })));
        }

        return affected;
    }

    private async Task TellAsync(Recall recall, string model, IReadOnlyList<ImpactedVersion> versions, CancellationToken cancellationToken)
    {
        List<RecalledFinding> found = [];
        foreach (var version in versions)
        {
            var words = $"{model} version {version.Version} rests on {recall.Dataset}{(recall.Version is null ? "" : $" version {recall.Version}")}, which was recalled: {string.Join(" → ", version.Way)}. Train again without it, or show that it does no harm.";
            found.Add(new(Ids.Version5($"{recall.Id} {model} {version.Version}").ToString(), await sealing.SealAsync(words, caller.Actor.Subject, cancellationToken), version.Version, version.Live));
        }

        if ((await models.ExecuteAsync(model, new NoteRecall(recall.Id!, found))).Refusal is { } refusal) throw new InvalidOperationException($"{model} took no note of recall {recall.Id}: {refusal.Code}.");
    }

    private async Task<Result<RecallView>> ViewAsync(string id, CancellationToken cancellationToken)
    {
        var recall = (await grains.GetGrain<IRecallGrain>(id).Read()).State;
        var reached = await kept.FactsAsync(recall.Impact, cancellationToken) is { } bytes && Digest.Sha256(bytes) == recall.Impact ? JsonSerializer.Deserialize<ImpactView>(bytes, Json.Lenient) : null;
        return new RecallView(id, RecallListing.Of(recall), await sealing.OpenAsync(recall.Reason, cancellationToken), reached);
    }

    private static RecallReach Reach(ImpactView reached, int findings) => new(reached.Summary.ModelVersions, reached.Summary.Deployments, reached.Summary.LiveDeployments, reached.Owners.Count, findings);

    private long Milliseconds(long started) => (long)Math.Ceiling(time.GetElapsedTime(started).TotalMilliseconds);
}
