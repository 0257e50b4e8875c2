using System.CommandLine;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli;

/// <summary>The options that every command takes.</summary>
internal sealed class Globals(Surroundings around)
{
    private readonly Option<string> _server = new("--server") { Description = "Address of the server; else MLGOV_SERVER", HelpName = "URL", Recursive = true };
    private readonly Option<string> _token = new("--token") { Description = "Bearer token; else MLGOV_TOKEN, which other users of the machine cannot see", HelpName = "TOKEN", Recursive = true };

    private readonly Option<TimeSpan> _timeout = new("--timeout")
    {
        Description = "How long the server may take for one answer [default: 10s]",
        HelpName = "DURATION",
        Recursive = true,
        CustomParser = Durations.Parse,
    };

    private readonly Option<TimeSpan> _retryFor = new("--retry-for")
    {
        Description = "How long a call that found no server, or a busy one, is tried again [default: 30s]",
        HelpName = "DURATION",
        Recursive = true,
        CustomParser = Durations.Parse,
    };

    private readonly Option<string> _output = Choice("--output", "What is written to standard output [default: text]", "text", "json");

    public Surroundings Around { get; } = around;

    public void AddTo(Command root)
    {
        _output.Recursive = true;
        _output.Aliases.Add("-o");
        foreach (var option in (Option[])[_server, _token, _timeout, _retryFor, _output]) root.Options.Add(option);
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_output) == "json";

    public ConnectionSettings Settings(ParseResult parsed) => ConnectionSettings.Of(
        parsed.GetValue(_server) ?? Around.Variable("MLGOV_SERVER"),
        parsed.GetValue(_token) ?? Around.Variable("MLGOV_TOKEN"),
        parsed.GetResult(_timeout) is not { Implicit: false } ? TimeSpan.FromSeconds(10) : parsed.GetValue(_timeout),
        parsed.GetResult(_retryFor) is not { Implicit: false } ? TimeSpan.FromSeconds(30) : parsed.GetValue(_retryFor));

    public static Option<string> Choice(string name, string description, params string[] allowed)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', allowed) };
        option.Validators.Add(result =>
        {
            var given = result.Tokens is [var token] ? token.Value : "";
            if (result.Tokens.Count == 1 && !allowed.Contains(given, StringComparer.Ordinal))
                result.AddError($"'{given}' is not possible for {name}. Allowed: {string.Join(", ", allowed)}.");
        });
        return option;
    }
}
