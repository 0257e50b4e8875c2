using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.Requests;

/// <summary>
/// Sends a body of twice what is allowed by hand, up to where the server knows that it is too large, and then reads. A client that went on sending might find the connection closed before it had read
/// the answer, and nothing would be certain.
/// </summary>
internal static class TooMuch
{
    /// <param name="chunked">Without saying beforehand how large it is.</param>
    public static async Task<Answer> SendAsync(EveryCall calls, ValidCall call, bool chunked)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(calls.Server.Address.Host, calls.Server.Address.Port, LocalPostgresTest.Token);
        await using var stream = connection.GetStream();
        var head = $"{call.Method} /api/v1{calls.Filled(call.Path)} HTTP/1.1\r\nHost: {calls.Server.Address.Authority}\r\nAuthorization: Bearer {call.Token}\r\nContent-Type: application/json\r\n";
        var most = Most(call);
        const string Begin = "{\"about\":\"";
        var sent = chunked
            ? $"{head}Transfer-Encoding: chunked\r\n\r\n{2 * most:x}\r\n{Begin}{new string('x', most + 1 - Begin.Length)}"
            : $"{head}Content-Length: {2 * most}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(sent), LocalPostgresTest.Token);
        return await ReadAsync(stream);
    }

    /// <summary>A whole policy folder may be larger than what else is sent, and so may what a monitor saw.</summary>
    public static int Most(ValidCall call) => call switch
    {
        { Method: "POST", Path: "/policies/proposals" or "/policies/simulations" } => 8 * 1024 * 1024,
        { Method: "POST" } when call.Path.EndsWith("/monitoring", StringComparison.Ordinal) => 5 * 1024 * 1024,
        _ => JsonBody.MostBytes,
    };

    private static async Task<Answer> ReadAsync(NetworkStream stream)
    {
        var (text, bytes) = (new StringBuilder(), new byte[16 * 1024]);
        while (await stream.ReadAsync(bytes, LocalPostgresTest.Token) is var count and > 0)
        {
            var received = text.Append(Encoding.UTF8.GetString(bytes, 0, count)).ToString();
            if (Body(received) is not { } body) continue;
            var type = received.Split("\r\n").Single(line => line.StartsWith("Content-Type: ", StringComparison.OrdinalIgnoreCase))["Content-Type: ".Length..];
            return new(int.Parse(received.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), body, type.Split(';')[0]);
        }

        throw new InvalidOperationException($"The server closed the connection without an answer: {text}");
    }

    /// <summary>The JSON of an answer once all of it is there.</summary>
    private static JsonNode? Body(string received)
    {
        var (from, to) = (received.IndexOf('{', StringComparison.Ordinal), received.LastIndexOf('}'));
        try
        {
            return from < 0 || to < from ? null : JsonNode.Parse(received[from..(to + 1)]);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
