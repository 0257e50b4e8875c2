using System.Text.Json;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Mirrors;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Tiles;

namespace MLOpsGovernance.Cli.Verification;

/// <summary>Looks through the entries of a log for one event.</summary>
internal static class LoggedEvent
{
    /// <exception cref="EvidenceRefusedException">It is not among them, or the log cannot be read.</exception>
    public static Task<(ulong Index, byte[] Entry, SignedCheckpoint Signed)> FindAsync(
        Func<string, CancellationToken, Task<byte[]?>> source, string id, IReadOnlyCollection<VerifierKey> keys, CancellationToken cancellationToken) =>
        FindAsync(source, leaf => leaf.TryGetProperty("id", out var found) && found.ValueKind == JsonValueKind.String && string.Equals(found.GetString(), id, StringComparison.OrdinalIgnoreCase), $"No event {id} is among the entries of the log", keys, cancellationToken);

    /// <param name="nothing">What is said where no entry is it.</param>
    public static async Task<(ulong Index, byte[] Entry, SignedCheckpoint Signed)> FindAsync(
        Func<string, CancellationToken, Task<byte[]?>> source, Func<JsonElement, bool> isIt, string nothing, IReadOnlyCollection<VerifierKey> keys, CancellationToken cancellationToken)
    {
        var signed = await MirroredLog.HeadAsync(source, keys, cancellationToken);
        var size = signed.Checkpoint.Size;
        for (var bundle = 0UL; TileCoordinate.WidthIn(size, 0, bundle) is > 0 and var width; bundle++)
        {
            var entries = await MirroredLog.EntriesAsync(source, bundle, width, cancellationToken);
            for (var i = 0; i < entries.Count; i++)
                if (Is(entries[i], isIt)) return (bundle * TileCoordinate.Full + (ulong)i, entries[i], signed);
        }

        throw new EvidenceRefusedException(EvidenceRefusals.Statement, $"{nothing}: there are {size} in all.");
    }

    private static bool Is(byte[] entry, Func<JsonElement, bool> isIt)
    {
        try
        {
            using var json = JsonDocument.Parse(entry);
            return json.RootElement.ValueKind == JsonValueKind.Object && isIt(json.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
