using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Evidence.Exports;
using MLOpsGovernance.Evidence.Receipts;
using MLOpsGovernance.Evidence.Tiles;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Audit;

/// <summary>Events with the proof of each, as many as there are.</summary>
/// <param name="Format"><c>jsonl</c> or <c>csv</c>.</param>
[RequiresRole(Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ExportEvents(TrailFilter Filter, string Format) : IQuery<FileAnswer>, IWatched;

internal sealed class ExportEventsRules : AbstractValidator<ExportEvents>
{
    public ExportEventsRules()
    {
        RuleFor(q => q.Filter).SetValidator(new TrailFilterRules()).OverridePropertyName("");
        RuleFor(q => q.Format).IsOneOf(ExportWriter.Formats);
    }
}

/// <summary>A file that is written while it is sent.</summary>
internal sealed record FileAnswer(string Type, string Name, Func<Stream, CancellationToken, Task> WriteAsync)
{
    public static IResult ToHttp(Result<FileAnswer> result, HttpContext context) => result.Value is { } file
        ? Results.Stream(stream => file.WriteAsync(stream, context.RequestAborted), file.Type, file.Name)
        : Hosting.Problems.ToHttp(result);
}

internal sealed class EventExporter(Trail trail, LogReader log) : IRequestHandler<ExportEvents, Result<FileAnswer>>
{
    private const int PageSize = 250;

    public async Task<Result<FileAnswer>> Handle(ExportEvents request, CancellationToken cancellationToken)
    {
        if (await ProvedEvents.BeginAsync(log, cancellationToken) is not { } proved) return LogQueries.NotSigned();
        return new FileAnswer(ExportWriter.TypeOf(request.Format), $"audit-events.{request.Format}", (stream, aborted) => WriteAsync(request, proved, stream, aborted));
    }

    private async Task WriteAsync(ExportEvents request, ProvedEvents proved, Stream stream, CancellationToken cancellationToken)
    {
        var writer = new ExportWriter(stream, request.Format);
        await writer.BeginAsync(cancellationToken);
        for (long? after = null; ;)
        {
            var page = await trail.ReadAsync(request.Filter, false, after, PageSize, proved.LastSequence, cancellationToken);
            foreach (var e in await proved.OfAsync([.. page.Take(PageSize)], cancellationToken)) await writer.WriteAsync(e.Event, e.Exported, cancellationToken);
            if (page.Count <= PageSize) return;
            after = page[PageSize - 1].Sequence;
        }
    }
}

/// <summary>Writes events for programs, a line of JSON each, or for spreadsheets.</summary>
internal sealed class ExportWriter(Stream stream, string format)
{
    public static IReadOnlyList<string> Formats { get; } = ["jsonl", "csv"];

    public static string TypeOf(string format) => format == "csv" ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8";

    private static readonly string[] Columns = ["sequence", "id", "stream", "version", "type", "at", "actor", "owner", "correlationId", "causationId", "traceId", "data", "index", "leaf", "receipt", "apart"];

    public Task BeginAsync(CancellationToken cancellationToken) => format == "csv" ? LineAsync(Csv.Line(Columns), cancellationToken) : Task.CompletedTask;

    public Task WriteAsync(AuditEvent e, ExportedEvent exported, CancellationToken cancellationToken) => LineAsync(
        format == "csv"
            ? Csv.Line(
                $"{e.Sequence}", $"{e.Id}", e.Stream, $"{e.Version}", e.Type, Json.Time(e.At), e.Actor, e.Owner, e.CorrelationId, e.CausationId, e.TraceId, e.Data?.ToJsonString(Json.Lenient), $"{exported.Receipt.Index}",
                Convert.ToBase64String(exported.Leaf), Convert.ToBase64String(Encoding.UTF8.GetBytes(exported.Receipt.ToString())), exported.Apart is null ? null : Convert.ToBase64String(exported.Apart))
            : exported.ToLine() + "\n", cancellationToken);

    private Task LineAsync(string line, CancellationToken cancellationToken) => stream.WriteAsync(Encoding.UTF8.GetBytes(line), cancellationToken).AsTask();
}

/// <summary>Comma-separated values (RFC 4180), as spreadsheets take them.</summary>
internal static class Csv
{
    /// <summary>A cell that begins like a formula is begun with an apostrophe: whoever opens the file runs nothing that somebody else wrote.</summary>
    public static string Line(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string? text) => text is null or "" ? "" : $"\"{(text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>Events with their entries and proofs, all for one checkpoint.</summary>
internal sealed class ProvedEvents
{
    private const int MostTiles = 1024;

    private readonly LogReader _log;
    private readonly Dictionary<TileCoordinate, byte[]> _tiles = [];

    private ProvedEvents(LogReader log, PublishedCheckpoint checkpoint, long lastSequence) => (_log, Checkpoint, LastSequence) = (log, checkpoint, lastSequence);

    public PublishedCheckpoint Checkpoint { get; }

    /// <summary>The number of the last event that the checkpoint covers.</summary>
    public long LastSequence { get; }

    /// <param name="size">Of the checkpoint; null for the newest.</param>
    /// <returns>Null while nothing is signed, or nothing of that size was.</returns>
    public static async Task<ProvedEvents?> BeginAsync(LogReader log, CancellationToken cancellationToken, long? size = null) =>
        await (size is { } stated ? log.OfSizeAsync(stated, cancellationToken) : log.NewestAsync(cancellationToken)) is { } checkpoint
            ? new(log, checkpoint, await log.SequenceAsync(checkpoint.Checkpoint.Size, cancellationToken))
            : null;

    public async Task<List<(AuditEvent Event, ExportedEvent Exported)>> OfAsync(IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken)
    {
        var leaves = await _log.LeavesAsync([.. events.Select(e => e.Sequence)], cancellationToken);
        List<(AuditEvent, ExportedEvent)> proved = [];
        foreach (var e in events)
        {
            var (index, leaf) = leaves[e.Sequence];
            if (_tiles.Count > MostTiles) _tiles.Clear();
            var receipt = new Receipt(index, await _log.ProveAsync(index, Checkpoint.Checkpoint.Size, _tiles, cancellationToken), Checkpoint.Note);
            proved.Add((e, new(JsonSerializer.SerializeToNode(e, Json.Lenient)!.AsObject(), leaf, receipt, await ApartAsync(leaf, cancellationToken))));
        }

        return proved;
    }

    private async Task<byte[]?> ApartAsync(byte[] leaf, CancellationToken cancellationToken) =>
        leaf.AsSpan().IndexOf("\"dataDigest\":"u8) >= 0 && JsonNode.Parse(leaf)?["dataDigest"]?.GetValue<string>() is { } digest ? await _log.ApartAsync(digest, cancellationToken) : null;
}
