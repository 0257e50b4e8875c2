using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MLOpsGovernance.Domain;
using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// Seals and opens free text with AES-256-GCM, one key for each person it is about. Keys live outside the events: destroying one erases every text
/// about that person and touches no event. No process keeps a key for longer than <see cref="KeptFor"/>, so that what was destroyed is gone everywhere soon.
/// </summary>
internal sealed class SealingKeys(NpgsqlDataSource source)
{
    /// <summary>What is read where a text stood whose key was destroyed.</summary>
    public const string Erased = "[erased]";

    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, SealingKey> _bySubject = new(StringComparer.Ordinal), _byId = new(StringComparer.Ordinal);

    /// <summary>Which texts this flow of control has sealed or opened: what it answers can then be kept without them.</summary>
    private static readonly AsyncLocal<ConcurrentDictionary<string, Sealed>?> Seen = new();

    /// <summary>From here on, in whatever the caller awaits, sealed and opened texts are remembered for <see cref="SealAgain"/>.</summary>
    public static void Watch() => Seen.Value = new(StringComparer.Ordinal);

    /// <summary>Puts the sealed form back wherever a text stands that was sealed or opened since <see cref="Watch"/>.</summary>
    public static JsonNode? SealAgain(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (name, value) in o.ToList()) if (SealAgain(value) is var kept && !ReferenceEquals(kept, value)) o[name] = kept;
                return o;
            case JsonArray a:
                for (var i = 0; i < a.Count; i++) if (SealAgain(a[i]) is var kept && !ReferenceEquals(kept, a[i])) a[i] = kept;
                return a;
            case JsonValue v when v.TryGetValue<string>(out var text) && Seen.Value is { } seen && seen.TryGetValue(text, out var known):
                return new JsonObject { ["keyId"] = known.KeyId, ["nonce"] = known.Nonce, ["cipher"] = known.Cipher };
            default:
                return node;
        }
    }

    /// <summary>Null and blank text stay null.</summary>
    public async Task<Sealed?> SealAsync(string? text, string about, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var key = await KeyOfAsync(about, cancellationToken);
        var (nonce, plain) = (RandomNumberGenerator.GetBytes(12), Encoding.UTF8.GetBytes(text));
        var cipher = new byte[plain.Length + 16];
        using var aes = new AesGcm(key.Key, 16);
        aes.Encrypt(nonce, plain, cipher.AsSpan(0, plain.Length), cipher.AsSpan(plain.Length));
        return Note(text, new(key.Id, Convert.ToBase64String(nonce), Convert.ToBase64String(cipher)));
    }

    /// <summary>The text; <see cref="Erased"/> where its key was destroyed, null where nobody knows of such a key.</summary>
    public async Task<string?> OpenAsync(Sealed? text, CancellationToken cancellationToken)
    {
        if (text is null || await KeyByIdAsync(text.KeyId, cancellationToken) is not { } key) return null;
        if (key.IsDestroyed)
        {
            Note(Erased, text);
            return Erased;
        }

        var cipher = Convert.FromBase64String(text.Cipher);
        var plain = new byte[cipher.Length - 16];
        using var aes = new AesGcm(key.Key, 16);
        aes.Decrypt(Convert.FromBase64String(text.Nonce), cipher.AsSpan(0, plain.Length), cipher.AsSpan(plain.Length), plain);
        var opened = Encoding.UTF8.GetString(plain);
        Note(opened, text);
        return opened;
    }

    /// <summary>The text with the key under which its words are found; null where it cannot be read any more.</summary>
    public async Task<(string Text, byte[] Key)?> OpenForSearchAsync(Sealed text, CancellationToken cancellationToken) =>
        await KeyByIdAsync(text.KeyId, cancellationToken) is { IsDestroyed: false } key && await OpenAsync(text, cancellationToken) is { } opened ? (opened, key.ForSearch) : null;

    /// <summary>The keys under which words are found, of everybody about whom anything was written.</summary>
    public async Task<IReadOnlyList<byte[]>> ForSearchAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select key_id, key from {MartenSetup.Schema}.sealing_keys where key is not null");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<byte[]> keys = [];
        while (await reader.ReadAsync(cancellationToken)) keys.Add(new SealingKey(reader.GetString(0), reader.GetFieldValue<byte[]>(1)).ForSearch);
        return keys;
    }

    private static Sealed Note(string text, Sealed form)
    {
        if (Seen.Value is { } seen) seen[text] = form;
        return form;
    }

    /// <summary>Replaces every sealed text in an event's data by the text itself, or by null where its key was destroyed.</summary>
    public async Task<JsonNode?> OpenAllAsync(JsonNode? node, CancellationToken cancellationToken)
    {
        switch (node)
        {
            case JsonObject { Count: 3 } o when o["keyId"] is JsonValue id && o["nonce"] is JsonValue nonce && o["cipher"] is JsonValue cipher:
                return await OpenAsync(new(id.GetValue<string>(), nonce.GetValue<string>(), cipher.GetValue<string>()), cancellationToken);
            case JsonObject o:
                foreach (var name in o.Select(p => p.Key).ToList())
                {
                    var value = o[name];
                    if (value is JsonObject or JsonArray && await OpenAllAsync(value, cancellationToken) is var opened && !ReferenceEquals(opened, value)) o[name] = opened;
                }

                return o;
            case JsonArray a:
                for (var i = 0; i < a.Count; i++)
                {
                    var value = a[i];
                    if (value is JsonObject or JsonArray && await OpenAllAsync(value, cancellationToken) is var opened && !ReferenceEquals(opened, value)) a[i] = opened;
                }

                return a;
            default:
                return node;
        }
    }

    /// <summary>Makes every text that these keys sealed unreadable for good, in the transaction of the event that says so. What is written about the same person from then on has a key of its own.</summary>
    public static void Destroy(Marten.IDocumentOperations operations, IReadOnlyList<string> keys)
    {
        foreach (var key in keys) operations.QueueSqlCommand($"update {MartenSetup.Schema}.sealing_keys set key = null, subject = null, destroyed_at = now() where key_id = ?", key);
    }

    private async Task<SealingKey> KeyOfAsync(string subject, CancellationToken cancellationToken)
    {
        if (_bySubject.TryGetValue(subject, out var known) && known.IsFresh) return known;
        await using var command = source.CreateCommand(
            $"""
            with added as (insert into {MartenSetup.Schema}.sealing_keys (key_id, subject, key) values ($1, $2, $3) on conflict (subject) do nothing returning key_id, key)
            select key_id, key from added union all select key_id, key from {MartenSetup.Schema}.sealing_keys where subject = $2 limit 1
            """);
        command.Parameters.Add(new() { Value = Guid.CreateVersion7().ToString("N") });
        command.Parameters.Add(new() { Value = subject });
        command.Parameters.Add(new() { Value = RandomNumberGenerator.GetBytes(32) });
        return await ReadAsync(command, cancellationToken) is { } key
            ? Keep(subject, key)
            // Another node added it between the two halves of the statement; now it is there.
            : await KeyOfAsync(subject, cancellationToken);
    }

    private async Task<SealingKey?> KeyByIdAsync(string id, CancellationToken cancellationToken)
    {
        if (_byId.TryGetValue(id, out var known) && known.IsFresh) return known;
        await using var command = source.CreateCommand($"select key_id, key from {MartenSetup.Schema}.sealing_keys where key_id = $1");
        command.Parameters.Add(new() { Value = id });
        return await ReadAsync(command, cancellationToken) is { } key ? _byId[id] = key : null;
    }

    private static async Task<SealingKey?> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1)) : null;
    }

    private SealingKey Keep(string subject, SealingKey key)
    {
        _byId[key.Id] = key;
        return _bySubject[subject] = key;
    }

    private sealed class SealingKey(string id, byte[]? key)
    {
        private readonly long _readAt = Environment.TickCount64;

        public string Id => id;

        public byte[] Key => key ?? throw new InvalidOperationException("The key was destroyed.");

        public bool IsDestroyed => key is null;

        /// <summary>What was destroyed never comes back.</summary>
        public bool IsFresh => IsDestroyed || Environment.TickCount64 - _readAt < KeptFor.TotalMilliseconds;

        public byte[] ForSearch => HMACSHA256.HashData(Key, "words"u8);
    }
}
