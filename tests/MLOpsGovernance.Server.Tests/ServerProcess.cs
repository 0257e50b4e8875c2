using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using MLOpsGovernance.Server.Storage;

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

    /// <summary>Completes when <c>/healthz/ready</c> answers 200.</summary>
    public static async Task<ServerProcess> StartAsync(string connection, params (string Name, string Value)[] environment)
    {
        var address = new Uri($"http://127.0.0.1:{LocalPostgresPort.Free().ToString(CultureInfo.InvariantCulture)}");
        var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "mlgov-server.dll"), "--data", folder.Path, "--urls", address.ToString()])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ConnectionStrings__Postgres"] = connection;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var server = new ServerProcess(Process.Start(start)!, address, folder);
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        if (await server.BecomesReadyAsync(TimeSpan.FromSeconds(60))) return server;

        var output = server.Output;
        await server.DisposeAsync();
        throw new InvalidOperationException($"The server did not become ready:\n{output}");
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

    public async ValueTask DisposeAsync()
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

        _process.Dispose();
        _folder.Dispose();
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
