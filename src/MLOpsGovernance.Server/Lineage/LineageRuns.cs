using System.Text.Json;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>What runs did, from the register and from the bodies that clients sent.</summary>
internal sealed class LineageRuns(NpgsqlDataSource source)
{
    /// <summary>What each of these jobs had done last by a time: by its latest run that had ended, or its latest design.</summary>
    public async Task<DoneByJobs> DoneByAsync(Guid[] jobs, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            select j.job, d.dataset, d.written from unnest($1) as j (job)
            cross join lateral (select r.key from {LineageTables.Runs} r where r.job = j.job and r.ended_at is not null and r.ended_at <= $2 order by r.ended_at desc, r.key desc limit 1) r
            left join {LineageTables.RunData} d on d.run = r.key
            """);
        command.Parameters.Add(new() { Value = jobs });
        command.Parameters.Add(new() { Value = at.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (known, data) = (new HashSet<Guid>(), new HashSet<(Guid, Guid, bool)>());
        while (await reader.ReadAsync(cancellationToken))
        {
            known.Add(reader.GetGuid(0));
            if (!reader.IsDBNull(1)) data.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetBoolean(2)));
        }

        return new(known, data);
    }

    /// <summary>The events of a stream of lineage that still have their bodies, and how many have none any more.</summary>
    public async Task<(IReadOnlyList<(string Digest, LineageEvent Event)> Events, int Forgotten)> EventsAsync(string stream, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            select e.body, b.bytes from (select distinct data ->> 'body' as body from {MartenSetup.Schema}.mt_events where stream_id = $1 and type = 'lineage_reported') e
            left join {LineageTables.Bodies} b on b.digest = e.body
            """);
        command.Parameters.Add(new() { Value = stream });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (events, forgotten) = (new List<(string, LineageEvent)>(), 0);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!reader.IsDBNull(1) && Read(reader.GetFieldValue<byte[]>(1)) is { } e) events.Add((reader.GetString(0), e));
            else forgotten++;
        }

        return (events, forgotten);
    }

    /// <summary>The latest of a facet of each of these datasets, where its body is still there.</summary>
    public async Task<IReadOnlyDictionary<Guid, LatestFacet>> FacetsAsync(IReadOnlyList<LineageNode> datasets, string facet, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            select f.dataset, f.event_time, b.bytes from {LineageTables.Facets} f join {LineageTables.Bodies} b on b.digest = f.body where f.dataset = any($1) and f.facet = $2 and b.bytes is not null
            """);
        command.Parameters.Add(new() { Value = datasets.Select(d => d.Key).ToArray() });
        command.Parameters.Add(new() { Value = facet });
        var byKey = datasets.ToDictionary(d => d.Key);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<Guid, LatestFacet>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var (key, e) = (reader.GetGuid(0), Read(reader.GetFieldValue<byte[]>(2)));
            if (e?.FacetOf(byKey[key], facet) is { } value) found[key] = new(value, reader.GetFieldValue<DateTimeOffset>(1), e.Run);
        }

        return found;
    }

    private static LineageEvent? Read(byte[] packed)
    {
        using var body = JsonDocument.Parse(LineageReport.Unpack(packed), new() { MaxDepth = 512 });
        return OpenLineageReader.Read(body.RootElement.Clone()).Event;
    }
}

/// <param name="Run">The run that said it; null where none did.</param>
internal sealed record LatestFacet(JsonElement Value, DateTimeOffset At, string? Run);

/// <summary>What jobs read and wrote; of some of them nothing is known.</summary>
internal sealed class DoneByJobs(IReadOnlySet<Guid> known, IReadOnlySet<(Guid Job, Guid Dataset, bool Written)> data)
{
    public bool Knows(Guid job) => known.Contains(job);

    public bool Reads(Guid job, Guid dataset) => data.Contains((job, dataset, false));

    public bool Writes(Guid job, Guid dataset) => data.Contains((job, dataset, true));
}
