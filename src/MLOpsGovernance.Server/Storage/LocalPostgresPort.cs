using System.Net;
using System.Net.Sockets;

namespace MLOpsGovernance.Server.Storage;

internal static class LocalPostgresPort
{
    private const int First = 21_000, Count = 10_000;

    /// <summary>
    /// A port on 127.0.0.1 that nobody listens on, below the range from which systems draw the ports of outgoing connections:
    /// while a killed server is away, no connection can take its place.
    /// </summary>
    public static int Free()
    {
        var start = Random.Shared.Next(Count);
        return Enumerable.Range(0, Count).Select(i => First + ((start + i) % Count)).First(IsFree);
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
