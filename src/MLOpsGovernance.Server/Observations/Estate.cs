using System.Text.Json;
using Marten;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Server.Deployments;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Observations;

/// <summary>What is on record of an environment, read from the registers; and the lists of what was seen there, kept once for each digest.</summary>
internal sealed class Estate(IDocumentStore store, NpgsqlDataSource source, Registers registers)
{
    /// <param name="Models">Those with an open finding from an earlier observation of the environment.</param>
    public sealed record Record(IReadOnlyList<KnownDigest> Known, IReadOnlyList<RecordedDeployment> Deployments, IReadOnlyList<string> Models);

    /// <exception cref="RegisterBehindException">A comparison with half of the record would open findings that are none.</exception>
    public async Task<Record> ReadAsync(string environment, IReadOnlyList<ObservedItem> items, DateTimeOffset observedAt, CancellationToken cancellationToken)
    {
        await registers.CatchUpAsync(cancellationToken);
        await using var session = store.QuerySession();
        var digests = items.Select(i => i.Digest).Distinct(StringComparer.Ordinal).ToArray();
        var known = await session.Query<VersionDigestRow>().Where(r => r.Digest.IsOneOf(digests)).ToListAsync(cancellationToken);
        var deployments = await session.Query<DeploymentRow>().Where(r => r.Environment == environment && (r.EndedAt == null || r.EndedAt > observedAt)).ToListAsync(cancellationToken);
        await session.MendAsync(deployments, cancellationToken);
        var findings = await session.Query<DiscrepancyRow>().Where(r => r.Environment == environment).ToListAsync(cancellationToken);
        return new(
            [.. known.Select(r => new KnownDigest(r.Digest, r.Model, r.Version, r.At))],
            [.. deployments.Select(r => new RecordedDeployment(r.Id, r.Model, r.Version, r.ArtifactDigest, r.ImageDigest, r.At, r.EndedAt))],
            [.. findings.Select(r => r.Model).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The list in the one order that its digest is taken of.</summary>
    public static (IReadOnlyList<ObservedItem> Items, ContentRow Content) Canonical(IReadOnlyList<ObservedItem> items)
    {
        ObservedItem[] sorted = [.. items.OrderBy(i => i.Name, StringComparer.Ordinal).ThenBy(i => i.Digest, StringComparer.Ordinal)];
        var bytes = CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(sorted, Json.Lenient));
        return (sorted, new(Digest.Sha256(bytes), bytes));
    }

    public async Task KeepAsync(ContentRow content, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"insert into {MartenSetup.Schema}.content (digest, bytes) values ($1, $2) on conflict do nothing");
        command.Parameters.Add(new() { Value = content.Digest });
        command.Parameters.Add(new() { Value = content.Bytes.ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The list of that digest; null where the store no longer has it as it was.</summary>
    public async Task<IReadOnlyList<ObservedItem>?> ItemsAsync(string digest, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select bytes from {MartenSetup.Schema}.content where digest = $1");
        command.Parameters.Add(new() { Value = digest });
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] bytes && Digest.Sha256(bytes) == digest ? JsonSerializer.Deserialize<ObservedItem[]>(bytes, Json.Lenient) : null;
    }

    /// <summary>When the environment was last looked at, as of then; null where nobody had.</summary>
    public async Task<DateTimeOffset?> ObservedAsOfAsync(string environment, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"select (data ->> 'observedAt')::timestamptz from {MartenSetup.Schema}.mt_events where stream_id = $1 and type = 'environment_observed' and (data ->> 'observedAt')::timestamptz <= $2 order by version desc limit 1");
        command.Parameters.Add(new() { Value = $"environment:{environment}" });
        command.Parameters.Add(new() { Value = asOf.ToUniversalTime() });
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }
}
