using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MLOpsGovernance.Domain;

namespace MLOpsGovernance.Server.Audit;

/// <summary>The words of an event, as the hashes by which it is found.</summary>
internal static class TrailWords
{
    public const int MostAsked = 8;

    private const int MostOfEvent = 200, LongestWord = 64, LongestOpenText = 200;

    /// <summary>Letters and digits between anything else, without regard to case or to how a letter is composed.</summary>
    public static IEnumerable<string> In(string text)
    {
        var folded = text.Normalize(NormalizationForm.FormKC).ToLower(CultureInfo.InvariantCulture);
        for (int from = 0, to; from < folded.Length; from = to + 1)
        {
            for (to = from; to < folded.Length && (char.IsLetterOrDigit(folded[to]) || char.IsSurrogate(folded[to])); to++) { }
            if (to > from) yield return folded[from..Math.Min(to, from + LongestWord)];
        }
    }

    public static long Open(string word) => First(SHA256.HashData(Encoding.UTF8.GetBytes(word)));

    /// <param name="key">Of the person whom the text is about.</param>
    public static long Sealed(string word, byte[] key) => First(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(word)));

    // A space never stands in a word, so these are never taken for one.
    public static long Actor(string actor) => Open($"actor {actor}");

    public static long Type(string type) => Open($"type {type}");

    public static long Stream(string stream) => Open($"stream {stream}");

    public static long Correlation(string id) => Open($"correlation {id}");

    /// <param name="open">Opens a sealed text, with the key for its words; null where that key is gone.</param>
    public static async Task<long[]> OfAsync(JsonNode? data, string stream, string type, string actor, string? correlation, Func<Sealed, Task<(string Text, byte[] Key)?>> open)
    {
        HashSet<long> words = [Actor(actor), Type(type), Stream(stream), .. In(stream).Concat(In(type)).Select(Open)];
        if (correlation is not null) words.Add(Correlation(correlation));
        List<string> texts = [];
        // What people wrote comes first, should there be too much of the rest.
        await TextsAsync(data, texts, async sealedText =>
        {
            if (await open(sealedText) is not var (text, key)) return;
            foreach (var word in In(text).Distinct(StringComparer.Ordinal).Take(MostOfEvent * 4)) words.Add(Sealed(word, key));
        });
        foreach (var word in texts.Where(text => text.Length <= LongestOpenText).SelectMany(In))
        {
            if (words.Count >= MostOfEvent) break;
            words.Add(Open(word));
        }

        return [.. words];
    }

    private static async Task TextsAsync(JsonNode? node, List<string> open, Func<Sealed, Task> read)
    {
        switch (node)
        {
            case JsonObject { Count: 3 } o when o["keyId"] is JsonValue id && o["nonce"] is JsonValue nonce && o["cipher"] is JsonValue cipher:
                await read(new(id.GetValue<string>(), nonce.GetValue<string>(), cipher.GetValue<string>()));
                break;
            case JsonObject o:
                foreach (var (_, value) in o) await TextsAsync(value, open, read);
                break;
            case JsonArray a:
                foreach (var value in a) await TextsAsync(value, open, read);
                break;
            case JsonValue v when v.TryGetValue<string>(out var text) && !IsNoText(text):
                open.Add(text);
                break;
        }
    }

    /// <summary>Digests, ids and times are asked for by other means, if at all.</summary>
    private static bool IsNoText(string text) => text.StartsWith("sha256:", StringComparison.Ordinal) || Guid.TryParse(text, out _) || Json.TryReadTime(text, out _);

    private static long First(byte[] hash) => BinaryPrimitives.ReadInt64BigEndian(hash);
}
