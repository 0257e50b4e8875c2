using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Simulations;

/// <summary>Reads decisions on record by the time they were made, with their facts, without their explanations.</summary>
internal sealed class DecisionArchive(NpgsqlDataSource source)
{
    private const int PageSize = 500, MostFactsKept = 2_000;

    private const string Within = $"from {MartenSetup.Schema}.mt_events where type = 'policy_checked' and (data ->> 'at')::timestamptz >= $1 and (data ->> 'at')::timestamptz < $2";

    public async Task<int> CountAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = Command($"select count(*) {Within}", from, to);
        return checked((int)(long)(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    /// <summary>Pages of decisions in the order in which they were recorded. Null stands for one that has nothing to judge again.</summary>
    public async IAsyncEnumerable<IReadOnlyList<RecordedDecision?>> ReadAsync(DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One statement for all, read row by row: whatever is recorded meanwhile is not part of it.
        await using var command = Command($"""
            select data ->> 'factsDigest', stream_id, data ->> 'model', (data ->> 'version')::int, data ->> 'environment', data ->> 'action', data ->> 'outcome', data ->> 'policySet', data ->> 'at',
                (select coalesce(jsonb_agg(jsonb_build_array(r ->> 'policy', r ->> 'rule', r ->> 'result', r ->> 'level')), '[]')::text from jsonb_array_elements(data -> 'rules') r),
                data ->> 'code'
            {Within} order by seq_id
            """, from, to);
        var facts = new Dictionary<string, KeptFacts?>(StringComparer.Ordinal);
        var page = new List<Row>(PageSize);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            page.Add(Read(rows));
            if (page.Count < PageSize) continue;
            yield return await WithFactsAsync(page, facts, cancellationToken);
            page.Clear();
        }

        if (page.Count > 0) yield return await WithFactsAsync(page, facts, cancellationToken);
    }

    private static Row Read(NpgsqlDataReader row)
    {
        var rules = JsonSerializer.Deserialize<string[][]>(row.GetString(9))!.Select(r => new RecordedRule(r[0], r[1], r[2], r[3])).ToArray();
        var judged = rules.Length > 0 || row.IsDBNull(10) || row.GetString(10) is "no-policy-matched" or "no-policy-set";
        return new(row.GetString(0), judged, new(
            row.GetString(1)["check:".Length..], row.GetString(2), row.GetInt32(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7),
            DateTimeOffset.Parse(row.GetString(8), CultureInfo.InvariantCulture), rules, null!));
    }

    private async Task<IReadOnlyList<RecordedDecision?>> WithFactsAsync(List<Row> page, Dictionary<string, KeptFacts?> facts, CancellationToken cancellationToken)
    {
        if (facts.Count > MostFactsKept) facts.Clear();
        string[] lacking = [.. page.Where(r => r.IsJudged).Select(r => r.Facts).Distinct(StringComparer.Ordinal).Where(digest => !facts.ContainsKey(digest))];
        foreach (var digest in lacking) facts[digest] = null;
        await using var command = source.CreateCommand($"select digest, bytes from {MartenSetup.Schema}.content where digest = any($1)");
        command.Parameters.Add(new() { Value = lacking });
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken)) facts[rows.GetString(0)] = Kept(rows.GetString(0), rows.GetFieldValue<byte[]>(1));
        }

        return [.. page.Select(r => r.IsJudged && facts[r.Facts] is { } kept ? r.Decision with { Kept = kept } : null)];
    }

    /// <summary>Facts that are no longer those of their digest prove nothing.</summary>
    private static KeptFacts? Kept(string digest, byte[] frozen) =>
        Digest.Sha256(frozen) == digest ? new(frozen) : null;

    private NpgsqlCommand Command(string sql, DateTimeOffset from, DateTimeOffset to)
    {
        var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = from.ToUniversalTime() });
        command.Parameters.Add(new() { Value = to.ToUniversalTime() });
        return command;
    }

    private sealed record Row(string Facts, bool IsJudged, RecordedDecision Decision);
}
