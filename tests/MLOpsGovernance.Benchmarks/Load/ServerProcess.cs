using System.Diagnostics;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>The server as users start it: a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Completes when <c>/healthz/ready</c> answers 200.</summary>
    /// <remarks><c>MLGOV_SERVER</c> names another build of the server, such as a published one; without it the one beside the benchmarks is started.</remarks>
    /// <param name="connection">Null lets the server bring its own PostgreSQL.</param>
    public static async Task<ServerProcess> StartAsync(string dataFolder, string? connection)
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        var start = new ProcessStartInfo("dotnet", [Environment.GetEnvironmentVariable("MLGOV_SERVER") ?? Path.Combine(AppContext.BaseDirectory, "mlgov-server.dll"), "--data", dataFolder, "--urls", address.ToString()]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        if (connection is not null) start.Environment["ConnectionStrings__Postgres"] = connection;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();

        using var client = new HttpClient();
        for (var tries = 0; tries < 600 && !process.HasExited; tries++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(address, "/healthz/ready"));
                if (answer.IsSuccessStatusCode) return new(process, address);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(25);
        }

        throw new InvalidOperationException("The server did not become ready within 15 s.");
    }

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"])) await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
