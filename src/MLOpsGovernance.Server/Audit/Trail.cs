using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FluentValidation;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Audit;

/// <summary>Which events are meant; what is null narrows nothing.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Text">Words, all of which stand in the event, whatever a person wrote in it included.</param>
internal sealed record TrailFilter(string? Stream, string? Actor, string? Type, DateTimeOffset? From, DateTimeOffset? To, string? Correlation, string? Text)
{
    public IReadOnlyList<string> Words => Text is null ? [] : [.. TrailWords.In(Text).Distinct(StringComparer.Ordinal)];
}

internal sealed class TrailFilterRules : AbstractValidator<TrailFilter>
{
    public TrailFilterRules()
    {
        RuleFor(f => f.Stream).IsReference();
        RuleFor(f => f.Actor).IsReference();
        RuleFor(f => f.Type).IsReference();
        RuleFor(f => f.Correlation).IsReference();
        RuleFor(f => f.Text).IsText(1, 400).Must((f, _) => f.Words.Count is >= 1 and <= TrailWords.MostAsked).WithErrorCode("invalid-text")
            .WithMessage($"must be 1 to {TrailWords.MostAsked} words; a word is made of letters and digits.").When(f => f.Text is not null);
    }
}

/// <summary>Reads the events in the order of their numbers.</summary>
internal sealed class Trail(NpgsqlDataSource source, SettledEvents settled, TrailIndex index, SealingKeys sealing)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), LongPatience = TimeSpan.FromSeconds(3);

    /// <param name="after">The number where the page before ended; null for the first page.</param>
    /// <param name="upTo">Nothing with a higher number; null for all.</param>
    /// <returns>One event more than was asked for where there are more. Texts are opened.</returns>
    public async Task<List<AuditEvent>> ReadAsync(TrailFilter filter, bool descending, long? after, int size, long? upTo, CancellationToken cancellationToken)
    {
        // Nothing is shown beyond it: whoever goes on from the last number they saw must not miss a lower one.
        var end = await settled.UpToAsync(Patience, cancellationToken);
        if (upTo < end) end = upTo.Value;
        await using var command = await QueryAsync(filter, descending, after, size, end, cancellationToken);
        List<AuditEvent> items = [];
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken)) items.Add(Row(reader));
        }

        for (var i = 0; i < Math.Min(size, items.Count); i++) items[i] = items[i] with { Data = await sealing.OpenAllAsync(items[i].Data, cancellationToken) };
        return items;
    }

    /// <summary>What the gate decided about a model within a time, by the same rules.</summary>
    public async Task<List<AuditEvent>> DecisionsAsync(string model, DateTimeOffset from, DateTimeOffset to, long after, int size, long upTo, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            select e.id, e.seq_id, e.stream_id, e.version, e.type, e.timestamp, e.headers, e.correlation_id, e.causation_id, e.data::text from {MartenSetup.Schema}.mt_events e
            where e.type = 'policy_checked' and e.data ->> 'model' = $1 and e.timestamp >= $2 and e.timestamp < $3 and e.seq_id > $4 and e.seq_id <= $5 order by e.seq_id limit $6
            """);
        foreach (var value in new object[] { model, from.ToUniversalTime(), to.ToUniversalTime(), after, upTo, size + 1 }) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<AuditEvent> items = [];
        while (await reader.ReadAsync(cancellationToken)) items.Add(Row(reader));
        return items;
    }

    private async Task<NpgsqlCommand> QueryAsync(TrailFilter filter, bool descending, long? after, int size, long end, CancellationToken cancellationToken)
    {
        var words = filter.Words;
        // A stream is found by itself; the rest is found by words, unless what was stored only now cannot all be taken in.
        var indexed = words.Count > 0 || (filter.Stream is null && (filter.Actor ?? filter.Type ?? filter.Correlation) is not null);
        if (indexed && await index.CatchUpAsync(end, LongPatience, cancellationToken) is var done && done < end)
        {
            if (words.Count > 0) throw new RegisterBehindException(new(end, done, TimeSpan.Zero, null));
            indexed = false;
        }

        var (first, last) = await index.BetweenAsync(filter.From, filter.To, cancellationToken);
        var command = source.CreateCommand();
        // Marten fills the numbers of a transaction that failed with tombstones, so that no reader waits for them. Nobody did them.
        var sql = new StringBuilder($"select e.id, e.seq_id, e.stream_id, e.version, e.type, e.timestamp, e.headers, e.correlation_id, e.causation_id, e.data::text from {MartenSetup.Schema}.mt_events e");
        if (indexed) sql.Append(CultureInfo.InvariantCulture, $" join {TrailTables.Words} w on w.seq = e.seq_id");
        sql.Append(" where e.stream_id <> 'mt_tombstone'");
        var number = indexed ? "w.seq" : "e.seq_id";
        And($"{number} <= ", Math.Min(end, last ?? end));
        And($"{number} >= ", first);
        And("e.stream_id = ", filter.Stream);
        And("e.headers ->> 'actor' = ", filter.Actor);
        And("e.type = ", filter.Type);
        And("e.correlation_id = ", filter.Correlation);
        And("e.timestamp >= ", filter.From?.ToUniversalTime());
        And("e.timestamp < ", filter.To?.ToUniversalTime());
        if (indexed) await AndWordsAsync();
        if (after is not null) And(descending ? $"{number} < " : $"{number} > ", after.Value);
        command.Parameters.Add(new() { Value = size + 1 });
        command.CommandText = sql.Append(CultureInfo.InvariantCulture, $" order by {number} {(descending ? "desc" : "asc")} limit ${command.Parameters.Count}").ToString();
        return command;

        async Task AndWordsAsync()
        {
            List<long> all = [];
            if (filter.Actor is not null) all.Add(TrailWords.Actor(filter.Actor));
            if (filter.Type is not null) all.Add(TrailWords.Type(filter.Type));
            if (filter.Correlation is not null) all.Add(TrailWords.Correlation(filter.Correlation));
            if (all.Count > 0) And("w.words @> ", all.ToArray());
            var keys = words.Count == 0 ? [] : await sealing.ForSearchAsync(cancellationToken);
            foreach (var word in words) And("w.words && ", keys.Select(key => TrailWords.Sealed(word, key)).Prepend(TrailWords.Open(word)).ToArray());
        }

        void And(string condition, object? value)
        {
            if (value is null) return;
            command.Parameters.Add(new() { Value = value });
            sql.Append(CultureInfo.InvariantCulture, $" and {condition}${command.Parameters.Count}");
        }
    }

    private static AuditEvent Row(NpgsqlDataReader row)
    {
        var headers = row.IsDBNull(6) ? null : JsonNode.Parse(row.GetString(6));
        return new(
            row.GetGuid(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5),
            headers?["actor"]?.GetValue<string>() ?? "", headers?["owner"]?.GetValue<string>(), row.IsDBNull(7) ? null : row.GetString(7), row.IsDBNull(8) ? null : row.GetString(8),
            headers?["trace"]?.GetValue<string>(), JsonNode.Parse(row.GetString(9)), $"/api/v1/audit/events/{row.GetGuid(0)}/proof");
    }
}
