using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>
/// A server on the loopback interface that sends exactly the bytes it is told to: answers that no working server gives. One connection, one call.
/// </summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<RawCall> _calls = [];
    private readonly Func<RawCall, RawAnswer> _answer;
    private readonly Task _accepting;

    public RawServer(Func<RawCall, RawAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public RawServer(RawAnswer always)
        : this(_ => always)
    {
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";

    public IReadOnlyList<RawCall> Calls => [.. _calls];

    /// <summary>The idempotency keys that were used, each once.</summary>
    public IReadOnlyList<string?> Keys => [.. _calls.Select(call => call.Key).Distinct(StringComparer.Ordinal)];

    /// <summary>An address where nothing listens.</summary>
    public static async Task<string> NowhereAsync()
    {
        await using var server = new RawServer(RawAnswer.Reset);
        return server.Url;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var _ = socket;
        try
        {
            if (await RawCall.ReadAsync(socket, _calls.Count + 1, _stopping.Token) is not { } call) return;
            _calls.Enqueue(call);
            var answer = _answer(call);
            for (var sent = 0; sent < answer.Bytes.Length;) sent += await socket.SendAsync(answer.Bytes.AsMemory(sent), _stopping.Token);
            switch (answer.Ending)
            {
                case Ending.Hang:
                    await Task.Delay(Timeout.Infinite, _stopping.Token);
                    break;
                case Ending.Reset:
                    socket.LingerState = new(enable: true, seconds: 0);
                    break;
                default:
                    socket.Shutdown(SocketShutdown.Send);
                    await socket.ReceiveAsync(new byte[1], _stopping.Token);
                    break;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client went away, or the test is over.
        }
    }
}

internal enum Ending
{
    Close,
    Hang,
    Reset,
}

/// <summary>What is sent, and what happens to the connection then.</summary>
internal sealed record RawAnswer(byte[] Bytes, Ending Ending = Ending.Close)
{
    public static RawAnswer Reset { get; } = new([], Ending.Reset);

    public static RawAnswer Hang { get; } = new([], Ending.Hang);

    public static RawAnswer Http(int status, string body, string type = "application/json", params string[] headers) => Http(status, Encoding.UTF8.GetBytes(body), type, headers);

    public static RawAnswer Http(int status, byte[] body, string type = "application/json", params string[] headers) => new(
        [.. Head(status, [$"Content-Type: {type}", $"Content-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}", .. headers]), .. body]);

    public static RawAnswer Problem(int status, string code, string detail, params string[] headers) => Http(
        status, $$"""{"type":"about:blank","title":"No","status":{{status.ToString(CultureInfo.InvariantCulture)}},"detail":"{{detail}}","code":"{{code}}"}""", "application/problem+json", headers);

    /// <summary>A body that ends with the connection, as HTTP/1.0 has it: nothing but the body itself says that it is whole.</summary>
    public static RawAnswer UntilClose(string body) => new([.. Head(200, ["Content-Type: application/json"]), .. Encoding.UTF8.GetBytes(body)]);

    public static byte[] Head(int status, params string[] headers) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status.ToString(CultureInfo.InvariantCulture)} Whatever\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Connection: close\r\n\r\n");
}

/// <summary>A call as it came in. <paramref name="Number"/> counts from 1.</summary>
internal sealed record RawCall(int Number, string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Key => Headers.GetValueOrDefault("idempotency-key");

    public static async Task<RawCall?> ReadAsync(Socket socket, int number, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var buffer = new byte[65_536];
        while (true)
        {
            if (await socket.ReceiveAsync(buffer, cancellationToken) is not (> 0 and var read)) return null;
            bytes.AddRange(buffer[..read]);
            var text = Encoding.UTF8.GetString([.. bytes]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;

            var lines = text[..end].Split("\r\n");
            var headers = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1], StringComparer.Ordinal);
            var length = int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture);
            if (bytes.Count < Encoding.UTF8.GetByteCount(text[..(end + 4)]) + length) continue;
            return new(number, lines[0].Split(' ')[0], lines[0].Split(' ')[1], headers, text[(end + 4)..]);
        }
    }
}
