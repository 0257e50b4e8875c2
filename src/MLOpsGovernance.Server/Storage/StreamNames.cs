using MLOpsGovernance.Server.Requests;
using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>The streams of a kind, for the few kinds that are small enough to be their own list.</summary>
internal sealed class StreamNames(NpgsqlDataSource source)
{
    /// <summary>One page of keys (names without the prefix) in ordinal order, and the cursor of the next.</summary>
    public async Task<(IReadOnlyList<string> Keys, string? Next)> PageAsync(string prefix, Page page, CancellationToken cancellationToken)
    {
        List<string> keys = [];
        await using var command = source.CreateCommand($"select id from {MartenSetup.Schema}.mt_streams where starts_with(id, $1) and id > $2 order by id limit $3");
        command.Parameters.Add(new() { Value = prefix });
        command.Parameters.Add(new() { Value = prefix + page.Cursor });
        command.Parameters.Add(new() { Value = page.Size + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) keys.Add(reader.GetString(0)[prefix.Length..]);
        return keys.Count > page.Size ? ([.. keys.Take(page.Size)], keys[page.Size - 1]) : (keys, null);
    }
}
