using CsCheck;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Policy.Waivers;
using MLOpsGovernance.Tests.PolicyDocuments;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Waivers;

/// <summary>
/// Waivers of every kind, put together at random, and facts of every kind: what a waiver may do is worked out here a second time, from what was meant, and compared with what the gate does.
/// </summary>
public sealed class NeverFurtherThanItWasMeant
{
    private static readonly PolicySet Set = LoanRelease.Set();

    private static readonly string[] Rules = ["LOAN-001", "LOAN-002", "LOAN-003", "LOAN-009"];

    private static readonly string[] Facts =
    [
        LoanRelease.Facts, OldDrift(LoanRelease.Facts), LoanRelease.Facts.Replace("\"metrics\":[\"psi\"],", "", StringComparison.Ordinal),
        LoanRelease.Facts.Replace("\"complete\":true", "\"complete\":false", StringComparison.Ordinal), OldDrift(LoanRelease.Facts.Replace("\"complete\":true", "\"complete\":false", StringComparison.Ordinal)),
    ];

    private static readonly Gen<Waiver> Waivers = Gen.Select(
        Gen.Frequency((6, 2), (1, 0), (1, 1), (1, 3)), Gen.Int[0, 9], Gen.Int[-30, 4], Gen.Int[-2, 40], Gen.Int[0, 9], Gen.Int[0, 15],
        (rule, policy, approved, length, people, scope) => new Waiver(
            $"w {rule} {policy} {approved} {length} {people} {scope}", "sha256:00", policy == 0 ? "other" : "loan-release", policy == 1 ? "<1.2.0" : ">=1.0.0 <2.0.0", [Rules[rule]],
            new((scope & 1) == 0 ? "loans" : (scope & 8) == 0 ? null : "cars", (scope & 2) == 0 ? ["production"] : (scope & 8) == 0 ? null : ["staging"], (scope & 4) == 0 ? null : ["sha256:aa"], scope == 7 ? 3 : null),
            "r", "t", people == 1 ? [] : ["c"], "ann", people == 2 ? "ann" : "cro", people == 3 ? ["validator"] : ["chief-risk-officer"],
            LoanRelease.Now.AddDays(approved), LoanRelease.Now.AddDays(approved + length)));

    [Fact]
    public void Lets_nothing_through_that_was_not_meant_and_makes_nothing_stricter()
    {
        var (waived, kept) = (0, 0);
        Gen.Select(Waivers.Array[0, 5], Gen.Int[0, Facts.Length - 1], Gen.Int[0, 1]).Sample((waivers, facts, place) =>
        {
            var query = LoanRelease.Query(Facts[facts]) with { Environment = place == 0 ? "production" : "staging" };
            var (without, with) = (Set.Evaluate(query), Set.Evaluate(query with { Waivers = waivers }));

            Strictness(with.Outcome).ShouldBeLessThanOrEqualTo(Strictness(without.Outcome), "a waiver makes nothing stricter");
            with.Rules.Count.ShouldBe(without.Rules.Count, "every rule is evaluated");
            foreach (var (before, after) in without.Rules.Zip(with.Rules))
            {
                var meant = before.Result is RuleOutcome.Fail or RuleOutcome.Error && before.Rule == "LOAN-003" && waivers.Any(w => Meant(w, query));
                (after.Result == RuleOutcome.Waived).ShouldBe(meant, $"{before.Rule} was {before.Result}, with {string.Join(' ', waivers.Select(w => w.Name))}");
                if (meant)
                {
                    Interlocked.Increment(ref waived);
                    after.Waiver!.Underlying.ShouldBe(before.Result, "waived, and never passed");
                    (after.Message, after.Why.Count).ShouldBe((before.Message, before.Why.Count));
                }
                else
                {
                    Interlocked.Increment(ref kept);
                    (after.Result, after.Waiver).ShouldBe((before.Result, null));
                }
            }
        }, iter: 10_000);
        (waived > 200, kept > 1000).ShouldBe((true, true), "a sample in which little is waived shows little");
    }

    /// <summary>What was meant, in this policy's own terms.</summary>
    private static bool Meant(Waiver w, PolicyQuery query) =>
        w.Policy == "loan-release" && w.PolicyVersions == ">=1.0.0 <2.0.0" && w.RuleIds[0] == "LOAN-003"
        && w.Scope.Model is null or "loans" && (w.Scope.Environments is null || w.Scope.Environments[0] == query.Environment) && w.Scope.Version is null
        && w.ApprovedAt <= query.Now && query.Now < w.ExpiresAt && (w.ExpiresAt - w.ApprovedAt).TotalDays <= 30
        && w.ApprovedBy != w.RequestedBy && w.ApproverRoles[0] == "chief-risk-officer" && w.CompensatingControls.Count > 0;

    private static int Strictness(PolicyOutcome outcome) => outcome switch
    {
        PolicyOutcome.Allow => 0,
        PolicyOutcome.Warn => 1,
        _ => 2,
    };

    private static string OldDrift(string facts) => facts.Replace("2026-08-10T06:00:00Z", "2026-08-01T00:00:00Z", StringComparison.Ordinal);
}
