using FluentValidation;
using MediatR;
using MLOpsGovernance.Server.Deployments;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Audit;

/// <param name="AsOf">Now by default.</param>
[AnyRole]
internal sealed record ReadLive(string Environment, DateTimeOffset? AsOf, Page Page) : IQuery<LiveView>, IPaged, IWatched;

internal sealed class ReadLiveRules : AbstractValidator<ReadLive>
{
    public ReadLiveRules() => RuleFor(q => q.Environment).IsName();
}

/// <param name="PolicySet">The set in force then; null where none was adopted yet.</param>
/// <param name="NextCursor">Null on the last page.</param>
/// <param name="Behind">How many events the deployments have not seen; null where they have seen all.</param>
internal sealed record LiveView(string Environment, DateTimeOffset AsOf, LivePolicySet? PolicySet, IReadOnlyList<LiveModel> Items, string? NextCursor, long? Behind);

/// <param name="AdoptedBy">Who adopted it, which another had proposed.</param>
internal sealed record LivePolicySet(string Digest, DateTimeOffset AdoptedAt, string AdoptedBy, string Proof);

/// <param name="Judged">The class of risk by which rules judged it then.</param>
/// <param name="Review">Of its version, as it stood then.</param>
/// <param name="Approvals">All that its version had been given by then, each as it stood then.</param>
/// <param name="Decision">What let it in; null where nothing is on record.</param>
internal sealed record LiveModel(DeploymentView Deployment, string Team, JudgedRiskView Judged, string? Review, IReadOnlyList<ApprovalView> Approvals, LiveDecision? Decision);

/// <param name="PolicySet">Digest of the set that held when it was made.</param>
/// <param name="Waived">The rules that a waiver excused: <c>policy/rule</c>.</param>
/// <param name="Proof">Where the proof that the log holds it can be read.</param>
internal sealed record LiveDecision(string Id, string Outcome, DateTimeOffset CheckedAt, string RequestedBy, string PolicySet, string FactsDigest, IReadOnlyList<string> Waived, string? Proof);

/// <summary>One question of an audit, answered from the register of deployments, from the models as they stood, and from the decisions that let them in.</summary>
internal sealed class LiveReader(IMediator mediator, PastModels past, ModelViews views, Decisions decisions, NpgsqlDataSource source) : IRequestHandler<ReadLive, Result<LiveView>>
{
    public async Task<Result<LiveView>> Handle(ReadLive request, CancellationToken cancellationToken)
    {
        var at = past.Moment(request.AsOf);
        var listed = await mediator.Send(new ListDeployments(request.Environment, at, request.Page), cancellationToken);
        if (listed.Value is not { } list) return listed.Refusal!;
        List<LiveModel> items = [];
        foreach (var deployment in list.Items) items.Add(await ModelAsync(deployment, at, cancellationToken));
        return new LiveView(request.Environment, at, await PolicySetAsync(at, cancellationToken), items, list.NextCursor, list.Behind);
    }

    private async Task<LiveModel> ModelAsync(DeploymentView deployment, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // What happened to it since, was not known then.
        var then = deployment with { EndedAt = deployment.EndedAt > at ? null : deployment.EndedAt, Outcome = deployment.Outcome?.At > at ? null : deployment.Outcome };
        var model = await past.ModelAsync(deployment.Model, at, cancellationToken);
        var version = model.Versions.GetValueOrDefault(deployment.Version);
        var view = version is null ? null : await views.VersionAsync(model, version, await past.DatasetsAsync(version.Datasets, at, cancellationToken), at, cancellationToken);
        return new(then, model.Team, new(model.JudgedRisk.EuAiAct, model.JudgedRisk.Tier), view?.Review, view?.Approvals ?? [], await DecisionAsync(deployment.DecisionId, cancellationToken));
    }

    private async Task<LiveDecision?> DecisionAsync(string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out _) || await decisions.FindAsync(id, cancellationToken) is not { } d) return null;
        await using var command = source.CreateCommand($"select id from {MartenSetup.Schema}.mt_events where stream_id = $1 order by version limit 1");
        command.Parameters.Add(new() { Value = $"check:{id}" });
        return new(id, d.Outcome, d.At, d.By, d.PolicySet, d.FactsDigest, [.. d.Rules.Where(r => r.Result == "waived").Select(r => $"{r.Policy}/{r.Rule}")], Proof(await command.ExecuteScalarAsync(cancellationToken)));
    }

    private async Task<LivePolicySet?> PolicySetAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            select data ->> 'digest', (data ->> 'at')::timestamptz, data ->> 'by', id from {MartenSetup.Schema}.mt_events
            where stream_id = $1 and type = 'policy_set_adopted' and (data ->> 'at')::timestamptz <= $2 order by version desc limit 1
            """);
        command.Parameters.Add(new() { Value = PolicySetGrain.StreamName });
        command.Parameters.Add(new() { Value = at.ToUniversalTime() });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? new(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), Proof(row.GetGuid(3))!) : null;
    }

    private static string? Proof(object? id) => id is Guid known ? $"/api/v1/audit/events/{known}/proof" : null;
}
