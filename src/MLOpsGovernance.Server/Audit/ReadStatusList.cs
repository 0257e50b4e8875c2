using System.Text.Json.Nodes;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Evidence.Verdicts;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Audit;

/// <summary>Decisions whose verdicts have not expired and no longer count, as a signed list.</summary>
[AnyRole]
internal sealed record ReadStatusList : IQuery<JsonNode>;

/// <summary>
/// What was allowed and then taken back within the life of its verdict: the model or the version was suspended, recalled or retired, or a recall of its training data reached it. The list is worked out from the
/// events whenever it is asked for; what is not on it is known to the second in which it was signed.
/// </summary>
internal sealed class StatusListReader(NpgsqlDataSource source, VerdictKeys keys, TimeProvider time) : IRequestHandler<ReadStatusList, Result<JsonNode>>
{
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(5);

    private const string Taken = "'model_suspended', 'model_version_recalled', 'model_retired', 'finding_opened'";

    /// <summary>Few events are of these kinds, so they have an index of their own.</summary>
    internal const string Sql = $"""
        create index if not exists taken_back on {MartenSetup.Schema}.mt_events_default (seq_id) where type in ({Taken});
        """;

    public async Task<Result<JsonNode>> Handle(ReadStatusList request, CancellationToken cancellationToken)
    {
        if (keys.Signing.Count == 0) return new Refusal("no-verdict-key", "This service signs no verdicts, so there is nothing to recall.", RefusalKind.NotFound);
        var now = time.GetUtcNow();
        await using var command = source.CreateCommand($"""
            with back as (
                select seq_id, substring(stream_id from {"model:".Length + 1}) as model, (data ->> 'version')::int as version from {MartenSetup.Schema}.mt_events_default
                where type in ({Taken}) and (type <> 'finding_opened' or data ->> 'cause' like '{Domain.Recalls.RecallFindings.Kind}%') and (data ->> 'at')::timestamptz > $1 - interval '2 hours')
            select distinct substring(d.stream_id from {"check:".Length + 1}) from back b
                join {MartenSetup.Schema}.mt_events_default d on d.type = 'policy_checked' and d.data ->> 'model' = b.model and (b.version is null or (d.data ->> 'version')::int = b.version) and d.seq_id < b.seq_id
            where (d.data ->> 'allowed')::boolean and not coalesce((d.data ->> 'dryRun')::boolean, false) and (d.data ->> 'validUntil')::timestamptz > $1
            order by 1
            """);
        command.Parameters.Add(new() { Value = now });
        List<string> recalled = [];
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken)) recalled.Add(reader.GetString(0));
        }

        return new(new StatusList(now, now + Validity, recalled).Sign(keys.Signing[0]).ToJson());
    }
}
