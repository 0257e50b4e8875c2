using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MLOpsGovernance.Evidence.Samples;

/// <summary>Which events of a log a sample is drawn from; what is null narrows nothing.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Size">Only the first so many entries of the log.</param>
public sealed record AuditPopulation(string? Stream, string? Actor, string? Type, DateTimeOffset? From, DateTimeOffset? To, ulong Size)
{
    /// <summary>The id of the event, where it belongs to the population.</summary>
    /// <exception cref="EvidenceRefusedException">The entry is no event.</exception>
    public string? Holds(byte[] entry)
    {
        try
        {
            using var json = JsonDocument.Parse(entry);
            var e = json.RootElement;
            var at = DateTimeOffset.Parse(e.GetProperty("time").GetString()!, CultureInfo.InvariantCulture);
            return (Stream is null || Is(e, "stream", Stream)) && (Actor is null || Is(e, "actor", Actor)) && (Type is null || Is(e, "type", Type)) && !(at < From) && !(at >= To) ? e.GetProperty("id").GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentNullException)
        {
            throw new EvidenceRefusedException(EvidenceRefusals.Statement, "An entry is no event of this service.", e);
        }
    }

    private static bool Is(JsonElement e, string field, string value) => e.GetProperty(field).ValueEquals(value);
}

/// <summary>
/// The draw of a sample: events in the order of SHA-256 of the seed, a line feed and their id; the first so many are taken. Who knows seed and population can draw again, and nobody can choose.
/// </summary>
public static class AuditDraw
{
    public const string Algorithm = "Events in the order of SHA-256(seed, line feed, event id as lower-case UUID; UTF-8), compared as bytes; the first ones are drawn.";

    public static byte[] Key(string seed, string id) => SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{id}"));

    /// <param name="ids">Of the whole population, in any order.</param>
    public static IReadOnlyList<string> Of(IEnumerable<string> ids, string seed, int count) =>
        [.. ids.Select(id => (Id: id, Key: Convert.ToHexStringLower(Key(seed, id)))).OrderBy(e => e.Key, StringComparer.Ordinal).ThenBy(e => e.Id, StringComparer.Ordinal).Take(count).Select(e => e.Id)];
}
