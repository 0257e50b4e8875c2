using System.CommandLine;
using System.Text.Json.Nodes;

namespace MLOpsGovernance.Cli.Validations;

/// <summary>Conditions in one spelling for all who impose them: <c>ID,OWNER,DUE,TITLE</c>.</summary>
internal sealed class ConditionOption
{
    private readonly Option<string[]> _conditions = new("--condition") { Description = "ID,OWNER,DUE,TITLE, such as recalibrate,ann,2027-01-31T00:00:00Z,\"Recalibrate it\"; once for each", HelpName = "CONDITION" };

    public void AddTo(Command command) => command.Options.Add(_conditions);

    /// <exception cref="CommandFailedException">One has not all four parts.</exception>
    public JsonArray? Of(Run run)
    {
        if (run.Given(_conditions) is not [_, ..] given) return null;
        return [.. given.Select(text => text.Split(',', 4, StringSplitOptions.TrimEntries) is [{ Length: > 0 } id, { Length: > 0 } owner, { Length: > 0 } due, { Length: > 0 } title]
            ? (JsonNode)new JsonObject { ["id"] = id, ["owner"] = owner, ["due"] = due, ["title"] = title }
            : throw CommandFailedException.Usage($"'{text}' is no condition. Write ID,OWNER,DUE,TITLE, such as recalibrate,ann,2027-01-31T00:00:00Z,Recalibrate it."))];
    }
}
