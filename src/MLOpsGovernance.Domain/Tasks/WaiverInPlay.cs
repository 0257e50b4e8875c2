using MLOpsGovernance.Domain.Waivers;

namespace MLOpsGovernance.Domain.Tasks;

/// <summary>As much of a waiver as its tasks depend on.</summary>
public sealed record WaiverInPlay
{
    public string Id { get; init; } = "";
    public string Model { get; init; } = "";
    public string Team { get; init; } = "";
    public int? Version { get; init; }
    public string Environment { get; init; } = "";
    public IReadOnlyList<string> ApproverRoles { get; init; } = [];

    /// <summary>Requesters and authors.</summary>
    public IReadOnlyList<string> Involved { get; init; } = [];

    public string Owner { get; init; } = "";

    /// <summary>When it was asked for, or approved.</summary>
    public DateTimeOffset Since { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
    public string? Renews { get; init; }
    public bool Approved { get; init; }

    /// <summary>Rejected, withdrawn or revoked.</summary>
    public bool Over { get; init; }

    /// <summary>The approved one that renews it; null while there is none, and again once that one is revoked.</summary>
    public string? FollowedBy { get; init; }

    public static WaiverInPlay Evolve(WaiverInPlay waiver, object e) => e switch
    {
        WaiverRequested r => new()
        {
            Id = r.Id, Model = r.Model, Team = r.Team, Version = r.Version, Environment = r.Environment, ApproverRoles = r.ApproverRoles, Owner = r.By, Since = r.At, ExpiresAt = r.ExpiresAt,
            Renews = r.Renews, Involved = ModelTasks.Ordered(r.RequestedBy.Concat(r.Authors)),
        },
        WaiverApproved a => waiver with { Approved = true, Since = a.At },
        WaiverRejected or WaiverWithdrawn or WaiverRevoked => waiver with { Over = true },
        _ => waiver,
    };

    /// <summary>It is decided by a second person, and then renewed, or done without, by who asked for it. Nobody need do either once it has ended.</summary>
    internal IEnumerable<OpenTask> Tasks(TaskTerms terms)
    {
        if (Over || FollowedBy is not null) yield break;
        var about = new TaskAbout(Model: Model, Version: Version, Environment: Environment, Item: Id);
        if (Approved)
        {
            yield return new(TaskKind.RenewWaiver, about, Team, Since, ExpiresAt) { Assignee = Owner, Until = ExpiresAt, Ahead = true };
            yield break;
        }

        var due = terms.Reviewed(Since);
        yield return new(TaskKind.ApproveWaiver, about, Team, Since, due < ExpiresAt ? due : ExpiresAt) { Roles = ApproverRoles, Excluded = Involved, Until = ExpiresAt };
    }
}
