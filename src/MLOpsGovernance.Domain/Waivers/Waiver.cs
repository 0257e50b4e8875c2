namespace MLOpsGovernance.Domain.Waivers;

/// <summary>Leave to go on for a while although a rule is not met: asked for by one person, approved by another, always with an end.</summary>
public sealed record Waiver
{
    public const string Requested = "requested", Approved = "approved", Rejected = "rejected", Withdrawn = "withdrawn", Revoked = "revoked", Expired = "expired", Lapsed = "lapsed";

    /// <summary>As many of one model in one environment as the gate looks at.</summary>
    public const int MostAtOnce = 50;

    /// <summary>What can become of one; <see cref="Expired"/> is what was approved and has ended, <see cref="Lapsed"/> what nobody decided in time.</summary>
    public static IReadOnlyList<string> States { get; } = [Requested, Approved, Rejected, Withdrawn, Revoked, Expired, Lapsed];

    public string? Id { get; init; }
    public string Model { get; init; } = "";
    public string Team { get; init; } = "";
    public string Policy { get; init; } = "";
    public string PolicyVersions { get; init; } = "";
    public string Rule { get; init; } = "";
    public string Environment { get; init; } = "";

    /// <summary>Null is every version of the model.</summary>
    public int? Version { get; init; }

    /// <summary>What it is for, where it is for one version: the artifact and the image as they were when it was asked for.</summary>
    public IReadOnlyList<string>? Digests { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
    public Sealed? Reason { get; init; }
    public Sealed? CompensatingControl { get; init; }
    public string? Ticket { get; init; }
    public IReadOnlyList<string> ApproverRoles { get; init; } = [];
    public string? Renews { get; init; }

    /// <summary>Who asked, and the owner of the credential used.</summary>
    public IReadOnlyList<string> RequestedBy { get; init; } = [];

    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Null while nobody approved it.</summary>
    public WaiverApproval? Approval { get; init; }

    /// <summary>Null while nobody rejected, withdrew or revoked it.</summary>
    public WaiverEnding? Ending { get; init; }

    public bool Exists => Id is not null;

    /// <summary>Whether it is over for good, whatever time it is.</summary>
    public bool IsEnded => Ending is not null;

    /// <summary>One of <see cref="States"/>.</summary>
    public string StateAt(DateTimeOffset at) => (Ending, Approval) switch
    {
        ({ } ending, _) => ending.State,
        (_, null) => at < ExpiresAt ? Requested : Lapsed,
        _ => at < ExpiresAt ? Approved : Expired,
    };

    public static Waiver Evolve(Waiver waiver, object e) => e switch
    {
        WaiverRequested r => waiver with
        {
            Id = r.Id,
            Model = r.Model,
            Team = r.Team,
            Policy = r.Policy,
            PolicyVersions = r.PolicyVersions,
            Rule = r.Rule,
            Environment = r.Environment,
            Version = r.Version,
            Digests = r.Digests,
            ExpiresAt = r.ExpiresAt,
            Reason = r.Reason,
            CompensatingControl = r.CompensatingControl,
            Ticket = r.Ticket,
            ApproverRoles = r.ApproverRoles,
            Renews = r.Renews,
            RequestedBy = r.RequestedBy,
            RequestedAt = r.At,
        },
        WaiverApproved a => waiver with { Approval = new(a.Reason, a.Roles, a.By, a.Owner, a.At) },
        WaiverRejected r => waiver with { Ending = new(Rejected, r.Reason, r.By, r.At) },
        WaiverWithdrawn w => waiver with { Ending = new(Withdrawn, w.Reason, w.By, w.At) },
        WaiverRevoked r => waiver with { Ending = new(Revoked, r.Reason, r.By, r.At) },
        _ => waiver,
    };
}

/// <param name="Roles">What the approver held then.</param>
/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record WaiverApproval(Sealed? Reason, IReadOnlyList<string> Roles, string By, string? Owner, DateTimeOffset At);

/// <param name="State"><c>rejected</c>, <c>withdrawn</c> or <c>revoked</c>.</param>
public sealed record WaiverEnding(string State, Sealed? Reason, string By, DateTimeOffset At);

/// <summary>A waiver as its model keeps it in mind. Whether it was approved, and still holds, its own stream says.</summary>
public sealed record NotedWaiver(string Id, string Rule, string Environment, int? Version, IReadOnlyList<string>? Digests, DateTimeOffset ExpiresAt, string? Renews, DateTimeOffset At);
