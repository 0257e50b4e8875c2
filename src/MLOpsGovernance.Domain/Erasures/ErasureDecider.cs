using System.Text.Json.Serialization;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Erasures;

[JsonDerivedType(typeof(RequestErasure), "request-erasure")]
[JsonDerivedType(typeof(AgreeToErasure), "agree-to-erasure")]
[JsonDerivedType(typeof(RejectErasure), "reject-erasure")]
public abstract record ErasureCommand;

/// <summary>What stands in the way, as the caller found it.</summary>
/// <param name="Keys">Of the person; empty where nothing about them can be read.</param>
/// <param name="Holds">Legal holds in force, by their ids.</param>
public sealed record ErasureObstacles(IReadOnlyList<string> Keys, IReadOnlyList<string> Holds, RetentionDuty? Duty);

public sealed record RequestErasure(string Id, string Subject, Sealed? Reason, ErasureObstacles Obstacles) : ErasureCommand;

public sealed record AgreeToErasure(string LegalBasis, Sealed? Reason, ErasureObstacles Obstacles) : ErasureCommand;

public sealed record RejectErasure(Sealed? Reason) : ErasureCommand;

public static class ErasureDecider
{
    public static Decision Decide(Erasure erasure, ErasureCommand command, Actor actor, DateTimeOffset at) => (erasure, command) switch
    {
        (_, _) when !actor.Human => Forbidden("eraser-not-human", "Erasure is asked for, agreed to and rejected by people."),
        ({ Exists: true }, RequestErasure request) => Conflict("erasure-exists", $"There is an erasure {request.Id} already; take a fresh id."),
        (_, RequestErasure request) => Obstacle(request.Subject, request.Obstacles) ?? Accept(new ErasureRequested(request.Id, request.Subject, request.Reason, actor.Subject, actor.Owner, at)),
        ({ Exists: false }, _) => NotFound("erasure-unknown", "There is no such erasure."),
        ({ State: not Erasure.Requested }, _) => Conflict("erasure-decided", $"The erasure was {erasure.State} by {erasure.DecidedBy} already."),
        (_, _) when actor.Parties.Intersect(erasure.Requesters, StringComparer.Ordinal).Any() => Forbidden("requester-agrees", $"{actor.Subject} asked for this erasure; somebody else must decide."),
        (_, _) when actor.Parties.Contains(erasure.Subject, StringComparer.Ordinal) => Forbidden("subject-agrees", $"The texts are about {actor.Subject}; somebody else must decide."),
        (_, AgreeToErasure agree) => Obstacle(erasure.Subject, agree.Obstacles) ?? Accept(new ErasureCompleted(erasure.Subject, agree.LegalBasis, agree.Obstacles.Keys, agree.Reason, actor.Subject, at)),
        (_, RejectErasure reject) => Accept(new ErasureRejected(erasure.Subject, reject.Reason, actor.Subject, at)),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    /// <summary>Why nothing about this person may be erased now; null where it may.</summary>
    public static Decision? Obstacle(string subject, ErasureObstacles obstacles) => obstacles switch
    {
        { Holds: [_, ..] holds } => Conflict("legal-hold", $"A legal hold keeps what was written about {subject} ({string.Join(", ", holds)}). It has to be lifted first."),
        { Duty: { } duty } => Conflict("retention-duty",
            $"What was written about {subject} has to be kept until {duty.Until.UtcDateTime:yyyy-MM-dd}: texts in the history of {duty.Stream}{(duty.HighRisk ? ", a high-risk model," : "")} are kept for that long."),
        { Keys: [] } => NotFound("nothing-to-erase", $"No text about {subject} can be read, so there is nothing to erase."),
        _ => null,
    };
}
