using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MLOpsGovernance.Server.Hosting;

internal static class LoopbackPort
{
    private const int First = 21_000, Count = 10_000;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>
    /// A port on 127.0.0.1 that nobody listens on and that was not given before in this process. It is below the range from
    /// which systems draw the ports of outgoing connections: no connection can take it before it is used, or while a killed
    /// server is away.
    /// </summary>
    public static int Free()
    {
        var start = Random.Shared.Next(Count);
        return Enumerable.Range(0, Count).Select(i => First + ((start + i) % Count)).First(port => IsFree(port) && Given.TryAdd(port, true));
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
