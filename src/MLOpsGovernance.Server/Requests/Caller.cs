using System.Diagnostics;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.ApiKeys;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Requests;

/// <summary>Who sends the requests of this scope, and under which idempotency key.</summary>
internal sealed class Caller
{
    private static readonly Actor Nobody = new("nobody", false, []);

    public Actor Actor { get; set; } = Nobody;

    /// <summary>What the credential may touch; null is no limit.</summary>
    public KeyScope? Scope { get; set; }

    public string? Correlation { get; set; }

    /// <summary>The client's idempotency key as it was sent.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>What the request demands of the stream that it is aimed at.</summary>
    public Precondition? Precondition { get; set; }

    /// <summary>The stream that the request is aimed at.</summary>
    public string? Aim { get; set; }

    /// <summary>The edition at which the precondition did not hold.</summary>
    public long? FailedAt { get; set; }

    /// <summary>A hash of the request, set where there is a key.</summary>
    public string? Body { get; set; }

    /// <summary>The id of the decision or event because of which the rest of the request happens; null while it is what somebody simply wants.</summary>
    public string? Causation { get; set; }

    public bool CoversTeam(string team) => Scope?.CoversTeam(team) ?? true;

    public bool CoversEnvironment(string environment) => Scope?.CoversEnvironment(environment) ?? true;

    /// <summary>An id for what this request makes: the same for a repeat of the same key, else new.</summary>
    public string NewId(string what) =>
        (IdempotencyKey is null ? Guid.CreateVersion7() : Ids.Version5($"{OwnKey} {what}")).ToString();

    public EventContext Context() => new(
        Actor.Subject, Actor.Owner, Correlation, Causation, Activity.Current?.TraceId.ToHexString(),
        OwnKey, Body);

    /// <summary>Neither a subject nor a key has a space in it, so no two callers ever share one.</summary>
    private string? OwnKey => IdempotencyKey is null ? null : $"{Actor.Subject} {IdempotencyKey}";
}
