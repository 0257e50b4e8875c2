using CsCheck;

namespace MLOpsGovernance.Tests.Models;

/// <summary>What somebody may try.</summary>
internal enum Try
{
    RegisterVersion, RequestReview, Approve, Reject, Revoke, AddAuthor, Replace, ChangePurpose, Classify, ConfirmRisk, Note, ClassifyData, WithdrawData, RestoreData,
    Check, Deploy, Conclude, AskForGlass, BreakGlass, OpenFinding, CloseFinding, Suspend, Resume, Recall, Retire, Alias, Observe, Attach, Validate, ReportCondition, ConfirmCondition, ChangeFinding, ReopenFinding, Recertify, AskForWaiver, Judge,
}

/// <summary>One attempt: what, by whom, and three numbers that say which, so that failures shrink well. Hours pass before it.</summary>
internal sealed record Move(Try What, int Who, int Which, int How, int Id, int Hours)
{
    private static readonly Gen<Try> Tries = Gen.Frequency(
        [(4, Try.RegisterVersion), (9, Try.RequestReview), (9, Try.Approve), (4, Try.Check), (5, Try.Deploy), (2, Try.Conclude), (2, Try.AskForGlass), (4, Try.BreakGlass), (2, Try.Resume), (2, Try.Revoke), (2, Try.WithdrawData), (2, Try.Note), (5, Try.Validate), (8, Try.ReportCondition), (8, Try.ConfirmCondition), (2, Try.ReopenFinding), (3, Try.ConfirmRisk),
         .. Enum.GetValues<Try>().Select(t => (1, t))]);

    private static readonly Gen<int> Passing = Gen.Frequency((60, 0), (4, 1), (3, 30), (2, 24 * 100), (1, 24 * 370));

    public static Gen<Move[]> Histories { get; } =
        Gen.Select(Tries, Gen.Int[0, 11], Gen.Int[0, 11], Gen.Int[0, 255], Gen.Int[0, 63], Passing, (what, who, which, how, id, hours) => new Move(what, who, which, how, id, hours)).Array[10, 45];
}
