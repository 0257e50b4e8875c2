using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Models;

/// <summary>Which version of which model.</summary>
internal sealed class VersionOptions
{
    private readonly Option<string> _model = new("--model") { Description = "Name of the model", HelpName = "NAME", Required = true };
    private readonly Option<int> _version = new("--version") { Description = "Number of the version", HelpName = "NUMBER", Required = true, CustomParser = Parse };

    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_version);
    }

    public string Model(Run run) => run.Required(_model);

    public int Version(Run run) => run.Required(_version);

    /// <summary>Its address, and below it.</summary>
    public string Path(Run run, string below = "") => ApiPath.Of($"models/{Model(run)}/versions/{Version(run)}") + below;

    private static int Parse(ArgumentResult argument)
    {
        var text = argument.Tokens is [var token] ? token.Value : "";
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version >= 1) return version;

        argument.AddError($"'{text}' is no model version. Versions are whole numbers from 1.");
        return 0;
    }
}
