using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>Writes documents in the one way that differences are read in.</summary>
internal static class FormatPolicyCommand
{
    public static Command Create(Globals globals)
    {
        var folder = PolicyFolder.Argument();
        var check = new Option<bool>("--check") { Description = "Write nothing; end with 1 where a file would be written" };
        return new Command(
            "fmt",
            "Format documents: line ends, empty lines and the order of keys. Moves lines and never rewrites one; comments stay with what they stand above. Exit codes: 0 done, 1 with --check where something would change, 2 a file cannot be read.")
        {
            folder, check,
        }.Runs(globals, (run, _) => Task.FromResult(Format(run, PolicyFolder.Read(run.Given(folder)), run.Given(check))));
    }

    private static int Format(Run run, PolicyFolder folder, bool check)
    {
        var (changed, broken) = (new List<PolicyFile>(), 0);
        foreach (var file in folder.Files)
        {
            var (text, errors) = PolicyFormatting.Of(file);
            foreach (var error in errors) run.Screen.Note($"{folder.At(error)}: [red]error[/] {error.Code}: {error.Message}");
            if (text is null) broken++;
            else if (text != file.Text) changed.Add(file with { Text = text });
        }

        if (!check) foreach (var file in changed) Write(folder.Shown(file.Path), file.Text);
        if (run.IsJson) run.Screen.Raw(new JsonArray([.. changed.Select(static f => (JsonNode)f.Path)]).ToJsonString());
        else foreach (var file in changed) run.Screen.Say($"{(check ? "would be formatted" : "formatted")}  {folder.Shown(file.Path)}");
        return broken > 0 ? ExitCode.Usage : check && changed.Count > 0 ? ExitCode.Refused : ExitCode.Ok;
    }

    private static void Write(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.Usage($"'{path}' cannot be written: {e.Message}", e);
        }
    }
}
