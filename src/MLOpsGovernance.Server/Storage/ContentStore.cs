using System.Text.Json;
using MLOpsGovernance.Evidence;
using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>What events hold only the digest of, kept once for each digest as canonical JSON.</summary>
internal sealed class ContentStore(NpgsqlDataSource source)
{
    public static ContentRow Of<T>(T value)
    {
        var bytes = CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(value, Json.Lenient));
        return new(Digest.Sha256(bytes), bytes);
    }

    public async Task<string> KeepAsync(ContentRow row, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"insert into {MartenSetup.Schema}.content (digest, bytes) values ($1, $2) on conflict do nothing");
        command.Parameters.Add(new() { Value = row.Digest });
        command.Parameters.Add(new() { Value = row.Bytes.ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return row.Digest;
    }

    /// <summary>Null where the store no longer has it as it was.</summary>
    public async Task<byte[]?> BytesAsync(string? digest, CancellationToken cancellationToken)
    {
        if (digest is null) return null;
        await using var command = source.CreateCommand($"select bytes from {MartenSetup.Schema}.content where digest = $1");
        command.Parameters.Add(new() { Value = digest });
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] bytes && Digest.Sha256(bytes) == digest ? bytes : null;
    }

    /// <inheritdoc cref="BytesAsync"/>
    public async Task<T?> ReadAsync<T>(string? digest, CancellationToken cancellationToken) where T : class =>
        await BytesAsync(digest, cancellationToken) is { } bytes ? JsonSerializer.Deserialize<T>(bytes, Json.Lenient) : null;
}
