using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Tests;

/// <summary>The server as users start it: a process of its own, which can be killed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = [];
    private readonly TemporaryFolder _folder;
    private readonly Process _process;

    private ServerProcess(Process process, Uri address, TemporaryFolder folder)
    {
        (_process, Address, _folder) = (process, address, folder);
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
    }

    public Uri Address { get; }

    /// <summary>What it has written so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Its own data folder.</summary>
    public string Data => _folder.Path;

    /// <summary>In Development, on a database that is there. Completes when <c>/healthz/ready</c> answers 200.</summary>
    public static Task<ServerProcess> StartAsync(string connection, params (string Name, string Value)[] environment) =>
        StartAsync([Program], [("ASPNETCORE_ENVIRONMENT", "Development"), ("ConnectionStrings__Postgres", connection), .. environment]);

    /// <param name="command">What <c>dotnet</c> runs, before the server's own arguments.</param>
    public static async Task<ServerProcess> StartAsync(string[] command, params (string Name, string Value)[] environment)
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free().ToString(CultureInfo.InvariantCulture)}");
        var folder = new TemporaryFolder();
        var server = new ServerProcess(Process.Start(Start([.. command, "--data", folder.Path, "--urls", address.ToString()], environment))!, address, folder);
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        if (await server.BecomesReadyAsync(TimeSpan.FromSeconds(60))) return server;

        var output = server.Output;
        await server.DisposeAsync();
        throw new InvalidOperationException($"The server did not become ready:\n{output}");
    }

    /// <summary>Runs <c>mlgov-server</c> to its end.</summary>
    public static async Task<(int Exit, string Output, string Error)> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        using var process = Process.Start(Start([Program, .. arguments], environment))!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, said[0], said[1]);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"mlgov-server {string.Join(' ', arguments)} does not end.", e);
        }
    }

    public HttpClient As(string token)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Without a word to it, as by a power cut.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As an operator stops it; answers the exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await terminate.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                await KillAsync();
            }
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "mlgov-server.dll");

    private static ProcessStartInfo Start(string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || k.StartsWith("ConnectionStrings__", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return start;
    }

    private async Task<bool> BecomesReadyAsync(TimeSpan within)
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        for (var waiting = Stopwatch.StartNew(); waiting.Elapsed < within && !_process.HasExited;)
        {
            try
            {
                using var answer = await client.GetAsync("/healthz/ready");
                if (answer.IsSuccessStatusCode) return true;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }

        return false;
    }
}
