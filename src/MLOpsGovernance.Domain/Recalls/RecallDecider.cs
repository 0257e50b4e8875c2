using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Recalls;

public static class RecallDecider
{
    public static Decision Decide(Recall recall, RecallCommand command, Actor actor, DateTimeOffset at) => (recall, command) switch
    {
        ({ Exists: true }, PrepareRecall prepare) => Conflict("recall-exists", $"There is a recall {prepare.Id} already; take a fresh id."),
        (_, PrepareRecall p) => Accept(new RecallPrepared(p.Id, p.Dataset, p.Version, p.Reason, p.Drill, p.Impact, p.Reach, p.TookMilliseconds, actor.Subject, at)),
        (_, ConfirmRecall confirm) => Unconfirmable(recall, actor) ?? Accept(new RecallConfirmed(recall.Dataset, recall.Version, confirm.Versions, confirm.Impact, confirm.Reach, confirm.TookMilliseconds, actor.Subject, at)),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    /// <summary>Why nobody can confirm it, or this caller cannot; null where they can. Whoever acts on a confirmation asks before acting.</summary>
    public static Decision? Unconfirmable(Recall recall, Actor actor) => recall switch
    {
        { Exists: false } => NotFound("recall-unknown", "There is no such recall; prepare one first."),
        { Drill: true } => Conflict("recall-is-drill", "A drill has no effect and is never confirmed; prepare a recall."),
        { ConfirmedAt: not null } => Conflict("recall-confirmed", $"The recall of {recall.Dataset} was confirmed by {recall.ConfirmedBy} already."),
        _ when !actor.Human => Forbidden("confirmer-not-human", "A recall is confirmed by a person, never by a pipeline."),
        _ => null,
    };
}
