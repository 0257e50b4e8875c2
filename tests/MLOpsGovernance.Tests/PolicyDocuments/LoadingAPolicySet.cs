using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyDocuments;

public sealed class LoadingAPolicySet
{
    private static PolicySetLoad Load(string policy, string? schema = null, params PolicyFile[] more) =>
        PolicySet.Load([new("schema.yaml", schema ?? LoanRelease.Schema), new("loan-release.yaml", policy), .. more]);

    private static LoadError Only(PolicySetLoad load)
    {
        load.Set.ShouldBeNull();
        return load.Errors.ShouldHaveSingleItem();
    }

    private static string With(string old, string replacement)
    {
        LoanRelease.Policy.ShouldContain(old);
        return LoanRelease.Policy.Replace(old, replacement, StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_the_documents_with_their_rules_and_levels()
    {
        var load = Load(LoanRelease.Policy);
        load.Errors.ShouldBeEmpty();
        var policy = load.Set!.Policies.ShouldHaveSingleItem();
        policy.Name.ShouldBe("loan-release");
        policy.Severity.ShouldBe(PolicySeverity.Critical);
        policy.Rules.Select(static r => r.Id).ShouldBe(["LOAN-001", "LOAN-002", "LOAN-003"]);
        policy.Rules[0].Controls.ShouldBe([new("eu-ai-act", "Art. 17"), new("iso-42001", "A.6.2.5")]);
        policy.Enforcement.In("production").ShouldBe(EnforcementLevel.Mandatory);
        policy.Enforcement.In("staging").ShouldBe(EnforcementLevel.Advisory);
        policy.Enforcement.SuspendsLive.ShouldBeFalse();
        policy.Waivers!.MaxDuration.ShouldBe(TimeSpan.FromDays(30));
        Digest.IsWellFormed(policy.Digest).ShouldBeTrue();
    }

    [Fact]
    public void Suspends_what_runs_only_where_the_document_says_so()
    {
        Load(With("{production: mandatory}}", "{production: mandatory}, live: suspend}")).Set!.Policies[0].Enforcement.SuspendsLive.ShouldBeTrue();
        Load(With("{production: mandatory}}", "{production: mandatory}, live: report}")).Set!.Policies[0].Enforcement.SuspendsLive.ShouldBeFalse();
        var unasked = With("{production: mandatory}}", "{production: mandatory}, live: suspend}").Replace("actions: [deploy, promote]", "actions: [promote]", StringComparison.Ordinal);
        Only(Load(unasked)).Message.ShouldBe("'live: suspend' would be ignored: the policy is not asked about 'deploy', as what runs is judged.");
    }

    [Theory]
    [InlineData("  failurePolicy: Fail", "  failurePolisy: Fail", "failurePolisy", "document.unknown-key", "failurePolicy")]
    [InlineData("default: advisory", "default: advisry", "advisry", "document.value", "advisory")]
    [InlineData("  failurePolicy: Fail", "  failurePolicy: Fail\n  failurePolicy: Ignore", "failurePolicy: Ignore", "yaml.duplicate-key", null)]
    [InlineData("owner: \"group:compliance\", ", "", "{name: loan-release", "document.missing-key", null)]
    [InlineData("version: 1.2.0", "version: 1.2", "1.2,", "document.form", null)]
    [InlineData("version: 1.2.0", "version: v2", "v2", "policy.version", null)]
    [InlineData("name: loan-release", "name: loan-releases", "loan-releases", "policy.name", null)]
    [InlineData("remediation: Emit lineage for the missing steps.", "description: x", "id: LOAN-002", "document.missing-key", null)]
    [InlineData("message: Lineage is missing.", "description: x", "id: LOAN-002", "document.missing-key", null)]
    [InlineData("controls: [{framework: eu-ai-act, ref: Art. 10}]", "controls: []", "[]", "policy.no-control", null)]
    [InlineData("id: LOAN-002", "id: LOAN-001", "LOAN-001\n      title: Every", "set.duplicate-rule", null)]
    [InlineData("datasets.filter(d, !d.lineage.complete)", "datasets.filter(d, !d.linage.complete)", "d.linage", "cel.name", "lineage")]
    [InlineData("variables.gaps.size() == 0", "variables.gasp.size() == 0", "variables.gasp", "cel.name", "variables.gaps")]
    [InlineData("datasets.size() > 0 &&", "datasets.siz() > 0 &&", "datasets.siz()", "cel.name", "size")]
    [InlineData("datasets.size() > 0 &&", "dataset.size() > 0 &&", "dataset.size()", "cel.name", "datasets")]
    [InlineData("model.riskClass == 'high'", "model.riskClass", "model.riskClass}", "cel.type", null)]
    [InlineData("datasets.size() > 0 && variables.gaps.size() == 0", "datasets.size()", "datasets.size()", "cel.type", null)]
    [InlineData("datasets.size() > 0 && variables.gaps.size() == 0", "dyn(true)", "dyn(true)", "cel.type", null)]
    [InlineData("datasets.size() > 0 && variables.gaps.size() == 0", "datasets.size() > '0'", "datasets.size() > '0'", "cel.type", null)]
    [InlineData("datasets.size() > 0 && variables.gaps.size() == 0", "datasets.size() > )", ")", "cel.syntax", null)]
    [InlineData("datasets.filter(d, !d.lineage.complete)", "variables.gaps", "variables.gaps\"}", "policy.cyclic-variable", null)]
    [InlineData("approvals.filter(a, a.actorType", "variables.gaps.map(g, approvals[0]).filter(a, a.actorType", "variables.gaps.map", "policy.cyclic-variable", null)]
    [InlineData("a.role in params.roles", "a.rule in params.roles", "a.rule in", "cel.name", "role")]
    [InlineData("actions: [deploy, promote]", "actions: [deplyo, promote]", "deplyo", "policy.unknown-action", "deploy")]
    [InlineData("environments: {production: mandatory}", "environments: {producton: mandatory}", "producton", "policy.ignored", "production")]
    [InlineData("default: 1, minimum", "default: 11, minimum", "11, minimum", "policy.parameter", null)]
    [InlineData("waivable: true", "waivable: yes", "yes", "document.form", null)]
    [InlineData("waivable: true", "waivable: false", "{maxDuration", "policy.ignored", null)]
    [InlineData("{production: mandatory}}", "{production: mandatory}, live: suspnd}", "suspnd", "document.value", "suspend")]
    [InlineData("{production: mandatory}}", "{production: advisory}, live: suspend}", "suspend}", "policy.ignored", null)]
    [InlineData("datasets.size() > 0 &&", "model.id.matches('(?=a)') &&", "'(?=a)'", "cel.pattern", null)]
    [InlineData("maxDuration: 720h", "maxDuration: 30d", "30d", "document.value", null)]
    [InlineData("kind: Policy", "kind: Polcy", "Polcy", "document.kind", "Policy")]
    public void Points_at_what_is_wrong_and_names_what_was_meant(string old, string replacement, string at, string code, string? suggestion)
    {
        var text = With(old, replacement);
        var error = Only(Load(text));
        (error.File, error.Code, error.Suggestion).ShouldBe(("loan-release.yaml", code, suggestion), error.Message);
        var rest = string.Join('\n', text.Split('\n').Skip(error.Line - 1))[(error.Column - 1)..];
        rest.ShouldStartWith(at);
    }

    [Fact]
    public void Reports_everything_wrong_at_once()
    {
        var load = Load(With("default: advisory", "default: advisry").Replace("severity: critical", "severity: grave", StringComparison.Ordinal));
        load.Errors.Select(static e => e.Line).ShouldBe([3, 10]);
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x", "yaml.alias")]
    [InlineData("a: !!int 1", "yaml.tag")]
    [InlineData("a: [", "yaml.syntax")]
    [InlineData("", "yaml.empty")]
    [InlineData("a: 1\n---\nb: 1", "yaml.documents")]
    [InlineData("- 1", "document.form")]
    public void Refuses_what_a_reader_could_misread(string text, string code) =>
        PolicySet.Load([LoanRelease.SchemaFile, new("x.yaml", text)]).Errors.ShouldContain(e => e.Code == code && e.File == "x.yaml");

    [Fact]
    public void Survives_a_document_of_brackets() =>
        PolicySet.Load([LoanRelease.SchemaFile, new("x.yaml", new string('[', 200_000))]).Set.ShouldBeNull();

    [Fact]
    public void Needs_exactly_one_fact_schema()
    {
        PolicySet.Load([LoanRelease.PolicyFile]).Errors.ShouldContain(static e => e.Code == "set.no-schema");
        PolicySet.Load([LoanRelease.SchemaFile, new("other.yaml", LoanRelease.Schema)]).Errors.ShouldContain(static e => e.Code == "set.schemas");
    }

    [Fact]
    public void Refuses_a_rule_that_may_cost_too_much_and_says_where()
    {
        var error = Only(Load(LoanRelease.Policy, LoanRelease.Schema.Replace("approvals: {type: list(Approval), maxItems: 20}", "approvals: {type: list(Approval), maxItems: 5000}", StringComparison.Ordinal)));
        error.Code.ShouldBe("cel.cost");
        error.Message.ShouldContain("the limit is 100000");
        error.Message.ShouldContain("approvals.filter");
    }

    [Fact]
    public void Refuses_parameters_whose_maps_hold_what_does_not_fit() =>
        Only(Load(With("driftAge:    {type: duration, default: 24h}", "driftAge:    {type: duration, default: 24h}\n    limits: {type: 'map(string, int)', default: {a: 1, b: two}}")))
            .ShouldSatisfyAllConditions(static e => e.Code.ShouldBe("policy.parameter"), static e => e.Message.ShouldContain("limits.b must be a whole number"));

    [Theory]
    [InlineData("extra.yml")]
    [InlineData("extra.YAML")]
    [InlineData("extra")]
    public void Refuses_a_file_that_would_be_passed_over(string name)
    {
        var error = Only(Load(LoanRelease.Policy, null, new PolicyFile(name, LoanRelease.Policy)));
        (error.File, error.Code).ShouldBe((name, "set.file-name"));
    }

    [Fact]
    public void Names_every_place_that_names_an_environment() =>
        Load(LoanRelease.Policy).Set!.Environments.ShouldBe(
        [
            new("staging", "loan-release.yaml", 7, 20), new("production", "loan-release.yaml", 7, 29), new("production", "loan-release.yaml", 10, 51),
        ]);

    [Fact]
    public void Holds_controls_to_the_framework_catalogue()
    {
        const string catalogue = """
            apiVersion: governance.mlops/v1
            kind: Frameworks
            metadata: {name: frameworks, version: 1.0.0}
            spec:
              frameworks:
                - {id: eu-ai-act, title: t, publisher: p, status: law, applicability: a, controls: [{ref: Art. 10, title: t}, {ref: Art. 17, title: t}]}
                - {id: iso-42001, title: t, publisher: p, status: standard, applicability: a, controls: [{ref: A.6.2.5, title: t}]}
            """;
        var error = Only(Load(LoanRelease.Policy, null, new PolicyFile("frameworks.yaml", catalogue)));
        error.Code.ShouldBe("policy.unknown-control");
        error.Message.ShouldStartWith("The framework 'eu-ai-act' has no 'Art. 72'.");
    }

    [Fact]
    public void Gives_a_digest_of_content_and_not_of_its_looks()
    {
        static string DigestOf(params PolicyFile[] files) => PolicySet.Load(files).Set!.Digest;
        var digest = DigestOf(LoanRelease.Files);
        DigestOf(LoanRelease.SchemaFile, new("loan-release.yaml", "# a comment\n" + With("failurePolicy: Fail", "failurePolicy:   'Fail'"))).ShouldBe(digest);
        DigestOf(LoanRelease.SchemaFile, LoanRelease.PolicyFile).ShouldBe(digest);
        DigestOf(LoanRelease.SchemaFile, new("loan-release.yaml", With("default: 1,", "default: 2,"))).ShouldNotBe(digest, StringComparer.Ordinal);
        DigestOf([.. LoanRelease.Files, new("purposes.yaml", "apiVersion: governance.mlops/v1\nkind: Purposes\nspec: {purposes: []}")]).ShouldNotBe(digest, StringComparer.Ordinal);
    }

    [Fact]
    public void Knows_which_facts_anybody_reads()
    {
        var set = LoanRelease.Set();
        set.Reads("approvals").ShouldBeTrue();
        set.Reads("unused").ShouldBeFalse();
        set.Reads("nonsense").ShouldBeFalse();
        set.Facts.Names.ShouldBe(["model", "release", "approvals", "datasets", "monitoring", "unused"]);
    }
}
