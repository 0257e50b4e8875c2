using MLOpsGovernance.Domain.Tasks;
using Npgsql;

namespace MLOpsGovernance.Server.Tasks;

/// <summary>Something that waits for somebody. What does not apply is left out.</summary>
/// <param name="Kind">What there is to do, as a word for programs.</param>
/// <param name="What">The same, as a sentence.</param>
/// <param name="Item">Id of the finding, condition, break-glass or waiver.</param>
/// <param name="Team">The team that owns what it is about.</param>
/// <param name="Assignee">The one person whose it is.</param>
/// <param name="Roles">Whoever holds one of these may do it.</param>
/// <param name="ForTeam">Whether any member of the team may do it.</param>
/// <param name="OutsideTeam">Whether it is for people who are no members of the team.</param>
/// <param name="Excluded">Who may not do it, whatever their role.</param>
/// <param name="Until">From when on it can be done no more.</param>
/// <param name="DueInDays">Days until it is due, a part of one counting as one; 0 or less once it is overdue.</param>
/// <param name="Link">Where to read what it is about.</param>
internal sealed record TaskView(
    string Id, string Kind, string What, string? Model, int? Version, string? Dataset, string? Subject, string? Role, string? Environment, string? Item, string? Team, string? Assignee,
    IReadOnlyList<string> Roles, bool ForTeam, bool OutsideTeam, IReadOnlyList<string> Excluded, DateTimeOffset Since, DateTimeOffset Due, DateTimeOffset? Until, bool Overdue, int DueInDays, string Link)
{
    public const string Columns =
        "t.id, t.kind, t.model, t.version, t.dataset, t.subject, t.role, t.environment, t.item, t.team, t.assignee, t.roles, t.for_team, t.outside_team, t.excluded, t.since, t.due, t.until";

    public static TaskView Read(NpgsqlDataReader row, DateTimeOffset now)
    {
        var (kind, due) = (row.GetString(1), row.GetFieldValue<DateTimeOffset>(16));
        var about = new TaskAbout(Text(2), row.IsDBNull(3) ? null : row.GetInt32(3), Text(4), Text(5), Text(6), Text(7), Text(8));
        return new(
            row.GetString(0), kind, TaskWords.Of(kind, about), about.Model, about.Version, about.Dataset, about.Subject, about.Role, about.Environment, about.Item, Text(9), Text(10),
            row.GetFieldValue<string[]>(11), row.GetBoolean(12), row.GetBoolean(13), row.GetFieldValue<string[]>(14), row.GetFieldValue<DateTimeOffset>(15), due,
            row.IsDBNull(17) ? null : row.GetFieldValue<DateTimeOffset>(17), due <= now, (int)Math.Ceiling((due - now).TotalDays), TaskWords.Link(kind, about));

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}
