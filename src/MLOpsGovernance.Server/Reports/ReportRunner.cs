using System.Text.Json;
using MLOpsGovernance.Domain.Reports;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Statements;
using MLOpsGovernance.Reports;
using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Reports;

/// <summary>
/// Makes reports one after the other, on a thread that gives way to everything else: the gate keeps the machine. Where a node goes away another takes up what it was at.
/// </summary>
internal sealed class ReportRunner(
    ReportTable table, ReportSettings settings, IServiceScopeFactory scopes, LogReader log, VerdictKeys keys, EventWriter writer, TimeProvider time, ILogger<ReportRunner> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), Silence = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _asked = new(0);

    public void Wake() => _asked.Release();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.FontFolder is not null) ReportWriter.UseFonts(settings.FontFolder);
        if (ReportWriter.WhyNoPdf() is { } missing) logger.LogWarning("Reports cannot be made as PDF here: {Missing}", missing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await table.TakeAsync(Silence, stoppingToken) is { } next) await MakeAsync(next, stoppingToken);
                else await _asked.WaitAsync(Look, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Reports wait until the store answers");
                await Task.Delay(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task MakeAsync(ReportView asked, CancellationToken stoppingToken)
    {
        try
        {
            await IssueAsync(asked, stoppingToken);
        }
        catch (Exception e) when (e is ReportException or SubjectGoneException)
        {
            await table.EndAsync(asked.Id, ReportTable.Failed, time.GetUtcNow(), null, new Dictionary<string, string>(StringComparer.Ordinal), [], e.Message, CancellationToken.None);
        }
        catch (Exception e) when (e is not OperationCanceledException && !StoreErrors.IsUnavailable(e))
        {
            logger.LogError(e, "Report {Id} failed", asked.Id);
            await table.EndAsync(asked.Id, ReportTable.Failed, time.GetUtcNow(), null, new Dictionary<string, string>(StringComparer.Ordinal), [], "It could not be made; the log of the service says why.", CancellationToken.None);
        }
    }

    private async Task IssueAsync(ReportView asked, CancellationToken stoppingToken)
    {
        var drawn = await log.NewestAsync(stoppingToken);
        var frame = new ReportFrame
        {
            ReportId = asked.Id,
            AsOf = asked.AsOf,
            IssuedBy = asked.RequestedBy,
            Organisation = settings.Organisation,
            Classification = settings.Classification,
            Checkpoint = drawn is null ? null : new(drawn.Checkpoint.Origin, (long)drawn.Checkpoint.Size, Convert.ToBase64String(drawn.Checkpoint.Root), drawn.SignedAt),
            VerificationUrl = settings.VerificationUrl?.Replace("{id}", asked.Id, StringComparison.Ordinal),
        };
        Report report;
        await using (var scope = scopes.CreateAsyncScope())
            report = await scope.ServiceProvider.GetRequiredService<ReportDrawing>().OfAsync(asked, frame, stoppingToken);
        await table.NoteAsync(asked.Id, "setting the pages", stoppingToken);
        var (json, html, pdf) = await GivingWayAsync(() =>
            (ReportWriter.Write(report, ReportFormat.Json), ReportWriter.Write(report, ReportFormat.Html), ReportWriter.WhyNoPdf() is null ? ReportWriter.Write(report, ReportFormat.Pdf) : null));

        Dictionary<string, (string, byte[])> contents = new(StringComparer.Ordinal) { ["json"] = (json.ContentType, json.Content), ["html"] = (html.ContentType, html.Content) };
        if (pdf is not null) contents["pdf"] = (pdf.ContentType, pdf.Content);
        var now = time.GetUtcNow();
        if (keys.Signing.Count > 0) contents["signature"] = ("application/json", Signature(Issued(contents.ToDictionary(c => c.Key, c => Digest.Sha256(c.Value.Item2), StringComparer.Ordinal)), asked.Id));
        var digests = await table.KeepAsync(asked.Id, contents, stoppingToken);
        try
        {
            await writer.AppendAsync(new($"report:{asked.Id}", typeof(ReportIssued), 0, [Issued(digests)], new(asked.RequestedBy, null, null, asked.Id, null, null, null), []), CancellationToken.None);
        }
        catch (StaleActivationException)
        {
            // Another node had made it already: its event stands, and the same model gives the same bytes.
        }

        ReportIssued Issued(Dictionary<string, string> of) => new(
            asked.Kind, asked.Subject, asked.AsOf, asked.From, asked.To, of.GetValueOrDefault("pdf"), of["html"], of["json"], (long?)drawn?.Checkpoint.Size, drawn is null ? null : Convert.ToBase64String(drawn.Checkpoint.Root),
            asked.RequestedBy, now);

        await table.EndAsync(
            asked.Id, ReportTable.Issued, time.GetUtcNow(), pdf?.Pages, digests, pdf is null ? [.. html.Warnings, ReportWriter.WhyNoPdf()!] : pdf.Warnings, null, CancellationToken.None);
    }

    /// <summary>The signature travels beside the file: an in-toto statement about the digests of all its forms.</summary>
    private byte[] Signature(ReportIssued issued, string id)
    {
        List<Subject> subjects = [new($"{id}.html", issued.Html), new($"{id}.json", issued.Model)];
        if (issued.Pdf is { } pdf) subjects.Add(new($"{id}.pdf", pdf));
        var statement = new Statement(subjects, "https://mlops-governance.dev/report/v1",
            JsonSerializer.SerializeToElement(new { id, issued.Kind, issued.Subject, issued.AsOf, issued.From, issued.To, issued.LogSize, issued.LogRoot, issued.At }, Json.Lenient));
        return CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(Envelope.Sign(Statement.PayloadType, statement.ToBytes(), keys.Signing).ToJson()).AsMemory());
    }

    private static Task<T> GivingWayAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(Work) { IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "reports" };
        thread.Start();
        return done.Task;

        void Work()
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }
    }
}

/// <summary>What the report is about was not there at that time.</summary>
internal sealed class SubjectGoneException(string message) : Exception(message);
