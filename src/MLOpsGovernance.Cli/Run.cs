using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli;

/// <summary>One command being carried out: what was given, where it writes, and the server it talks to.</summary>
internal sealed class Run(Globals globals, ParseResult parsed) : IDisposable
{
    private readonly Lazy<ServerConnection> _server = new(() =>
        new(globals.Settings(parsed), globals.Around, note => new Screen(globals.Around).Note($"{note}")));

    public Screen Screen { get; } = new(globals.Around);

    public bool IsJson { get; } = globals.IsJson(parsed);

    public Surroundings Around => globals.Around;

    /// <summary>Connected to at its first call: a command that needs no server needs no address.</summary>
    public ServerConnection Server => _server.Value;

    public T? Given<T>(Option<T> option) => parsed.GetValue(option);

    public T? Given<T>(Argument<T> argument) => parsed.GetValue(argument);

    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    public T Required<T>(Option<T> option) => parsed.GetRequiredValue(option);

    public T Required<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <summary>Reads what must be there.</summary>
    /// <param name="proof">A field that every such answer has: without it this is no answer of the API.</param>
    /// <exception cref="CommandFailedException">It is not, or was not given.</exception>
    public async Task<Answer> ReadAsync(string path, string proof, CancellationToken cancellationToken) =>
        Accept(await Server.GetAsync(path, cancellationToken), proof);

    /// <summary>Reads what may be absent: null when the server says so in its own words. A 404 of anybody else is no such word.</summary>
    public async Task<JsonElement?> FindAsync(string path, string proof, CancellationToken cancellationToken)
    {
        var answer = await Server.GetAsync(path, cancellationToken);
        return answer is { Status: 404, Code: { } code } && code.EndsWith("-unknown", StringComparison.Ordinal) ? null : Accept(answer, proof).Json;
    }

    /// <summary>Does something on the server.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body, string proof, CancellationToken cancellationToken, string? match = null) =>
        Accept(await Server.SendAsync(method, path, body, cancellationToken, match), proof);

    /// <summary>The result: for programs exactly what the server said, for people what <paramref name="text"/> makes of it.</summary>
    public void Show(Answer answer, Action text)
    {
        if (IsJson) Screen.Raw(answer.Text.TrimEnd());
        else text();
    }

    public void Dispose()
    {
        if (_server.IsValueCreated) _server.Value.Dispose();
    }

    private Answer Accept(Answer answer, string proof)
    {
        if (!answer.IsSuccess)
        {
            // A problem is the server's own answer too; anything else that came instead of one is not for programs to read.
            if (IsJson && answer.Code is not null) Screen.Raw(answer.Text.TrimEnd());
            throw new CommandFailedException(ExitCode.OfCommand(answer.Status), answer.Explanation);
        }

        if (answer.Json?.Of(proof) is null)
            throw CommandFailedException.NoAnswer($"The server answered {answer.Status} with {answer.Described}, which is not what this call answers. Nothing can be concluded from it.");
        return answer;
    }
}

internal static class CommandRunning
{
    public static Command Runs(this Command command, Globals globals, Func<Run, CancellationToken, Task<int>> act)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var run = new Run(globals, parsed);
            return await act(run, cancellationToken);
        });
        return command;
    }
}
