namespace MLOpsGovernance.Cli;

internal static class Program
{
    public static Task<int> Main(string[] args) => Mlgov.RunAsync(args, Surroundings.OfProcess());

    /// <summary>
    /// Runs one command line in this process and answers its exit code (<see cref="ExitCode"/>). Nothing is thrown and nothing is written but to the two writers.
    /// </summary>
    /// <param name="transport">Stands in for the network, for a server in the same process; not disposed.</param>
    public static Task<int> RunAsync(
        IReadOnlyList<string> args, TextWriter output, TextWriter error, HttpMessageHandler? transport = null, TimeProvider? time = null, CancellationToken cancellationToken = default) =>
        Mlgov.RunAsync(args, new(output, error) { Transport = transport, Time = time ?? TimeProvider.System }, cancellationToken);
}
