using System.CommandLine;
using System.Globalization;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Audit;

/// <summary>Which events are meant.</summary>
internal sealed class TrailOptions
{
    public Option<string> Stream { get; } = new("--stream") { Description = "Only of this stream, such as model:iris", HelpName = "STREAM" };

    public Option<string> Actor { get; } = new("--actor") { Description = "Only what this subject did", HelpName = "SUBJECT" };

    public Option<string> Type { get; } = new("--type") { Description = "Only of this type, such as model_deployed", HelpName = "TYPE" };

    public Option<string> From { get; } = new("--from") { Description = "Only from this time on, such as 2026-01-31T12:00:00Z", HelpName = "TIME" };

    public Option<string> To { get; } = new("--to") { Description = "Only before this time", HelpName = "TIME" };

    public IEnumerable<Option> All => [Stream, Actor, Type, From, To];

    /// <summary>As a query's parameters, each with what joins it to the one before.</summary>
    public string Query(Run run) => string.Concat(new[] { ("stream", Stream), ("actor", Actor), ("type", Type), ("from", From), ("to", To) }
        .Where(p => run.Given(p.Item2) is not null).Select(p => string.Create(CultureInfo.InvariantCulture, $"&{p.Item1}={ApiPath.Segment(run.Required(p.Item2))}")));
}

/// <summary>Files that are written whole or not at all.</summary>
internal static class Downloads
{
    public static async Task SaveAsync(Run run, string path, string file, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await run.Server.DownloadAsync(path, () => File.Create(file + ".new"), cancellationToken);
            if (answer is not null) throw new CommandFailedException(ExitCode.OfCommand(answer.Status), answer.Explanation);
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.Usage($"'{file}' cannot be written: {e.Message}", e);
        }
        finally
        {
            File.Delete(file + ".new");
        }
    }
}
