using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Policy.Crosswalk;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Policies;

/// <summary>What the shipped policies promise as a whole: how strict they are, what they say of models as there are, and what they claim to support.</summary>
public sealed partial class TheLibrary
{
    private static readonly PolicySet Set = PolicySet.Load(PolicySet.ReadFolder(RepositoryFiles.At("policies"))).Set.ShouldNotBeNull();

    private static readonly DateTimeOffset Today = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero), AYearLater = new(2027, 12, 2, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Models => [.. Directory.GetFiles(RepositoryFiles.At("docs", "examples", "facts"), "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void Warns_and_never_denies_but_for_the_gate_and_what_is_prohibited() =>
        Set.Policies.Where(p => p.Enforcement.Default != EnforcementLevel.Advisory || p.Enforcement.Environments.Count > 0).Select(p => p.Name)
            .ShouldBe(["eu-ai-act-prohibited-practices", "release", "rollback"], ignoreOrder: true);

    [Fact]
    public void Says_of_each_rule_in_a_sentence_what_it_wants_and_how_to_mend_it()
    {
        foreach (var rule in Set.Policies.SelectMany(p => p.Rules))
        {
            rule.Title.Length.ShouldBeLessThan(110, rule.Id);
            rule.Message.ShouldEndWith(".", Case.Sensitive, rule.Id);
            rule.Remediation.ShouldNotBeNull(rule.Id).Trim().ShouldEndWith(".", Case.Sensitive, rule.Id);
        }
    }

    /// <summary>The two annexes differ in their dates and in who has to register: whoever changes a rule of one is to change the other.</summary>
    [Theory]
    [InlineData("provider")]
    [InlineData("deployer")]
    [InlineData("importer")]
    public void Asks_the_same_under_both_annexes(string whom)
    {
        var third = Rules($"eu-ai-act-{whom}-annex-iii");
        var first = Rules($"eu-ai-act-{whom}-annex-i");

        third.Where(r => !first.Contains(r)).Select(r => r.Id).ShouldBe(whom switch { "provider" => ["AIA-49"], "deployer" => ["AIA-27"], _ => [] });
        first.Where(r => !third.Contains(r)).ShouldBeEmpty();
    }

    /// <summary>Who needs no documents is not asked for any: a flood of warnings would hide the one that counts.</summary>
    [Fact]
    public void Has_nothing_to_say_of_a_model_that_matters_little()
    {
        var verdict = Judge("spam-filter", Today);
        verdict.Outcome.ShouldBe(PolicyOutcome.Allow);
        verdict.Rules.Where(r => r.Result == RuleOutcome.Fail).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Says_of_models_as_there_are(string model)
    {
        var said = new StringBuilder();
        foreach (var now in (DateTimeOffset[])[Today, AYearLater])
        {
            var verdict = Judge(model, now);
            said.Append(CultureInfo.InvariantCulture, $"{model} on {now:yyyy-MM-dd}: {verdict.Outcome.ToString().ToLowerInvariant()}\n");
            foreach (var rule in verdict.Rules.Where(r => r.Result is RuleOutcome.Fail or RuleOutcome.Error))
                said.Append(CultureInfo.InvariantCulture, $"  {rule.Level.ToString().ToLowerInvariant()} {rule.Result.ToString().ToLowerInvariant()} {rule.Rule}: {rule.Message}\n");
            foreach (var (word, result) in (ReadOnlySpan<(string, RuleOutcome)>)[("pass", RuleOutcome.Pass), ("not yet in force", RuleOutcome.NotYetInForce)])
            {
                var ids = string.Join(' ', verdict.Rules.Where(r => r.Result == result).Select(r => r.Rule));
                if (ids.Length > 0) said.Append(CultureInfo.InvariantCulture, $"  {word}: {ids}\n");
            }
        }

        Holds(said.ToString(), RepositoryFiles.At("tests", "MLOpsGovernance.Tests", "Policies", $"TheLibrary.{model}.approved.txt"));
    }

    [Fact]
    public void Is_laid_open_in_the_crosswalk() =>
        Holds(PolicyCrosswalk.Of(Set), RepositoryFiles.At("docs", "crosswalk.md"));

    /// <summary>No claim without its limits.</summary>
    [Fact]
    public void Says_of_each_control_that_it_supports_what_no_rule_sees()
    {
        var supported = Set.Policies.SelectMany(p => p.Rules).SelectMany(r => r.Controls).ToHashSet();
        Set.Frameworks.SelectMany(f => f.Controls.Where(c => c.Beyond is null && supported.Contains(new(f.Id, c.Ref))).Select(c => $"{f.Id} {c.Ref}")).ShouldBeEmpty();
    }

    /// <summary>What a rule asks to attach has to be something that can be attached.</summary>
    [Fact]
    public void Asks_only_for_documents_of_the_catalogue_and_looks_for_what_it_asks_for()
    {
        var kinds = Set.EvidenceKinds.Select(k => k.Code).ToHashSet(StringComparer.Ordinal);
        var asked = Set.Policies.SelectMany(p => p.Rules)
            .SelectMany(r => Kinds().Matches(r.Remediation ?? "").SelectMany(m => m.Groups["kinds"].Value.Split([", ", " or "], StringSplitOptions.None)).Select(kind => (r.Id, Kind: kind))).ToList();

        asked.Count.ShouldBeGreaterThan(50);
        asked.Where(a => !kinds.Contains(a.Kind)).ShouldBeEmpty();
        asked.Where(a => !Set.EvidenceOf(a.Id).Contains(a.Kind, StringComparer.Ordinal)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\(kinds? (?<kinds>[a-z-]+((, | or )[a-z-]+)*)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Kinds();

    /// <summary>A difference is left beside the file as <c>*.received.*</c>; the crosswalk is made anew by the command that it names.</summary>
    private static void Holds(string received, string file)
    {
        received = received.TrimEnd() + "\n";
        var beside = Path.ChangeExtension(file.Replace(".approved.", ".", StringComparison.Ordinal), $".received{Path.GetExtension(file)}");
        if (File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == received)
        {
            File.Delete(beside);
            return;
        }

        File.WriteAllText(beside, received);
        Assert.Fail($"{Path.GetFileName(file)} does not hold any more; what came instead is in {Path.GetFileName(beside)}.");
    }

    private static List<(string Id, string Title, string Expression, string Message, string? Remediation, bool Waivable)> Rules(string policy) =>
        [.. Set.Policies.Single(p => p.Name == policy).Rules.Select(r => (Regex.Replace(r.Id, "^AIA-I+-", "AIA-", RegexOptions.NonBacktracking), r.Title, r.Expression, r.Message, r.Remediation, r.Waivable))];

    private static PolicyVerdict Judge(string model, DateTimeOffset now)
    {
        var file = $"docs/examples/facts/{model}.yaml";
        var (facts, errors) = PolicyFacts.Read(new(file, File.ReadAllText(RepositoryFiles.At(file))));
        errors.ShouldBeEmpty();
        var environment = model == "social-scoring" ? "sandbox" : "production";
        return Set.Evaluate(new("deploy", environment, environment == "production", facts.ShouldNotBeNull(), now));
    }
}
