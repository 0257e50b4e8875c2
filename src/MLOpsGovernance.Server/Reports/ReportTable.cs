using System.Text.Json;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Reports;

/// <summary>Reports, how far each has come, and their content in every form. That one was issued is an event besides.</summary>
internal sealed class ReportTable(NpgsqlDataSource source)
{
    public const string Waiting = "waiting", Running = "running", Issued = "issued", Failed = "failed";

    private const string Table = $"{MartenSetup.Schema}.reports", Contents = $"{MartenSetup.Schema}.report_contents";

    private const string Columns = "id, kind, subject, state, progress, as_of, period_from, period_to, requested_by, requested_at, ended_at, pages, digests::text, warnings, why";

    internal const string Sql = $$"""
        create table if not exists {{Table}} (
            id text primary key,
            kind text not null,
            subject text,
            state text not null,
            progress text not null,
            as_of timestamptz not null,
            period_from timestamptz,
            period_to timestamptz,
            requested_by text not null,
            requested_at timestamptz not null,
            heard_at timestamptz not null default now(),
            ended_at timestamptz,
            pages integer,
            digests jsonb not null default '{}',
            warnings text[] not null default '{}',
            why text);
        create index if not exists reports_by_time on {{Table}} (requested_at desc, id);

        create table if not exists {{Contents}} (
            id text not null references {{Table}} (id),
            format text not null,
            content_type text not null,
            bytes bytea not null,
            primary key (id, format));
        """;

    /// <summary>False where it was asked for already; then that one stands.</summary>
    public async Task<bool> AddAsync(ReportView report, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"insert into {Table} (id, kind, subject, state, progress, as_of, period_from, period_to, requested_by, requested_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing",
            report.Id, report.Kind, report.Subject, report.State, report.Progress, report.AsOf, report.From, report.To, report.RequestedBy, report.RequestedAt);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Those that nobody works on: waiting, or begun by a node that has been silent for so long.</summary>
    public async Task<ReportView?> TakeAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        await using var command = Command($"""
            update {Table} set state = '{Running}', heard_at = now(), progress = 'reading the history' where id = (
                select id from {Table} where state = '{Waiting}' or (state = '{Running}' and heard_at < now() - $1) order by requested_at limit 1 for update skip locked)
            returning {Columns}
            """, silence);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? Read(row) : null;
    }

    public async Task NoteAsync(string id, string progress, CancellationToken cancellationToken)
    {
        await using var command = Command($"update {Table} set progress = $2, heard_at = now() where id = $1 and state = '{Running}'", id, progress);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Keeps the content of every form together, unless a node that died since had kept its own. Answers the digests of what is kept.</summary>
    public async Task<Dictionary<string, string>> KeepAsync(string id, IReadOnlyDictionary<string, (string Type, byte[] Bytes)> contents, CancellationToken cancellationToken)
    {
        await using (var batch = source.CreateBatch())
        {
            foreach (var (format, (type, bytes)) in contents)
            {
                batch.BatchCommands.Add(new($"insert into {Contents} (id, format, content_type, bytes) values ($1, $2, $3, $4) on conflict do nothing")
                {
                    Parameters = { new() { Value = id }, new() { Value = format }, new() { Value = type }, new() { Value = bytes } },
                });
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = Command($"select format, 'sha256:' || encode(sha256(bytes), 'hex') from {Contents} where id = $1 and format <> 'signature'", id);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancellationToken)) digests[row.GetString(0)] = row.GetString(1);
        return digests;
    }

    public async Task EndAsync(string id, string state, DateTimeOffset at, int? pages, IReadOnlyDictionary<string, string> digests, IReadOnlyList<string> warnings, string? why, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"update {Table} set state = $2, progress = $2, ended_at = $3, pages = $4, digests = $5::jsonb, warnings = $6, why = $7 where id = $1 and state <> '{Issued}'",
            id, state, at, pages, JsonSerializer.Serialize(digests), warnings.ToArray(), why);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<ReportView?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var command = Command($"select {Columns} from {Table} where id = $1", id);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? Read(row) : null;
    }

    /// <summary>The last issued one of that kind before a moment.</summary>
    public async Task<ReportView?> BeforeAsync(string kind, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = Command($"select {Columns} from {Table} where kind = $1 and state = '{Issued}' and as_of < $2 order by as_of desc limit 1", kind, at);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? Read(row) : null;
    }

    /// <summary>The latest first. The cursor is the time and id of the last one seen.</summary>
    public async Task<Listed<ReportView>> ListAsync(Page page, string? kind, string? subject, CancellationToken cancellationToken)
    {
        await using var command = Command($"""
            select {Columns} from {Table} where ($1::text is null or kind = $1) and ($2::text is null or subject = $2)
                and ($3::text is null or (requested_at, id) < (select requested_at, id from {Table} where id = $3)) order by requested_at desc, id desc limit $4
            """, kind, subject, page.Cursor, page.Size + 1);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        List<ReportView> items = [];
        while (await row.ReadAsync(cancellationToken)) items.Add(Read(row));
        return items.Count > page.Size ? new([.. items.Take(page.Size)], items[page.Size - 1].Id) : new(items, null);
    }

    public async Task<(string Type, byte[] Bytes)?> ContentAsync(string id, string format, CancellationToken cancellationToken)
    {
        await using var command = Command($"select content_type, bytes from {Contents} where id = $1 and format = $2", id, format);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? (row.GetString(0), row.GetFieldValue<byte[]>(1)) : null;
    }

    private static ReportView Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5), Time(row, 6), Time(row, 7), row.GetString(8),
        row.GetFieldValue<DateTimeOffset>(9), Time(row, 10), row.IsDBNull(11) ? null : row.GetInt32(11), JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(12))!, row.GetFieldValue<string[]>(13),
        row.IsDBNull(14) ? null : row.GetString(14));

    private static DateTimeOffset? Time(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetFieldValue<DateTimeOffset>(at);

    private NpgsqlCommand Command(string sql, params object?[] values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value switch { DateTimeOffset at => at.ToUniversalTime(), null => DBNull.Value, _ => value } });
        return command;
    }
}
