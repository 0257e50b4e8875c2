using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Subjects;

/// <summary>That nothing written about a person may be erased, for as long as a dispute or an inquiry lasts.</summary>
public sealed record LegalHold
{
    public string Id { get; init; } = "";
    public Sealed? Reason { get; init; }
    public string PlacedBy { get; init; } = "";
    public DateTimeOffset PlacedAt { get; init; }
}

public sealed record LegalHoldPlaced(string Subject, string Hold, Sealed? Reason, string By, DateTimeOffset At);

public sealed record LegalHoldLifted(string Subject, string Hold, Sealed? Reason, string By, DateTimeOffset At);

public sealed record PlaceLegalHold(string Subject, string Hold, Sealed? Reason) : SubjectCommand;

public sealed record LiftLegalHold(string Subject, string Hold, Sealed? Reason) : SubjectCommand;

public static class LegalHoldRules
{
    public static Decision Place(Subject subject, PlaceLegalHold place, Actor actor, DateTimeOffset at) =>
        !actor.Human ? Forbidden("holder-not-human", "A legal hold is placed and lifted by a person.")
        : subject.Holds.ContainsKey(place.Hold) ? Conflict("hold-exists", $"There is a legal hold {place.Hold} already; take a fresh id.")
        : Accept(new LegalHoldPlaced(place.Subject, place.Hold, place.Reason, actor.Subject, at));

    public static Decision Lift(Subject subject, LiftLegalHold lift, Actor actor, DateTimeOffset at) =>
        !actor.Human ? Forbidden("holder-not-human", "A legal hold is placed and lifted by a person.")
        : !subject.Holds.ContainsKey(lift.Hold) ? NotFound("hold-unknown", $"No legal hold {lift.Hold} is in force for {lift.Subject}.")
        : actor.Parties.Contains(lift.Subject, StringComparer.Ordinal) ? Forbidden("subject-lifts", $"The hold keeps what was written about {actor.Subject}; somebody else must lift it.")
        : Accept(new LegalHoldLifted(lift.Subject, lift.Hold, lift.Reason, actor.Subject, at));
}
