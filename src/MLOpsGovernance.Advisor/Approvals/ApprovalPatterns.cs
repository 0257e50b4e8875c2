using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Approvals;

/// <param name="Requester">Who asked for the review, as a pseudonymous subject.</param>
public sealed record ApprovalCase(string Id, string Requester, string Approver, double HoursWaited);

/// <param name="Rule"><c>near-instant</c>, <c>one-approver</c> or <c>reciprocal-pair</c>.</param>
/// <param name="Counted">The approvals that it rests on.</param>
public sealed record ApprovalPattern(string Rule, string About, IReadOnlyList<string> Counted, double Share);

/// <param name="Unusual">How far each waiting time lies from the usual, robustly; negative is faster.</param>
public sealed record ApprovalReview(int Approvals, IReadOnlyList<ApprovalPattern> Patterns, IReadOnlyList<(string Id, double RobustZ)> Unusual);

/// <summary>Where to look again: plain rules, each with what it counted. For review, and never for blame; nothing here is a verdict on a person.</summary>
public static class ApprovalPatterns
{
    public const double InstantHours = 2.0 / 60, OneApproverShare = 0.9, UnusualAt = 3.5;
    public const int Fewest = 10, FewestOfAPair = 3;

    public static ApprovalReview Of(IReadOnlyList<ApprovalCase> cases) => new(
        cases.Count,
        [.. Instant(cases), .. OneApprover(cases), .. Reciprocal(cases)],
        [.. cases.Zip(Samples.RobustZ([.. cases.Select(static c => Math.Log(1 + c.HoursWaited))])).Where(static c => Math.Abs(c.Second) >= UnusualAt).Select(static c => (c.First.Id, c.Second))]);

    private static IEnumerable<ApprovalPattern> Instant(IReadOnlyList<ApprovalCase> cases)
    {
        List<string> quick = [.. cases.Where(static c => c.HoursWaited < InstantHours).Select(static c => c.Id)];
        if (quick.Count > 0) yield return new("near-instant", "approvals within two minutes of the request", quick, (double)quick.Count / cases.Count);
    }

    private static IEnumerable<ApprovalPattern> OneApprover(IReadOnlyList<ApprovalCase> cases) => cases.Count < Fewest ? [] :
        from byOne in cases.GroupBy(static c => c.Approver, StringComparer.Ordinal)
        let share = (double)byOne.Count() / cases.Count
        where share >= OneApproverShare
        select new ApprovalPattern("one-approver", byOne.Key, [.. byOne.Select(static c => c.Id)], share);

    private static IEnumerable<ApprovalPattern> Reciprocal(IReadOnlyList<ApprovalCase> cases)
    {
        var pairs = cases.ToLookup(static c => (c.Requester, c.Approver));
        return from pair in pairs
               where string.CompareOrdinal(pair.Key.Requester, pair.Key.Approver) < 0
               let back = pairs[(pair.Key.Approver, pair.Key.Requester)].ToList()
               where pair.Count() >= FewestOfAPair && back.Count >= FewestOfAPair
               select new ApprovalPattern("reciprocal-pair", $"{pair.Key.Requester} and {pair.Key.Approver}", [.. pair.Concat(back).Select(static c => c.Id)], (double)(pair.Count() + back.Count) / cases.Count);
    }
}
