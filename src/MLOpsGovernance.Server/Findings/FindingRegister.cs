using System.Text.Json;
using FluentValidation;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Findings;

/// <summary>One row for each finding there ever was, across all models.</summary>
internal sealed class FindingRow
{
    public string Id { get; set; } = "";
    public string Model { get; set; } = "";
    public int? Version { get; set; }
    public Sealed? Title { get; set; }
    public string Severity { get; set; } = "";
    public string Cause { get; set; } = "";
    public string? Owner { get; set; }
    public string OpenedBy { get; set; } = "";
    public DateTimeOffset OpenedAt { get; set; }
    public DateTimeOffset DueAt { get; set; }
    public bool Open { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public int Reopened { get; set; }
}

internal sealed partial class FindingRegister : EventProjection
{
    public FindingRegister()
    {
        Name = "FindingRegister";
        IncludeType<FindingOpened>();
        IncludeType<FindingChanged>();
        IncludeType<FindingClosed>();
        IncludeType<FindingReopened>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        switch (e.Data)
        {
            case FindingOpened o:
                operations.Store(new FindingRow
                {
                    Id = o.Id,
                    Model = e.StreamKey!["model:".Length..],
                    Version = o.Version,
                    Title = o.Title,
                    Severity = o.Severity,
                    Cause = o.Cause,
                    Owner = o.Owner,
                    OpenedBy = o.By,
                    OpenedAt = o.At,
                    DueAt = o.Due ?? FindingDue.After(o.At, o.Severity),
                    Open = true,
                });
                break;
            case FindingChanged c:
                Merge(operations, c.Id, new { c.Owner, DueAt = c.Due });
                break;
            case FindingClosed c:
                Merge(operations, c.Id, new { Open = false, ClosedAt = (DateTimeOffset?)c.At });
                break;
            case FindingReopened r:
                Merge(operations, r.Id, new { Open = true, ClosedAt = (DateTimeOffset?)null, DueAt = r.Due });
                operations.QueueSqlCommand($"update {Table} set data = jsonb_set(data, '{{reopened}}', to_jsonb((data ->> 'reopened')::int + 1)) where id = ?", r.Id);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private const string Table = $"{MartenSetup.Schema}.mt_doc_findingrow";

    private static readonly JsonSerializerOptions WithNulls = new(JsonSerializerDefaults.Web);

    /// <summary>Plain SQL, because the row may still be waiting in the same batch.</summary>
    private static void Merge<T>(IDocumentOperations operations, string id, T fields) =>
        operations.QueueSqlCommand($"update {Table} set data = data || ?::text::jsonb where id = ?", JsonSerializer.Serialize(fields, WithNulls), id);
}

/// <param name="AgeDays">Whole days from its opening until it was closed, or until now.</param>
/// <param name="Overdue">Open, and its due date has passed.</param>
/// <param name="Reopened">How often its remedy did not hold.</param>
internal sealed record FindingListing(
    string Id, string Model, int? Version, string? Title, string Severity, string Cause, string? Owner, bool Open, string OpenedBy, DateTimeOffset OpenedAt, DateTimeOffset DueAt, bool Overdue, int AgeDays,
    DateTimeOffset? ClosedAt, int Reopened);

/// <param name="Owner">Only what this subject has to remedy.</param>
[AnyRole]
internal sealed record ListFindings(bool? Open, string? Owner, bool? Overdue, string? Severity, string? Model, Page Page) : IQuery<Listed<FindingListing>>, IPaged;

internal sealed class ListFindingsRules : AbstractValidator<ListFindings>
{
    public ListFindingsRules()
    {
        RuleFor(q => q.Owner).IsSubject().When(q => q.Owner is not null);
        RuleFor(q => q.Severity).IsOneOf(Finding.Severities).When(q => q.Severity is not null);
        RuleFor(q => q.Model).IsName().When(q => q.Model is not null);
    }
}

internal sealed class FindingLister(Registers registers, SealingKeys sealing, TimeProvider time) : IRequestHandler<ListFindings, Result<Listed<FindingListing>>>
{
    public async Task<Result<Listed<FindingListing>>> Handle(ListFindings request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await registers.ListAsync<FindingRow>(
            request.Page,
            all =>
            {
                if (request.Open is { } open) all = all.Where(r => r.Open == open);
                if (request.Owner is { } owner) all = all.Where(r => r.Owner == owner);
                if (request.Severity is { } severity) all = all.Where(r => r.Severity == severity);
                if (request.Model is { } model) all = all.Where(r => r.Model == model);
                return request.Overdue switch
                {
                    true => all.Where(r => r.Open && r.DueAt <= now),
                    false => all.Where(r => !r.Open || r.DueAt > now),
                    null => all,
                };
            },
            r => r.Id, cancellationToken);
        if (rows.Value is not { } list) return rows.Refusal!;

        List<FindingListing> items = [];
        foreach (var r in list.Items)
        {
            items.Add(new(
                r.Id, r.Model, r.Version, await sealing.OpenAsync(r.Title, cancellationToken), r.Severity, r.Cause, r.Owner, r.Open, r.OpenedBy, r.OpenedAt, r.DueAt, r.Open && r.DueAt <= now,
                (int)((r.ClosedAt ?? now) - r.OpenedAt).TotalDays, r.ClosedAt, r.Reopened));
        }

        return new Listed<FindingListing>(items, list.NextCursor, list.Behind);
    }
}
