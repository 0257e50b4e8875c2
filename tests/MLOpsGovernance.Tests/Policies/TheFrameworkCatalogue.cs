using MLOpsGovernance.Policy;
using MLOpsGovernance.Tests.HouseRules;
using MLOpsGovernance.Tests.PolicyDocuments;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Policies;

/// <summary>Rules name what they support; one catalogue says what that is, and from when on it applies to whom.</summary>
public sealed class TheFrameworkCatalogue
{
    private static readonly PolicySet Shipped = PolicySet.Load(PolicySet.ReadFolder(Path.Combine(House.Root, "policies"))).Set.ShouldNotBeNull();

    private static FrameworkControl Control(string framework, string reference) =>
        Shipped.Frameworks.Single(f => f.Id == framework).Controls.Single(c => c.Ref == reference);

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("eu-ai-act", FrameworkStatus.Law, "Art. 5", "Art. 9", "Art. 10", "Art. 11", "Art. 12", "Art. 13", "Art. 14", "Art. 15", "Art. 17", "Art. 26", "Art. 27", "Art. 43", "Art. 47", "Art. 48", "Art. 49", "Art. 50", "Art. 72", "Art. 73")]
    [InlineData("sr-26-2", FrameworkStatus.Guidance, "Development and use", "Validation and monitoring", "Governance and controls")]
    [InlineData("nist-ai-rmf", FrameworkStatus.Guidance, "GOVERN", "MAP 4.2", "MEASURE 2.13", "MANAGE 4.3")]
    [InlineData("iso-42001", FrameworkStatus.Standard, "6.1.2", "9.2", "A.6.2.5", "A.10.4")]
    [InlineData("gdpr", FrameworkStatus.Law, "Art. 5(1)(b)", "Art. 6", "Art. 35")]
    [InlineData("slsa", FrameworkStatus.Standard, "Build L2", "Verification")]
    public void Has_what_rules_will_want_to_name(string id, FrameworkStatus status, params string[] references)
    {
        var framework = Shipped.Frameworks.Single(f => f.Id == id);
        framework.Status.ShouldBe(status);
        references.Except(framework.Controls.Select(c => c.Ref), StringComparer.Ordinal).ShouldBeEmpty();
        framework.Applicability.Length.ShouldBeGreaterThan(40);
    }

    [Fact]
    public void Knows_the_dates_of_the_ai_act()
    {
        Control("eu-ai-act", "Art. 5").EffectiveFrom.ShouldBe(Day(2025, 2, 2));
        Control("eu-ai-act", "Art. 50").EffectiveFrom.ShouldBe(Day(2026, 8, 2));
        foreach (var article in (string[])["Art. 9", "Art. 10", "Art. 17", "Art. 26", "Art. 27", "Art. 43", "Art. 49", "Art. 72", "Art. 73"])
        {
            Control("eu-ai-act", article).EffectiveFrom.ShouldBe(Day(2027, 12, 2));
            Control("eu-ai-act", article).Phases.Select(p => p.From).ShouldBe([Day(2027, 12, 2), Day(2028, 8, 2)]);
        }
    }

    [Fact]
    public void Has_the_successor_of_guidance_that_was_replaced()
    {
        var guidance = Shipped.Frameworks.Single(f => f.Id == "sr-26-2");
        guidance.Replaces.ShouldBe(["sr-11-7"]);
        guidance.OnlyWhere.ShouldBe("!model.generative");
        Control("sr-26-2", "Validation and monitoring").EffectiveFrom.ShouldBe(Day(2026, 4, 17));
        Shipped.Policies.SelectMany(p => p.Rules).SelectMany(r => r.Controls).ShouldNotContain(c => c.Framework == "sr-11-7");
    }

    [Theory]
    [InlineData("{framework: eu-ai-act, ref: Art. 10}", null, null)]
    [InlineData("{framework: eu-ai-act, ref: Art. 100}", "policy.unknown-control", "Art. 10")]
    [InlineData("{framework: eu-ai-akt, ref: Art. 10}", "policy.unknown-framework", "eu-ai-act")]
    [InlineData("{framework: old, ref: V}", "policy.unknown-framework", "guide")]
    [InlineData("{framework: guide, ref: V}", "policy.framework-scope", null)]
    [InlineData("{framework: narrow, ref: V}", null, null)]
    public void Is_what_rules_are_held_to(string control, string? code, string? suggestion)
    {
        var policy = LoanRelease.Policy.Replace("controls: [{framework: eu-ai-act, ref: Art. 72}]", $"controls: [{control}]", StringComparison.Ordinal);
        var load = PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", policy), Catalogue(
            "{id: eu-ai-act, HEAD, controls: [{ref: Art. 10, title: t}, {ref: Art. 17, title: t}]}, {id: iso-42001, HEAD, controls: [{ref: A.6.2.5, title: t}]}, "
            + "{id: guide, HEAD, onlyWhere: '!model.generative', replaces: [old], controls: [{ref: V, title: t}]}, {id: narrow, HEAD, onlyWhere: model.riskClass == 'high', controls: [{ref: V, title: t}]}")]);
        if (code is null)
        {
            load.Errors.ShouldBeEmpty();
            return;
        }

        var error = load.Errors.ShouldHaveSingleItem();
        (error.File, error.Code, error.Suggestion).ShouldBe(("loan-release.yaml", code, suggestion));
        policy.Split('\n')[error.Line - 1][(error.Column - 1)..].ShouldStartWith(control);
    }

    [Fact]
    public void Warns_of_a_rule_whose_date_is_none_of_what_it_supports()
    {
        PolicySetLoad Load(string date) => PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", LoanRelease.Policy.Replace("title: Every dataset", $"effectiveFrom: {date}\n      title: Every dataset", StringComparison.Ordinal)), Catalogue(
            "{id: eu-ai-act, HEAD, effectiveFrom: 2026-08-02, timelines: {late: [{from: 2028-08-02, appliesTo: some}, {from: 2027-12-02, appliesTo: others}]}, "
            + "controls: [{ref: Art. 10, title: t, timeline: late}, {ref: Art. 17, title: t}, {ref: Art. 72, title: t}]}, {id: iso-42001, HEAD, controls: [{ref: A.6.2.5, title: t}]}")]);

        var warning = Load("2027-12-12").Warnings.ShouldHaveSingleItem();
        (warning.Code, warning.Message).ShouldBe(("policy.effective-date", "The rule applies from 2027-12-12, but what it supports begins on 2027-12-02, 2028-08-02."));
        Load("2027-12-02").Warnings.ShouldBeEmpty();
        Load("2028-08-02").Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{id: A b, HEAD, controls: []}", "framework.id")]
    [InlineData("{id: a, HEAD, controls: []}, {id: a, HEAD, controls: []}", "framework.duplicate")]
    [InlineData("{id: a, HEAD, controls: [{ref: x, title: t}, {ref: x, title: u}]}", "framework.duplicate")]
    [InlineData("{id: a, HEAD, controls: [{ref: x, titel: t}]}", "document.unknown-key")]
    [InlineData("{id: a, HEAD, controls: [{title: t}]}", "document.missing-key")]
    [InlineData("{id: a, HEAD}", "document.missing-key")]
    [InlineData("{id: a, title: t, publisher: p, applicability: a, controls: []}", "document.missing-key")]
    [InlineData("{id: a, title: t, publisher: p, status: lore, applicability: a, controls: []}", "document.value")]
    [InlineData("{id: a, HEAD, date: yesterday, controls: []}", "document.value")]
    [InlineData("{id: a, HEAD, controls: [{ref: x, title: t, effectiveFrom: soon}]}", "document.value")]
    [InlineData("{id: a, HEAD, controls: [{ref: x, title: t, timeline: later}]}", "framework.timeline")]
    [InlineData("{id: a, HEAD, timelines: {b: [{from: 2026-01-01, appliesTo: c}]}, controls: [{ref: x, title: t, timeline: b, effectiveFrom: 2026-01-01}]}", "policy.ignored")]
    [InlineData("{id: a, HEAD, timelines: {b: [{from: 2026-01-01}]}, controls: []}", "document.missing-key")]
    [InlineData("{id: a, HEAD, timelines: [], controls: []}", "document.form")]
    public void Is_refused_with_its_place_where_it_is_wrong(string frameworks, string code)
    {
        var load = PolicySet.Load([LoanRelease.SchemaFile, Catalogue(frameworks)]);
        load.Set.ShouldBeNull();
        load.Errors.ShouldContain(e => e.Code == code && e.File == "frameworks.yaml" && e.Line == 5);
    }

    [Fact]
    public void Belongs_to_the_digest_of_the_set()
    {
        var files = PolicySet.ReadFolder(Path.Combine(House.Root, "policies"));
        var changed = files.Select(f => f.Path == "frameworks.yaml" ? f with { Text = f.Text.Replace("2027-12-02", "2027-12-03", StringComparison.Ordinal) } : f);
        PolicySet.Load(changed).Set.ShouldNotBeNull().Digest.ShouldNotBe(Shipped.Digest);
    }

    private static PolicyFile Catalogue(string frameworks) => new("frameworks.yaml",
        $"apiVersion: governance.mlops/v1\nkind: Frameworks\nmetadata: {{name: f, version: 1.0.0}}\nspec:\n  frameworks: [{frameworks.Replace("HEAD", "title: Guide, publisher: p, status: guidance, applicability: anybody", StringComparison.Ordinal)}]\n");
}
