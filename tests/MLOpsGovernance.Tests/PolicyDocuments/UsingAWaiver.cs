using MLOpsGovernance.Policy;
using MLOpsGovernance.Policy.Waivers;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyDocuments;

public sealed class UsingAWaiver
{
    private static readonly PolicySet Set = LoanRelease.Set();
    private static readonly Waiver Waiver = WaiverFile.Read(LoanRelease.WaiverFile, static _ => ["chief-risk-officer"]).Waiver!;
    private static readonly string OldDrift = LoanRelease.Facts.Replace("2026-08-10T06:00:00Z", "2026-08-01T00:00:00Z", StringComparison.Ordinal);

    private static RuleVerdict Ask(Waiver waiver, string? facts = null, DateTimeOffset? now = null) =>
        Set.Evaluate(LoanRelease.Query(facts ?? OldDrift) with { Waivers = [waiver], Now = now ?? LoanRelease.Now }).Rules.Single(static r => r.Rule == "LOAN-003");

    [Fact]
    public void Shows_the_failure_that_it_covers()
    {
        var rule = Ask(Waiver);
        rule.Result.ShouldBe(RuleOutcome.Waived);
        rule.Message.ShouldBe("evaluated 820800s ago");
        rule.Waiver.ShouldBe(new("loan-drift", Waiver.Digest, RuleOutcome.Fail, Waiver.ExpiresAt));
        rule.Why.ShouldNotBeEmpty();
        Set.Evaluate(LoanRelease.Query(OldDrift) with { Waivers = [Waiver] }).Outcome.ShouldBe(PolicyOutcome.Allow);
    }

    [Fact]
    public void Covers_an_error_too_and_says_so() =>
        Ask(Waiver, LoanRelease.Facts.Replace("\"metrics\":[\"psi\"],", "", StringComparison.Ordinal)).Waiver!.Underlying.ShouldBe(RuleOutcome.Error);

    [Fact]
    public void Changes_nothing_about_a_rule_that_passes() => Ask(Waiver, LoanRelease.Facts).Result.ShouldBe(RuleOutcome.Pass);

    public static TheoryData<string, Func<Waiver, Waiver>> Unfit() => new()
    {
        { "another policy", static w => w with { Policy = "other" } },
        { "another version", static w => w with { PolicyVersions = "<1.2.0" } },
        { "no version range", static w => w with { PolicyVersions = "always" } },
        { "another rule", static w => w with { RuleIds = ["LOAN-002"] } },
        { "another model", static w => w with { Scope = w.Scope with { Model = "cars" } } },
        { "another environment", static w => w with { Scope = w.Scope with { Environments = ["staging"] } } },
        { "another artifact", static w => w with { Scope = w.Scope with { ArtifactDigests = ["sha256:bb"] } } },
        { "too long", static w => w with { ApprovedAt = w.ExpiresAt.AddHours(-721) } },
        { "backwards", static w => w with { ApprovedAt = w.ExpiresAt.AddHours(1) } },
        { "approved by who asked", static w => w with { ApprovedBy = w.RequestedBy } },
        { "approved without the role", static w => w with { ApproverRoles = ["validator"] } },
        { "without compensation", static w => w with { CompensatingControls = [] } },
        { "approved later", static w => w with { ApprovedAt = LoanRelease.Now.AddTicks(1) } },
        { "expired at this instant", static w => w with { ExpiresAt = LoanRelease.Now } },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void Is_refused_when_anything_about_it_does_not_fit(string what, Func<Waiver, Waiver> change) => Ask(change(Waiver)).Result.ShouldBe(RuleOutcome.Fail, what);

    [Fact]
    public void Is_refused_for_a_rule_that_cannot_be_waived()
    {
        var waiver = Waiver with { RuleIds = ["LOAN-002"] };
        var facts = LoanRelease.Facts.Replace("\"complete\":true", "\"complete\":false", StringComparison.Ordinal);
        Set.Evaluate(LoanRelease.Query(facts) with { Waivers = [waiver] }).Outcome.ShouldBe(PolicyOutcome.Deny);
    }

    [Theory]
    [InlineData("ruleIds: [LOAN-003]", "ruleIds: ['LOAN-*']", "waiver.rules")]
    [InlineData("ticket: RISK-1", "ticket: 17", "document.form")]
    [InlineData("expiresAt: 2026-08-29T09:00:00Z", "expiresAt: never", "document.value")]
    [InlineData("reason: The drift service is being moved.", "", "document.missing-key")]
    public void Is_not_read_where_it_says_too_little(string old, string replacement, string code) =>
        WaiverFile.Read(new("w.yaml", LoanRelease.Waiver.Replace(old, replacement, StringComparison.Ordinal)), static _ => []).Errors.ShouldHaveSingleItem().Code.ShouldBe(code);
}
