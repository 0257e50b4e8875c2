namespace MLOpsGovernance.Domain.Erasures;

/// <summary>That every text about a person be made unreadable for good: asked for by one, agreed to by another.</summary>
public sealed record Erasure
{
    public const string Requested = "requested", Completed = "completed", Rejected = "rejected";

    /// <summary>Grounds on which a person can demand it, and on which it can be owed.</summary>
    public static IReadOnlyList<string> LegalBases { get; } = ["no-longer-necessary", "consent-withdrawn", "objection", "unlawful-processing", "legal-obligation", "child-consent"];

    public string? Id { get; init; }

    /// <summary>Whom the texts are about.</summary>
    public string Subject { get; init; } = "";

    public string State { get; init; } = Requested;
    public Sealed? Reason { get; init; }

    /// <summary>Who asked for it: the caller, and the owner of the credential.</summary>
    public IReadOnlyList<string> Requesters { get; init; } = [];

    public DateTimeOffset RequestedAt { get; init; }
    public string? LegalBasis { get; init; }

    /// <summary>The keys that were destroyed.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public Sealed? DecisionReason { get; init; }

    public bool Exists => Id is not null;

    public static Erasure Evolve(Erasure erasure, object e) => e switch
    {
        ErasureRequested r => erasure with { Id = r.Id, Subject = r.Subject, Reason = r.Reason, Requesters = r.Owner is null ? [r.By] : [r.By, r.Owner], RequestedAt = r.At },
        ErasureCompleted c => erasure with { State = Completed, LegalBasis = c.LegalBasis, Keys = c.Keys, DecidedBy = c.By, DecidedAt = c.At, DecisionReason = c.Reason },
        ErasureRejected r => erasure with { State = Rejected, DecidedBy = r.By, DecidedAt = r.At, DecisionReason = r.Reason },
        _ => erasure,
    };
}

public sealed record ErasureRequested(string Id, string Subject, Sealed? Reason, string By, string? Owner, DateTimeOffset At);

/// <summary>The keys are destroyed in the transaction that stores this.</summary>
/// <param name="Keys">Ids of the keys, which every text that is erased names.</param>
public sealed record ErasureCompleted(string Subject, string LegalBasis, IReadOnlyList<string> Keys, Sealed? Reason, string By, DateTimeOffset At);

public sealed record ErasureRejected(string Subject, Sealed? Reason, string By, DateTimeOffset At);
