using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>Loads a set as the server would, and says everything that is wrong with it or looks like a mistake.</summary>
internal static class CheckPolicyCommand
{
    public static Command Create(Globals globals)
    {
        var folder = PolicyFolder.Argument();
        var failOnWarn = new Option<bool>("--fail-on-warn") { Description = "Exit with 4 where there are warnings" };
        return new Command(
            "check",
            "Check policy documents: every mistake with file, line and column, what looks like one, and how strictly each policy holds where. Exit codes: 0 no errors, 1 errors, 2 no documents, 4 warnings with --fail-on-warn.")
        {
            folder, failOnWarn,
        }.Runs(globals, (run, _) => Task.FromResult(Check(run, PolicyFolder.Read(run.Given(folder)), run.Given(failOnWarn))));
    }

    private static int Check(Run run, PolicyFolder folder, bool failOnWarn)
    {
        var load = folder.Load;
        if (run.IsJson) run.Screen.Raw(Json(load).ToJsonString());
        else
        {
            foreach (var error in load.Errors) run.Screen.Say($"{folder.At(error)}: [red]error[/] {error.Code}: {error.Message}");
            foreach (var warning in load.Warnings) run.Screen.Say($"{folder.At(warning)}: [yellow]warning[/] {warning.Code}: {warning.Message}{(warning.Suggestion is { } meant ? $" Perhaps '{meant}'?" : "")}");
            foreach (var policy in load.Set?.Policies ?? []) Show(run.Screen, policy, load.Set!);
            var counts = $"{PolicyFolder.Count(load.Errors.Count, "error")}, {PolicyFolder.Count(load.Warnings.Count, "warning")}";
            if (load.Set is { } set) run.Screen.Say($"{PolicyFolder.Count(set.Policies.Count, "policy")}, {PolicyFolder.Count(set.Policies.Sum(static p => p.Rules.Count), "rule")}, {counts}, digest {set.Digest}");
            else run.Screen.Say($"{counts}; there is no policy set");
        }

        return load.Set is null ? ExitCode.Refused : failOnWarn && load.Warnings.Count > 0 ? ExitCode.Warnings : ExitCode.Ok;
    }

    private static void Show(Screen screen, PolicyDocument policy, PolicySet set)
    {
        screen.Say($"{policy.Name} {policy.Version}  {policy.Title}");
        screen.Say($"    on {PolicyText.Actions(policy)}: {PolicyText.Levels(policy, set)}; {PolicyFolder.Count(policy.Rules.Count, "rule")}, {policy.Rules.Count(static r => r.Waivable)} of them waivable");
    }

    private static JsonObject Json(PolicySetLoad load) => new()
    {
        ["digest"] = load.Set?.Digest,
        ["policies"] = new JsonArray([.. (load.Set?.Policies ?? []).Select(p => (JsonNode)new JsonObject
        {
            ["name"] = p.Name,
            ["version"] = p.Version,
            ["title"] = p.Title,
            ["file"] = p.Path,
            ["digest"] = p.Digest,
            ["rules"] = p.Rules.Count,
            ["actions"] = new JsonArray([.. p.Match.Actions.Select(static a => (JsonNode)a)]),
            ["environments"] = new JsonArray([.. p.Match.Environments.Select(static e => (JsonNode)e)]),
            ["levels"] = new JsonObject(PolicyText.LevelOf(p, load.Set!).Select(static l => KeyValuePair.Create(l.Environment, (JsonNode?)PolicyText.Wire(l.Level)))),
        })]),
        ["errors"] = new JsonArray([.. load.Errors.Select(static e => (JsonNode)PolicyFolder.Json(e))]),
        ["warnings"] = new JsonArray([.. load.Warnings.Select(static w => (JsonNode)PolicyFolder.Json(w))]),
    };
}
