using MLOpsGovernance.Cli;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>Runs <c>mlgov</c> in this process, as its own process would.</summary>
internal static class CommandLine
{
    public const string Model = "iris-classifier", Digest = "sha256:bed27845e7871457ebb3727f51481928753e26063e1a759772cadb40a5588be3";

    /// <summary>The gate is asked about version 1 in production; further options behind it.</summary>
    public static string[] Check(params string[] more) => ["check", "--model", Model, "--version", "1", "--environment", "production", "--digest", Digest, .. more];

    public static Task<Ended> RunAsync(string server, params string[] args) => RunAsync(server, TimeProvider.System, ["--timeout", "5s", "--retry-for", "0s", .. args]);

    public static Task<Ended> RunAsync(string server, TimeProvider time, params string[] args) =>
        RunAsync((output, error) => new(output, error) { Variable = Variables(server), Time = time }, args);

    public static async Task<Ended> RunAsync(Func<TextWriter, TextWriter, Surroundings> around, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = await Mlgov.RunAsync(args, around(output, error), TestContext.Current.CancellationToken);
        error.ToString().ShouldNotContain("   at ", customMessage: "a stack trace is for nobody who runs a pipeline");
        return new(exitCode, output.ToString(), error.ToString());
    }

    public static Func<string, string?> Variables(string server) => name => name switch
    {
        "MLGOV_SERVER" => server,
        "MLGOV_TOKEN" => "dev:pipeline",
        _ => null,
    };
}

internal sealed record Ended(int ExitCode, string Output, string Error);
