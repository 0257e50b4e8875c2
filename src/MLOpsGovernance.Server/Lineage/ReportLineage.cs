using System.Text.Json;
using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>Takes what clients of OpenLineage send. An event that was taken before is taken again without effect.</summary>
[AnyTeam, RequiresRole(Roles.Pipeline, Roles.Contributor, Roles.EngineeringLead, Roles.Administrator)]
internal sealed record ReportLineage(JsonElement Body) : ICommand<LineageReceipt>, IOwnIdempotency
{
    public string Stream => "lineage";
}

internal sealed class ReportLineageRules : AbstractValidator<ReportLineage>;

/// <param name="Status"><c>success</c>, or <c>partial_success</c> where some events of an array could not be taken.</param>
/// <param name="Warnings">What was not as it should be, and was taken all the same.</param>
internal sealed record LineageReceipt(string Status, LineageSummary Summary, IReadOnlyList<LineageWarning> Warnings, IReadOnlyList<FailedLineage> FailedEvents);

/// <param name="Received">Events in the body.</param>
/// <param name="Successful">Those that were taken, now or before.</param>
/// <param name="Duplicates">Those among them that were taken before.</param>
internal sealed record LineageSummary(int Received, int Successful, int Duplicates, int Failed);

/// <param name="Path">Where in the body, as a JSON path.</param>
internal sealed record LineageWarning(string Path, string Code, string Message);

/// <param name="Index">Place of the event in the array.</param>
/// <param name="Retriable">Always false: sent again as it is, it would fail again.</param>
internal sealed record FailedLineage(int Index, string Path, string Reason, bool Retriable = false);

internal sealed class ReportLineageHandler(LineageIntake intake, CheckedAssertions assertions, Caller caller, TimeProvider time) : IRequestHandler<ReportLineage, Result<LineageReceipt>>
{
    /// <summary>More warnings than anybody reads are counted and not listed.</summary>
    private const int MostListed = 100;

    public async Task<Result<LineageReceipt>> Handle(ReportLineage request, CancellationToken cancellationToken)
    {
        var one = request.Body.ValueKind == JsonValueKind.Object;
        (string Path, JsonElement Body)[] events = one ? [("$", request.Body)] : [.. request.Body.EnumerateArray().Select((e, i) => (FormattableString.Invariant($"$[{i}]"), e))];
        var (at, context) = (time.GetUtcNow(), caller.Context());
        var reports = new List<(int Index, LineageReport? Report, LineageReading Reading)>(events.Length);
        for (var i = 0; i < events.Length; i++)
        {
            var (report, reading) = LineageReport.Read(events[i].Body, events[i].Path, caller.Actor, at);
            reports.Add((i, report, reading));
        }

        LineageFault[] errors = [.. reports.SelectMany(r => r.Reading.Errors)];
        if (errors.Length > 0 && reports.TrueForAll(r => r.Report is null)) return Refused(errors);

        var taken = await intake.TakeAsync([.. reports.Select(r => r.Report).OfType<LineageReport>()], context);
        foreach (var reading in reports.Select(r => r.Reading)) if (reading.Event is { } e) await assertions.NoteAsync(e, cancellationToken);
        LineageFault[] warnings = [.. reports.SelectMany(r => r.Reading.Warnings)];
        foreach (var code in warnings.CountBy(w => w.Code, StringComparer.Ordinal)) Telemetry.LineageWarnings.Add(code.Value, new KeyValuePair<string, object?>("code", code.Key));
        var failed = reports.Where(r => r.Report is null).SelectMany(r => r.Reading.Errors.Take(1).Select(e => new FailedLineage(r.Index, e.Path, e.Message))).ToList();
        var receipt = new LineageReceipt(
            failed.Count == 0 ? "success" : "partial_success", new(events.Length, taken.Count, taken.Count(isNew => !isNew), failed.Count),
            [.. warnings.Take(MostListed).Select(w => new LineageWarning(w.Path, w.Code, w.Message))], failed);
        return new Result<LineageReceipt>(receipt, Created: taken.Contains(true) ? Location(reports) : null);
    }

    private static string Location(List<(int Index, LineageReport? Report, LineageReading Reading)> reports) =>
        reports.Select(r => r.Reading.Event?.Run).FirstOrDefault(run => run is not null) is { } run ? $"/api/v1/lineage/runs/{run}" : "/api/v1/lineage";

    private static Result<LineageReceipt> Refused(LineageFault[] errors)
    {
        var places = errors.Take(MostListed).GroupBy(e => e.Path, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(e => e.Message).ToArray(), StringComparer.Ordinal);
        return Result<LineageReceipt>.Refused(new("invalid-lineage", $"{errors[0].Path}: {errors[0].Message}", RefusalKind.Unprocessable), null, new { Errors = places });
    }
}
