using MLOpsGovernance.Domain.Classification;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Datasets;

/// <summary>A dataset's class is proposed by its team and confirmed from outside it.</summary>
internal static class ClassRules
{
    /// <summary>A confirming role outside the team proposes and confirms in one act; everybody else proposes.</summary>
    internal static Decision Classify(Dataset dataset, ClassifyDataset classify, Actor actor, DateTimeOffset at)
    {
        var confirmation = Of(dataset, classify.Class, classify.CallerInTeam);
        if (!confirmation.IsFor(actor))
        {
            return classify.Class.IsSameAs(dataset.Proposed ?? dataset.Confirmed)
                ? Nothing
                : Accept(new DatasetClassProposed(classify.Class, actor.Subject, at, actor.Owner));
        }

        // Who proposed it from within, and has left the team since, does not confirm it from outside.
        if (classify.Class.IsSameAs(dataset.Proposed) && confirmation.OwnProposal(actor) is { } own) return own;
        return classify.Class.IsSameAs(dataset.Confirmed) && dataset.Proposed is null ? Nothing : Confirm(dataset, classify.Class, actor, at);
    }

    internal static Decision Confirm(Dataset dataset, ConfirmDatasetClass confirm, Actor actor, DateTimeOffset at) =>
        dataset.Proposed is not { } proposed ? Conflict("class-not-proposed", $"Nobody proposed a class for {dataset.Name} that is not confirmed yet.")
        : Of(dataset, proposed, confirm.CallerInTeam).Barred(actor) ?? Confirm(dataset, proposed with { Reason = confirm.Reason ?? proposed.Reason }, actor, at);

    private static Decision Confirm(Dataset dataset, DataClass @class, Actor actor, DateTimeOffset at)
    {
        var lowered = dataset.Confirmed is { } before ? @class.LoweredFrom(before) : [];
        return Accept(new DatasetClassified(@class, actor.Subject, at, dataset.Confirmed?.Wordless(), lowered is [] ? null : lowered, dataset.ClassRevision));
    }

    private static Confirmation Of(Dataset dataset, DataClass @class, bool callerInTeam) => new(dataset.Name!, @class.Confirmers, dataset.ClassProposers, callerInTeam);
}
