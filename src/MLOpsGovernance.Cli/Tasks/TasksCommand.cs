using System.CommandLine;
using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Tasks;

internal static class TasksCommand
{
    private const int Most = 500;

    public static Command Create(Globals globals)
    {
        var all = new Option<bool>("--all") { Description = "Those of everybody, for those who see to the whole" };
        var overdue = new Option<bool>("--overdue") { Description = "Only those past their date" };
        var kind = new Option<string>("--kind") { Description = "Only those of this kind, such as approve or remedy-finding", HelpName = "WORD" };
        var model = new Option<string>("--model") { Description = "Only those about this model", HelpName = "NAME" };
        var team = new Option<string>("--team") { Description = "Only those about what this team owns", HelpName = "NAME" };
        return new Command("tasks", "List what waits for you, by due date.") { all, overdue, kind, model, team }.Runs(globals, async (run, cancellationToken) =>
        {
            List<string> query = [$"limit={Most}"];
            if (run.Given(all)) query.Add("all=true");
            if (run.Given(overdue)) query.Add("overdue=true");
            foreach (var (name, option) in new[] { ("kind", kind), ("model", model), ("team", team) })
                if (run.Given(option) is { } value) query.Add($"{name}={Uri.EscapeDataString(value)}");
            var answer = await run.ReadAsync(ApiPath.Of($"tasks") + $"?{string.Join('&', query)}", "items", cancellationToken);
            run.Show(answer, () => Write(run.Screen, answer.Json!.Value));
            return ExitCode.Ok;
        });
    }

    private static void Write(Screen screen, JsonElement answer)
    {
        var tasks = answer.EachOf("items").ToList();
        if (tasks.Count == 0) screen.Say($"Nothing waits.");
        else screen.Table(tasks.Select(Row));
        if (answer.TextOf("nextCursor") is not null) screen.Note($"These are the first {tasks.Count}; narrow them with --kind, --model or --team.");
    }

    private static string[] Row(JsonElement task) =>
    [
        task.TextOf("due") is { Length: >= 10 } due ? due[..10] : "",
        (task.FlagOf("overdue"), task.WholeOf("dueInDays") ?? 0) switch
        {
            (true, _) => "overdue",
            (_, 1) => "in 1 day",
            var (_, days) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"in {days} days"),
        },
        task.TextOf("kind") ?? "", task.TextOf("what") ?? "", Who(task),
    ];

    private static string Who(JsonElement task) =>
        task.TextOf("assignee") is { } assignee ? assignee
        : task.FlagOf("forTeam") is true ? $"team {task.TextOf("team")}"
        : string.Join(", ", task.TextsOf("roles"));
}
