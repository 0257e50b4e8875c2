using System.Text.Json.Serialization;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.ApiKeys;

/// <summary>A pipeline's credential. The secret itself is never kept, only its keyed hash.</summary>
public sealed record ApiKey
{
    public string? Id { get; init; }
    public string Name { get; init; } = "";
    public string Owner { get; init; } = "";
    public string Hash { get; init; } = "";
    public KeyScope Scope { get; init; } = new([], []);
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }

    public bool Exists => Id is not null;

    public bool IsLive(DateTimeOffset at) => Exists && RevokedAt is null && at < ExpiresAt;

    /// <summary>The subject that the key acts as.</summary>
    public string Subject => $"key:{Id}";

    public static ApiKey Evolve(ApiKey key, object e) => e switch
    {
        ApiKeyCreated created => key with
        {
            Id = created.Id,
            Name = created.Name,
            Owner = created.Owner,
            Hash = created.Hash,
            Scope = created.Scope,
            CreatedAt = created.At,
            ExpiresAt = created.ExpiresAt,
        },
        ApiKeyRevoked revoked => key with { RevokedAt = revoked.At },
        _ => key,
    };
}

/// <summary>What a key may touch. An empty list means no limit of that kind.</summary>
public sealed record KeyScope(IReadOnlyList<string> Teams, IReadOnlyList<string> Environments)
{
    public bool CoversTeam(string team) => Teams.Count == 0 || Teams.Contains(team, StringComparer.Ordinal);

    public bool CoversEnvironment(string environment) => Environments.Count == 0 || Environments.Contains(environment, StringComparer.Ordinal);
}

/// <param name="Hash">HMAC-SHA-256 of the secret under the server's own secret, hexadecimal.</param>
public sealed record ApiKeyCreated(string Id, string Name, string Owner, string Hash, KeyScope Scope, DateTimeOffset ExpiresAt, string By, DateTimeOffset At);

public sealed record ApiKeyRevoked(Sealed? Reason, string By, DateTimeOffset At);

[JsonDerivedType(typeof(CreateApiKey), "create-api-key")]
[JsonDerivedType(typeof(RevokeApiKey), "revoke-api-key")]
public abstract record ApiKeyCommand;

public sealed record CreateApiKey(string Id, string Name, string Hash, KeyScope Scope, DateTimeOffset? ExpiresAt) : ApiKeyCommand;

public sealed record RevokeApiKey(Sealed? Reason) : ApiKeyCommand;

public static class ApiKeyDecider
{
    public const int MostDays = 366, DefaultDays = 90;

    public static Decision Decide(ApiKey key, ApiKeyCommand command, Actor actor, DateTimeOffset at) => (key, command) switch
    {
        ({ Exists: true }, CreateApiKey) => Conflict("api-key-exists", "A key with this id exists already."),
        (_, CreateApiKey create) => Create(create, actor, at),
        ({ Exists: false }, _) => NotFound("api-key-unknown", "There is no such key."),
        ({ RevokedAt: not null }, RevokeApiKey) => Conflict("api-key-revoked", "The key is revoked already."),
        (_, RevokeApiKey revoke) => actor.Subject == key.Owner || actor.Holds(Roles.Administrator)
            ? Accept(new ApiKeyRevoked(revoke.Reason, actor.Subject, at))
            : Forbidden("not-the-owner", "A key is revoked by its owner or by an administrator."),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    private static Decision Create(CreateApiKey create, Actor actor, DateTimeOffset at)
    {
        if (!actor.Human) return Forbidden("owner-not-human", "A key needs a person who answers for it; sign in as one.");
        var expires = create.ExpiresAt ?? at.AddDays(DefaultDays);
        return expires <= at || expires > at.AddDays(MostDays)
            ? Unprocessable("expiry-out-of-range", $"A key expires after now and within {MostDays} days.")
            : Accept(new ApiKeyCreated(create.Id, create.Name, actor.Subject, create.Hash, create.Scope, expires, actor.Subject, at));
    }
}
