using System.Text;

namespace MLOpsGovernance.Evidence.Notes;

/// <summary>What a witness signs: the time in front of the whole text of the checkpoint.</summary>
public static class Cosigned
{
    /// <param name="time">Seconds since 1970.</param>
    public static byte[] Message(ulong time, ReadOnlySpan<byte> text) => [.. Encoding.ASCII.GetBytes($"cosignature/v1\ntime {time}\n"), .. text];
}
