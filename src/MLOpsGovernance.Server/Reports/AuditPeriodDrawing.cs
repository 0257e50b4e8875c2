using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Reports;
using MLOpsGovernance.Reports.AuditPeriods;
using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Waivers;
using Npgsql;
using AuditEvent = MLOpsGovernance.Reports.AuditPeriods.AuditEvent;

namespace MLOpsGovernance.Server.Reports;

/// <summary>What happened in a period. Whether duties were kept apart is counted from the events anew, not taken from what was refused at the time.</summary>
internal sealed class AuditPeriodDrawing(PastStates past, IDocumentStore store, LogIntegrity integrity, NpgsqlDataSource source)
{
    private const int MostListed = 5_000;

    private const string Counted = "'policy_checked', 'lineage_reported', 'log_heartbeat'";

    private const string Within = "timestamp >= $1 and timestamp < $2 and stream_id <> 'mt_tombstone'";

    private sealed record Row(long Sequence, DateTimeOffset At, string Type, string Stream, string Actor, JsonNode Data);

    public async Task<Report> OfAsync(ReportFrame frame, ReportPeriod period, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(period, cancellationToken);
        var (total, counted, days) = await CountsAsync(period, cancellationToken);
        var approvals = await ApprovalsAsync(rows, period.To, cancellationToken);
        var waived = await WaivedAsync(period, cancellationToken);
        return new AuditPeriodReport
        {
            Frame = frame,
            Period = period,
            Scope = $"{total} events. {counted} decisions, lineage reports and heartbeats among them are counted and not listed{(total - counted > MostListed ? $"; of the others the first {MostListed} are listed" : "")}.",
            Events = [.. rows.Take(MostListed).Select(r => new AuditEvent(r.Sequence, r.At, r.Type, r.Stream, r.Actor))],
            EventsByDay = days,
            Approvals = approvals,
            Exceptions = [.. Exceptions(rows), .. waived.Select(w => new ExceptionalAct("waiver", w.ApprovedAt!.Value, $"{w.Model}: {w.Policy}/{w.Rule} in {w.Environment}", w.RequestedBy, w.ApprovedBy, "", w.ExpiresAt, w.State))],
            Duties = await DutiesAsync(rows, approvals, waived, period, cancellationToken),
            Integrity = await IntegrityAsync(frame, cancellationToken),
        };
    }

    private async Task<List<Row>> RowsAsync(ReportPeriod period, CancellationToken cancellationToken)
    {
        await using var command = Command($"select seq_id, timestamp, type, stream_id, coalesce(headers ->> 'actor', ''), data::text from {MartenSetup.Schema}.mt_events where {Within} and type not in ({Counted}) order by seq_id limit {10 * MostListed}", period);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Row> rows = [];
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(new(reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), JsonNode.Parse(reader.GetString(5))!));
        return rows;
    }

    private async Task<(long Total, long Counted, IReadOnlyList<TimePoint> Days)> CountsAsync(ReportPeriod period, CancellationToken cancellationToken)
    {
        await using var command = Command($"select date_trunc('day', timestamp, 'UTC'), count(*), count(*) filter (where type in ({Counted})) from {MartenSetup.Schema}.mt_events where {Within} group by 1 order by 1", period);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (total, counted) = (0L, 0L);
        List<TimePoint> days = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            total += reader.GetInt64(1);
            counted += reader.GetInt64(2);
            days.Add(new(reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt64(1)));
        }

        return (total, counted, days);
    }

    private async Task<List<AuditApproval>> ApprovalsAsync(List<Row> rows, DateTimeOffset at, CancellationToken cancellationToken)
    {
        List<AuditApproval> approvals = [];
        var models = new Dictionary<string, Model>(StringComparer.Ordinal);
        foreach (var row in rows.Where(r => r.Type is "version_approved" or "version_rejected"))
        {
            var name = row.Stream["model:".Length..];
            if (!models.TryGetValue(name, out var model)) models[name] = model = await past.AtAsync(row.Stream, at, new Model(), Model.Evolve, cancellationToken);
            var version = row.Data["version"]!.GetValue<int>();
            approvals.Add(new(
                row.At, name, version, Text(row, "role") ?? "", Text(row, "by") ?? row.Actor, row.Type == "version_approved" ? "approved" : "rejected", [.. model.Versions.GetValueOrDefault(version)?.Authors ?? []]));
        }

        return approvals;
    }

    private async Task<IReadOnlyList<WaiverRow>> WaivedAsync(ReportPeriod period, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.Query<WaiverRow>().Where(w => w.ApprovedAt != null && w.ApprovedAt >= period.From && w.ApprovedAt < period.To).OrderBy(w => w.ApprovedAt).Take(MostListed).ToListAsync(cancellationToken);
    }

    private static IEnumerable<ExceptionalAct> Exceptions(List<Row> rows)
    {
        var glasses = rows.Where(r => r.Type == "break_glass_requested").ToDictionary(r => (r.Stream, Text(r, "id")), r => r);
        foreach (var row in rows)
        {
            switch (row.Type)
            {
                case "break_glass_approved":
                    var asked = glasses.GetValueOrDefault((row.Stream, Text(row, "id")));
                    yield return new("break-glass", row.At, row.Stream, asked?.Actor ?? "", row.Actor, "", Time(row, "until"));
                    break;
                case "environment_ungated":
                    yield return new("gate removed", row.At, row.Stream, row.Actor, null, "");
                    break;
                case "attempt_refused":
                    yield return new("refused attempt", row.At, Text(row, "target") ?? row.Stream, row.Actor, null, Text(row, "why") ?? "", null, Text(row, "code"));
                    break;
            }
        }
    }

    private async Task<IReadOnlyList<DutyCheck>> DutiesAsync(List<Row> rows, List<AuditApproval> approvals, IReadOnlyList<WaiverRow> waived, ReportPeriod period, CancellationToken cancellationToken)
    {
        var given = approvals.Where(a => a.Outcome == "approved").ToList();
        var glasses = rows.Where(r => r.Type == "break_glass_requested").ToDictionary(r => (r.Stream, Text(r, "id")), r => r.Actor);
        var broken = rows.Where(r => r.Type == "break_glass_approved").ToList();
        var deployed = rows.Where(r => r.Type is "model_deployed" or "model_rolled_back").ToList();
        var allowed = await AllowedAsync([.. deployed.Select(d => $"check:{Text(d, "decisionId")}")], cancellationToken);
        long Tried(params string[] acts) => rows.Count(r => r.Type == "attempt_refused" && acts.Contains(Text(r, "action"), StringComparer.Ordinal));
        return
        [
            new("Nobody approves what they authored", given.Count, Tried("approve-version", "review-version"), given.Count(a => a.Authors!.Contains(a.By, StringComparer.Ordinal)), "The authors are those of the end of the period."),
            new("A waiver is approved by somebody else than who asked for it", waived.Count, Tried("approve-waiver"), waived.Count(w => w.ApprovedBy == w.RequestedBy)),
            new("Break-glass takes two people", broken.Count, Tried("approve-break-glass"), broken.Count(b => glasses.GetValueOrDefault((b.Stream, Text(b, "id"))) == b.Actor)),
            new("What is deployed rests on a decision that let it through", deployed.Count, Tried("deploy", "record-deployment"), deployed.Count(d => !allowed.Contains($"check:{Text(d, "decisionId")}"))),
        ];
    }

    private async Task<HashSet<string>> AllowedAsync(string[] streams, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select stream_id from {MartenSetup.Schema}.mt_events where type = 'policy_checked' and stream_id = any($1) and (data ->> 'allowed')::boolean");
        command.Parameters.Add(new() { Value = streams });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var allowed = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken)) allowed.Add(reader.GetString(0));
        return allowed;
    }

    private async Task<IReadOnlyList<IntegrityCheck>> IntegrityAsync(ReportFrame frame, CancellationToken cancellationToken)
    {
        List<IntegrityCheck> checks = [];
        if (await integrity.LastAsync(cancellationToken) is { } last)
            checks.Add(new("Every event in the database against its entry in the log", last.Holds ? "they agree" : "they differ", last.Holds ? Tone.Good : Tone.Bad, last.CheckedAt, last.Difference?.Why ?? $"{last.Size} events compared"));
        else checks.Add(new("Every event in the database against its entry in the log", "not compared yet", Tone.Unknown));
        checks.Add(frame.Checkpoint is { } point
            ? new("The log has a signed checkpoint", "signed", Tone.Good, point.SignedAt, $"{point.TreeSize} events")
            : new("The log has a signed checkpoint", "none yet", Tone.Unknown));
        return checks;
    }

    private static string? Text(Row row, string name) => row.Data[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static DateTimeOffset? Time(Row row, string name) => row.Data[name] is JsonValue value && value.TryGetValue<DateTimeOffset>(out var at) ? at : null;

    private NpgsqlCommand Command(string sql, ReportPeriod period)
    {
        var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = period.From.ToUniversalTime() });
        command.Parameters.Add(new() { Value = period.To.ToUniversalTime() });
        return command;
    }
}
