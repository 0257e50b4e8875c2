using MLOpsGovernance.Advisor.Maturity;

namespace MLOpsGovernance.Advisor.People;

/// <param name="Gap">Mean of what is missing to the target over the questions that the role owns; null where none of them applies.</param>
public sealed record RoleGap(Role Role, double? Gap, IReadOnlyList<string> Widest);

/// <summary>What each role has before it.</summary>
public static class RoleGaps
{
    public const int Shown = 3;

    public static IReadOnlyList<RoleGap> Of(AssessmentResult result, SkillCatalogue people) =>
    [
        .. people.Roles.Where(static r => r.Owns.Count > 0).Select(role =>
        {
            List<(string Id, double Gap)> gaps = [.. role.Owns.Select(id => result[id]).Where(static q => q.Applicable).Select(static q => (q.Question.Id, Math.Max(0, q.Target - (q.Final ?? 0))))];
            return new RoleGap(role, gaps.Count == 0 ? null : gaps.Average(static g => g.Gap), [.. gaps.Where(static g => g.Gap > 0).OrderByDescending(static g => g.Gap).ThenBy(static g => g.Id, StringComparer.Ordinal).Take(Shown).Select(static g => g.Id)]);
        }),
    ];
}
