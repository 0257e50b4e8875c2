using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using Npgsql;
using NpgsqlTypes;

namespace MLOpsGovernance.Server.Audit;

/// <summary>A reading of the audit trail or of a report: that a person did it is written down, outside of what was read.</summary>
internal interface IWatched;

/// <summary>Who read the trail. Not part of the histories: it is kept for a while and then forgotten.</summary>
internal sealed class AccessLog(NpgsqlDataSource source, TimeProvider time)
{
    private const string Table = $"{MartenSetup.Schema}.access_log";

    internal const string Sql = $"""
        create table if not exists {Table} (
            id bigint generated always as identity primary key,
            at timestamptz not null,
            subject text not null,
            roles text[] not null,
            what text not null,
            asked jsonb not null,
            correlation text);
        create index if not exists access_log_by_subject on {Table} (subject, id);
        create index if not exists access_log_by_time on {Table} (at);
        """;

    /// <param name="asked">What was asked for. Words that were searched for are not kept: they may be about somebody.</param>
    public async Task WriteAsync(Caller caller, string what, JsonNode asked, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"insert into {Table} (at, subject, roles, what, asked, correlation) values ($1, $2, $3, $4, $5::jsonb, $6)");
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        command.Parameters.Add(new() { Value = caller.Actor.Subject });
        command.Parameters.Add(new() { Value = caller.Actor.Roles.ToArray() });
        command.Parameters.Add(new() { Value = what });
        command.Parameters.Add(new() { Value = asked.ToJsonString(Json.Lenient) });
        command.Parameters.Add(new() { Value = (object?)caller.Correlation ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The latest first; one more than a page where there are more.</summary>
    public async Task<List<AccessView>> ReadAsync(ReadAccesses request, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            select id, at, subject, roles, what, asked::text, correlation from {Table}
            where ($1::text is null or subject = $1) and ($2::text is null or what = $2) and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4) and ($5::bigint is null or id < $5)
            order by id desc limit $6
            """);
        object?[] values = [request.Subject, request.What, request.From?.ToUniversalTime(), request.To?.ToUniversalTime(), request.Page.Cursor is null ? null : request.Page.Number, request.Page.Size + 1];
        NpgsqlDbType[] types = [NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.TimestampTz, NpgsqlDbType.TimestampTz, NpgsqlDbType.Bigint, NpgsqlDbType.Integer];
        foreach (var (value, type) in values.Zip(types)) command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        List<AccessView> items = [];
        while (await row.ReadAsync(cancellationToken))
            items.Add(new(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.GetFieldValue<string[]>(3), row.GetString(4), JsonNode.Parse(row.GetString(5)), row.IsDBNull(6) ? null : row.GetString(6)));
        return items;
    }

    /// <summary>Forgets what is older. Answers how much that was.</summary>
    public async Task<int> ForgetAsync(TimeSpan keeping, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"delete from {Table} where at < $1");
        command.Parameters.Add(new() { Value = time.GetUtcNow() - keeping });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>Nothing of the trail is shown to a person before it is written down that they read it; pipelines and the service itself are not written down.</summary>
internal sealed class Watching<TRequest, TResponse>(Caller caller, AccessLog log) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, IWatched
    where TResponse : IRefusable<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var answer = await next();
        if (answer.Refusal is null && caller.Actor.Human) await log.WriteAsync(caller, UseCase.Of(typeof(TRequest)), Asked(request), cancellationToken);
        return answer;
    }

    private static JsonNode Asked(TRequest request)
    {
        var asked = JsonSerializer.SerializeToNode(request, Json.Lenient)!.AsObject();
        foreach (var part in new[] { asked, asked["filter"] as JsonObject })
            if (part?.ContainsKey("text") is true) part["text"] = true;
        return asked;
    }
}

[RequiresRole(Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ReadAccesses(string? Subject, string? What, DateTimeOffset? From, DateTimeOffset? To, Page Page) : IQuery<Listed<AccessView>>, IPaged, IWatched
{
    bool IPaged.NumberedCursor => true;
}

internal sealed class ReadAccessesRules : AbstractValidator<ReadAccesses>
{
    public ReadAccessesRules()
    {
        RuleFor(q => q.Subject!).IsSubject().When(q => q.Subject is not null);
        RuleFor(q => q.What).IsReference();
    }
}

/// <param name="What">The use case, such as <c>read-audit-events</c>.</param>
/// <param name="Asked">What was asked for; of words that were searched for, only that there were some.</param>
internal sealed record AccessView(long Id, DateTimeOffset At, string Subject, IReadOnlyList<string> Roles, string What, JsonNode? Asked, string? CorrelationId);

internal sealed class AccessReader(AccessLog log) : IRequestHandler<ReadAccesses, Result<Listed<AccessView>>>
{
    public async Task<Result<Listed<AccessView>>> Handle(ReadAccesses request, CancellationToken cancellationToken)
    {
        var items = await log.ReadAsync(request, cancellationToken);
        return new Listed<AccessView>([.. items.Take(request.Page.Size)], items.Count > request.Page.Size ? items[request.Page.Size - 1].Id.ToString(CultureInfo.InvariantCulture) : null);
    }
}

/// <summary>Forgets accesses after <c>Audit:AccessLogDays</c> (400 by default), on the node that leads.</summary>
internal sealed class AccessRetention(AccessLog accesses, Leadership leadership, IConfiguration settings, ILogger<AccessRetention> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    public TimeSpan Keeping { get; } = TimeSpan.FromDays(Math.Clamp(settings.GetValue("Audit:AccessLogDays", 400), 1, 36_500));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (leadership.Leads && await accesses.ForgetAsync(Keeping, stoppingToken) is > 0 and var forgotten) log.LogInformation("Forgot {Count} accesses that were older than {Keeping}", forgotten, Keeping);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "Old accesses could not be forgotten; it is tried again in its turn");
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
