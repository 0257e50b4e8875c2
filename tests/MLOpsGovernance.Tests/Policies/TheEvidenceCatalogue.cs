using MLOpsGovernance.Policy;
using MLOpsGovernance.Tests.HouseRules;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Policies;

/// <summary>Whatever the maturity instrument asks of events and artefacts, some event or kind of evidence can answer.</summary>
public sealed class TheEvidenceCatalogue
{
    private static readonly IReadOnlyList<EvidenceKind> Kinds =
        PolicySet.Load(PolicySet.ReadFolder(Path.Combine(House.Root, "policies"))).Set.ShouldNotBeNull().EvidenceKinds;

    /// <summary>Questions that the service's own events answer; the rest of the automatic ones wait for what serving reports.</summary>
    private static readonly Dictionary<string, string[]> Events = new(StringComparer.Ordinal)
    {
        ["D1.1"] = ["dataset_registered", "model_version_registered"],
        ["D1.3"] = ["model_version_registered"],
        ["D1.5"] = ["dataset_classified"],
        ["D2.1"] = ["model_version_registered"],
        ["D2.2"] = ["model_version_registered"],
        ["D2.3"] = ["model_version_registered"],
        ["D2.4"] = ["model_version_registered"],
        ["D3.3"] = ["version_approved"],
        ["D4.2"] = ["model_version_registered"],
        ["D4.3"] = ["model_version_registered"],
        ["D4.6"] = ["model_version_registered"],
        ["D4.5"] = ["policy_checked", "model_deployed", "environment_observed"],
        ["D5.1"] = ["model_deployed", "review_requested"],
        ["D5.2"] = ["policy_checked"],
        ["D5.3"] = ["model_deployed"],
        ["D5.4"] = ["model_deployed", "deployment_concluded"],
        ["D5.5"] = ["model_rolled_back"],
        ["D7.1"] = ["model_registered", "model_risk_confirmed"],
        ["D7.2"] = ["model_card_written"],
        ["D7.3"] = ["version_approved"],
        ["D7.4"] = ["policy_set_adopted", "policy_checked"],
        ["D8.1"] = ["member_joined", "member_changed"],
    };

    /// <summary>The automatic and hybrid rows of the 48 questions: all but D8.2 and D8.6, which only a person can attest.</summary>
    public static TheoryData<string> Rows =>
        [.. Enumerable.Range(1, 8).SelectMany(d => Enumerable.Range(1, 6).Select(q => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"D{d}.{q}"))).Except(["D8.2", "D8.6"], StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Leaves_no_question_without_something_that_can_answer_it(string question) =>
        (Events.ContainsKey(question) || Kinds.Any(k => k.Serves.Contains(question, StringComparer.Ordinal))).ShouldBeTrue(question);

    [Fact]
    public void Names_only_events_that_there_are()
    {
        var stored = File.ReadAllText(Path.Combine(House.Root, "src", "MLOpsGovernance.Server", "Storage", "EventNames.cs"));
        foreach (var name in Events.Values.SelectMany(e => e).Distinct(StringComparer.Ordinal)) stored.ShouldContain($"\"{name}\"");
    }

    [Fact]
    public void Has_kinds_for_what_the_field_keeps()
    {
        string[] expected = ["validation-report", "ci-attestation", "data-schema-check", "baseline-comparison", "slice-metrics", "reproduction-test", "canary-stage", "shadow-stage", "rollback-drill", "vulnerability-scan", "provenance", "licence-review", "cost-record", "training-trigger"];
        expected.Except(Kinds.Select(k => k.Code), StringComparer.Ordinal).ShouldBeEmpty();
        Kinds.Count.ShouldBeGreaterThan(30);
    }

    [Theory]
    [InlineData("{code: A b, title: t}", "evidence.code")]
    [InlineData("{code: a, title: t}, {code: a, title: u}", "evidence.duplicate")]
    [InlineData("{code: a, title: t, serves: [D9.1]}", "evidence.question")]
    [InlineData("{code: a, title: t, serves: D1.1}", "document.form")]
    [InlineData("{code: a, titel: t}", "document.unknown-key")]
    [InlineData("{title: t}", "document.missing-key")]
    public void Is_refused_with_its_place_where_it_is_wrong(string kinds, string code)
    {
        var load = PolicySet.Load([new("k.yaml", $"apiVersion: governance.mlops/v1\nkind: EvidenceKinds\nmetadata: {{name: k, version: 1.0.0}}\nspec:\n  kinds: [{kinds}]\n")]);
        load.Set.ShouldBeNull();
        load.Errors.ShouldContain(e => e.Code == code && e.File == "k.yaml" && e.Line == 5);
    }
}
