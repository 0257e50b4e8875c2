using MLOpsGovernance.Cli;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>
/// The help of every command is what people script against: it changes on purpose or not at all. A difference is left beside the approved file as
/// <c>*.received.txt</c>; whoever wants it moves it there.
/// </summary>
public sealed class HelpingItself
{
    public static TheoryData<string> Commands =>
        ["mlgov", .. Mlgov.Create(new(TextWriter.Null, TextWriter.Null)).Subcommands.SelectMany(Names)];

    /// <summary>The names of a command and of those below it, as they are typed.</summary>
    private static IEnumerable<string> Names(System.CommandLine.Command command) =>
        [command.Name, .. command.Subcommands.SelectMany(Names).Select(below => $"{command.Name} {below}")];

    private static string FileName(string command) => command.Replace(' ', '-');

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Says_what_was_approved(string command)
    {
        var ended = await CommandLine.RunAsync("http://127.0.0.1:9", command == "mlgov" ? ["--help"] : [.. command.Split(' '), "--help"]);

        ended.ExitCode.ShouldBe(0);
        ended.Error.ShouldBeEmpty();
        var received = string.Join('\n', ended.Output.Split('\n').Select(line => line.TrimEnd())).Trim() + "\n";
        var approved = RepositoryFiles.At("tests", "MLOpsGovernance.Tests", "Cli", $"{FileName(command)}.approved.txt");
        if (File.Exists(approved) && await File.ReadAllTextAsync(approved, TestContext.Current.CancellationToken) == received) return;

        await File.WriteAllTextAsync(approved.Replace(".approved.", ".received.", StringComparison.Ordinal), received, TestContext.Current.CancellationToken);
        Assert.Fail($"The help of {command} is not the approved one. Received:\n{received}");
    }

    [Fact]
    public void Has_no_approved_help_of_commands_that_are_gone() =>
        Directory.EnumerateFiles(RepositoryFiles.At("tests", "MLOpsGovernance.Tests", "Cli"), "*.approved.txt")
            .Select(file => Path.GetFileName(file).Split('.')[0]).ShouldBeSubsetOf(Commands.Select(row => FileName(row.Data)), StringComparer.Ordinal);

    [Fact]
    public async Task Names_the_command_that_was_probably_meant()
    {
        var ended = await CommandLine.RunAsync("http://127.0.0.1:9", "chekc");

        ended.ExitCode.ShouldBe(2);
        ended.Error.ShouldContain("check");
    }

    [Fact]
    public async Task Says_which_version_it_is() => (await CommandLine.RunAsync("http://127.0.0.1:9", "--version")).Output.Trim().ShouldBe(Mlgov.Version);
}
