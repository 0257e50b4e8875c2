using FluentValidation;
using Marten;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Tasks;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Teams;
using Npgsql;

namespace MLOpsGovernance.Server.Tasks;

/// <summary>What waits for the caller, by due date.</summary>
/// <param name="All">Of everybody; for those who see to the organisation as a whole.</param>
[AnyRole]
internal sealed record ListTasks(bool All, string? Kind, string? Model, string? Team, bool? Overdue, DateTimeOffset? DueBefore, Page Page) : IQuery<Listed<TaskView>>, IPaged;

internal sealed class ListTasksRules : AbstractValidator<ListTasks>
{
    public ListTasksRules()
    {
        RuleFor(q => q.Kind).IsOneOf(TaskKind.All).When(q => q.Kind is not null);
        RuleFor(q => q.Model).IsName().When(q => q.Model is not null);
        RuleFor(q => q.Team).IsName().When(q => q.Team is not null);
        RuleFor(q => q.Page.Cursor).Must(c => TaskCursor.Of(c) is not null).OverridePropertyName("cursor").WithErrorCode("invalid-page").WithMessage("cursor is what the page before gave as nextCursor.");
    }
}

/// <summary>Where a page ended: due date and id of its last task.</summary>
internal sealed record TaskCursor(DateTimeOffset Due, string Id)
{
    private static readonly TaskCursor Beginning = new(DateTimeOffset.MinValue, "");

    /// <returns>Null where the text is no cursor.</returns>
    public static TaskCursor? Of(string? text) =>
        text is null ? Beginning
        : text.Split('.') is [var ticks, var id] && long.TryParse(ticks, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number <= DateTimeOffset.MaxValue.Ticks
            ? new(new(number, TimeSpan.Zero), id)
        : null;

    public override string ToString() => FormattableString.Invariant($"{Due.UtcTicks}.{Id}");
}

internal sealed class TaskLister(Registers registers, IDocumentStore store, NpgsqlDataSource source, TaskSettings settings, Caller caller, TimeProvider time) : IRequestHandler<ListTasks, Result<Listed<TaskView>>>
{
    public async Task<Result<Listed<TaskView>>> Handle(ListTasks request, CancellationToken cancellationToken)
    {
        if (request.All && !caller.Actor.HoldsAny(TaskAudience.Overseers))
        {
            return new Refusal("all-tasks-forbidden",
                $"The tasks of everybody are for {string.Join(", ", TaskAudience.Overseers)}; {caller.Actor.Subject} sees their own without all=true.", RefusalKind.Forbidden);
        }

        var behind = await registers.BehindAsync(request.Page, cancellationToken);
        var (now, size) = (time.GetUtcNow(), request.Page.Size);
        List<TaskView> tasks = [];
        await using var command = await CommandAsync(request, now, cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) tasks.Add(TaskView.Read(reader, now));
        return tasks.Count > size ? new Listed<TaskView>([.. tasks.Take(size)], new TaskCursor(tasks[size - 1].Due, tasks[size - 1].Id).ToString(), behind) : new Listed<TaskView>(tasks, null, behind);
    }

    /// <summary>For each audience the first few that are visible, read in order from the index; then the first few of all of them.</summary>
    private async Task<NpgsqlCommand> CommandAsync(ListTasks request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var command = source.CreateCommand();
        List<string> filters = [];
        if (request.All)
        {
            command.Parameters.Add(new() { Value = (string[])[TaskAudience.Everybody] });
        }
        else
        {
            var teams = await TeamsAsync(cancellationToken);
            command.Parameters.Add(new() { Value = TaskAudience.Of(caller.Actor, teams).ToArray() });
            filters.Add($"not t.excluded && {Given(caller.Actor.Parties.ToArray())}");
            filters.Add($"not (t.outside_team and t.team = any({Given(teams.ToArray())}))");
        }

        var cursor = TaskCursor.Of(request.Page.Cursor)!;
        filters.Add($"(t.due, t.id) > ({Given(cursor.Due)}, {Given(cursor.Id)})");
        filters.Add($"(t.until is null or t.until > {Given(now)})");
        if (request.Kind is { } kind) filters.Add($"t.kind = {Given(kind)}");
        if (request.Model is { } model) filters.Add($"t.model = {Given(model)}");
        if (request.Team is { } team) filters.Add($"t.team = {Given(team)}");
        if (request.Overdue is { } overdue) filters.Add($"t.due {(overdue ? "<=" : ">")} {Given(now)}");
        if (request.DueBefore is { } before) filters.Add($"t.due < {Given(before)}");
        var (horizon, most) = (Given(now.AddDays(settings.NoticeDays)), Given(request.Page.Size + 1));
        command.CommandText = $"""
            select {TaskView.Columns} from (
                select distinct on (each.due, each.id) each.*
                from unnest($1) for_whom
                cross join (values (false, 'infinity'::timestamptz), (true, {horizon})) visible (ahead, until)
                cross join lateral (
                    select * from {TaskTables.Name} t
                    where t.audience = for_whom and t.ahead = visible.ahead and t.due <= visible.until and {string.Join(" and ", filters)}
                    order by t.due, t.id limit {most}) each
                order by each.due, each.id) t
            order by t.due, t.id limit {most}
            """;
        return command;

        string Given(object value)
        {
            command.Parameters.Add(new() { Value = value });
            return FormattableString.Invariant($"${command.Parameters.Count}");
        }
    }

    private async Task<IReadOnlyList<string>> TeamsAsync(CancellationToken cancellationToken)
    {
        var parties = caller.Actor.Parties.ToArray();
        await using var session = store.QuerySession();
        return [.. (await session.Query<MembershipRow>().Where(m => m.Subject.IsOneOf(parties)).ToListAsync(cancellationToken)).Select(m => m.Team).Distinct(StringComparer.Ordinal)];
    }
}
