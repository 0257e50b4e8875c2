using System.Text.Json;
using Marten;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>Past decisions, and what each rested on.</summary>
internal sealed class Decisions(IDocumentStore store, NpgsqlDataSource source, PoliciesInForce policies)
{
    public async Task<PolicyChecked?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var events = await session.Events.FetchStreamAsync($"check:{id}", token: cancellationToken);
        return events.Count == 0 ? null : events[0].Data as PolicyChecked;
    }

    /// <summary>The facts that a decision was made on; a refusal where the store no longer has them as they were.</summary>
    public async Task<(KeptFacts? Kept, Refusal? Lost)> FactsAsync(string id, PolicyChecked decision, CancellationToken cancellationToken) =>
        await FactsAsync(decision.FactsDigest, cancellationToken) is not { } frozen
            ? (null, new("facts-missing", $"The facts {decision.FactsDigest} of decision {id} are gone from the store, so nobody can tell whether it still holds.", RefusalKind.Conflict))
        : Digest.Sha256(frozen) != decision.FactsDigest
            ? (null, new("facts-changed", $"The stored facts of decision {id} are not those it was made on, so nobody can tell whether it still holds.", RefusalKind.Conflict))
        : (new(frozen), null);

    /// <summary>The frozen facts as they are stored, canonical JSON.</summary>
    public async Task<byte[]?> FactsAsync(string digest, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select bytes from {MartenSetup.Schema}.content where digest = $1");
        command.Parameters.Add(new() { Value = digest });
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    /// <summary>The policy set of that digest, as it was adopted; null when none such ever was.</summary>
    public async Task<PolicySet?> PoliciesAsync(string digest, CancellationToken cancellationToken)
    {
        if (await policies.NowAsync() is { } now && now.Digest == digest) return now;
        await using var session = store.QuerySession();
        var adopted = (await session.Events.FetchStreamAsync(PolicySetGrain.StreamName, token: cancellationToken))
            .Select(e => e.Data).OfType<PolicySetAdopted>().LastOrDefault(a => a.Digest == digest);
        return adopted is null ? null : policies.Compile(adopted);
    }
}

/// <summary>The facts of a past decision: the very bytes that it was made on, read as far as somebody asks.</summary>
internal sealed class KeptFacts(byte[] frozen)
{
    public byte[] Frozen => frozen;

    public GateFacts Facts => field ??= JsonSerializer.Deserialize<GateFacts>(frozen, Json.Lenient)!;

    /// <summary>What the question to the policies is made of, without all that they are asked about.</summary>
    public QuestionFacts Asked => field ??= JsonSerializer.Deserialize<QuestionFacts>(frozen, Json.Lenient)!;
}

/// <param name="BreakGlass">How many there are matters here, not what they say; likewise <paramref name="Waivers"/>.</param>
internal sealed record QuestionFacts(ReleaseFact Release, EnvironmentFact Environment, IReadOnlyList<JsonElement> BreakGlass, IReadOnlyList<JsonElement>? Waivers = null)
{
    public bool HasWaivers => BreakGlass.Count > 0 || Waivers is [_, ..];
}
