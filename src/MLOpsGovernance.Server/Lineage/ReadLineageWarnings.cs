using FluentValidation;
using MediatR;
using MLOpsGovernance.Server.Requests;
using Npgsql;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>What events had wrong and were taken with, by who made them: where a client has to be mended.</summary>
/// <param name="Days">How far back.</param>
[AnyRole]
internal sealed record ReadLineageWarnings(int Days) : IQuery<LineageWarningsView>;

internal sealed class ReadLineageWarningsRules : AbstractValidator<ReadLineageWarnings>
{
    public ReadLineageWarningsRules() => RuleFor(q => q.Days).InclusiveBetween(1, 90).WithMessage("days is a whole number from 1 to 90.");
}

/// <param name="Items">The most frequent first, at most 500.</param>
internal sealed record LineageWarningsView(int Days, IReadOnlyList<LineageWarningCount> Items);

/// <param name="Producer">As the client names itself.</param>
/// <param name="Example">One of the messages, with its place.</param>
internal sealed record LineageWarningCount(string Producer, string Code, long Events, DateTimeOffset LastAt, string Example);

internal sealed class LineageWarningsReader(NpgsqlDataSource source) : IRequestHandler<ReadLineageWarnings, Result<LineageWarningsView>>
{
    public async Task<Result<LineageWarningsView>> Handle(ReadLineageWarnings request, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            select b.producer, w ->> 'code', count(distinct b.digest), max(b.received_at), min((w ->> 'path') || ' ' || (w ->> 'message'))
            from {LineageTables.Bodies} b cross join lateral jsonb_array_elements(b.warnings) w where b.warnings is not null and b.received_at >= now() - make_interval(days => $1)
            group by 1, 2 order by 3 desc, 1, 2 limit 500
            """);
        command.Parameters.Add(new() { Value = request.Days });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<LineageWarningCount> items = [];
        while (await reader.ReadAsync(cancellationToken)) items.Add(new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetString(4)));
        return new LineageWarningsView(request.Days, items);
    }
}
