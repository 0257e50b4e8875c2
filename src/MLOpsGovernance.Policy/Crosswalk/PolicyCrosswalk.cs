using System.Globalization;
using System.Text;
using MLOpsGovernance.Policy.Documents;

namespace MLOpsGovernance.Policy.Crosswalk;

/// <summary>Which rules of a set support which controls, what they look at, and what nobody looks at, as Markdown. The same set gives the same text.</summary>
public static class PolicyCrosswalk
{
    public static string Of(PolicySet set)
    {
        var text = new StringBuilder();
        var rules = set.Policies.SelectMany(static p => p.Rules.Select(r => new SupportingRule(p, r))).ToList();
        Introduction(text, set, rules);
        foreach (var framework in set.Frameworks) Framework(text, set, framework, rules);
        Rules(text, set, rules);
        Evidence(text, set, rules);
        return text.ToString();
    }

    private static void Introduction(StringBuilder text, PolicySet set, List<SupportingRule> rules) => text.Append(CultureInfo.InvariantCulture, $"""
        # Crosswalk

        Which controls of which framework the shipped policies support, by which rules, and what those look at. Made from `policies/` by `mlgov policy crosswalk`; a test holds this file to it:

        ```sh
        mlgov policy crosswalk policies > docs/crosswalk.md
        ```

        **A rule supports a control; it never satisfies one.** It looks at something that the control asks for: a document on record, a date, a class that somebody confirmed. That a document is on record says
        nothing about whether it is any good: people who read it do. *What no rule sees* says what remains for them, and each framework ends with the controls that no rule looks at. Titles are in our own words;
        the frameworks' own texts decide. {rules.Count} rules in {set.Policies.Count} policies; only those of `gate/` and Art. 5 of the EU AI Act are mandatory as shipped, every other warns until an adopted set raises it.

        """);

    private static void Framework(StringBuilder text, PolicySet set, Framework framework, List<SupportingRule> rules)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {framework.Title}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"`{framework.Id}`, {framework.Status.ToString().ToLowerInvariant()}{(framework.Version is { } version ? $", {version}" : "")}, {framework.Publisher}. {framework.Applicability}\n");
        if (framework.OnlyWhere is { } only) text.Append(CultureInfo.InvariantCulture, $"Its rules are asked only where `{only}`.\n");

        var supported = framework.Controls.Select(c => (Control: c, Rules: rules.Where(r => r.Supports(framework.Id, c.Ref)).ToList())).Where(static c => c.Rules.Count > 0).ToList();
        var dates = supported.Select(static c => c.Control.Phases).Where(static p => p.Count > 0).DistinctBy(static p => Dates(p), StringComparer.Ordinal).ToList();
        if (dates.Count > 0) text.Append('\n');
        foreach (var phases in dates) text.Append(CultureInfo.InvariantCulture, $"* {Dates(phases)}: {string.Join("; ", phases.Select(static p => $"from {Instants.Text(p.From)} {Cell(p.AppliesTo)}"))}\n");
        if (supported.Count > 0)
        {
            text.Append("\n| control | applies from | rules | they look at | what no rule sees |\n|---|---|---|---|---|\n");
            foreach (var (control, supporting) in supported)
                text.Append(CultureInfo.InvariantCulture, $"| **{control.Ref}** {Cell(control.Title)} | {Dates(control)} | {string.Join("<br>", supporting.Select(static r => r.Rule.Id))} | {LookedAt(set, supporting)} | {Cell(control.Beyond ?? "")} |\n");
        }

        var unseen = framework.Controls.Where(c => supported.TrueForAll(s => s.Control != c) && !IsHeading(c, framework)).ToList();
        if (unseen.Count == 0) return;
        text.Append("\nNo rule looks at:\n\n");
        foreach (var control in unseen) text.Append(CultureInfo.InvariantCulture, $"* {control.Ref}: {control.Title}.{(control.Beyond is { } why ? $" {why}" : "")}\n");
    }

    /// <summary>What only gathers others, as <c>GOVERN 1</c> gathers <c>GOVERN 1.1</c>, says nothing of its own.</summary>
    private static bool IsHeading(FrameworkControl control, Framework framework) =>
        framework.Controls.Any(c => c.Ref.Length > control.Ref.Length && c.Ref.StartsWith(control.Ref, StringComparison.Ordinal) && c.Ref[control.Ref.Length] is '.' or ' ' or '(');

    private static string Dates(FrameworkControl control) =>
        control.Phases.Count > 0 ? Dates(control.Phases) : control.EffectiveFrom is { } from ? Instants.Text(from) : "";

    private static string Dates(IReadOnlyList<FrameworkPhase> phases) => string.Join(" / ", phases.Select(static p => Instants.Text(p.From)));

    private static string LookedAt(PolicySet set, List<SupportingRule> rules)
    {
        var kinds = rules.SelectMany(r => set.EvidenceOf(r.Rule.Id)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var facts = rules.SelectMany(r => set.FactsOf(r.Rule.Id)).Where(f => f != "evidence" || kinds.Count == 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return string.Join(", ", facts.Select(static f => $"`{f}`").Concat(kinds.Count > 0 ? [$"documents: {string.Join(", ", kinds)}"] : []));
    }

    private static void Rules(StringBuilder text, PolicySet set, List<SupportingRule> rules)
    {
        text.Append("\n## Rules\n\n| rule | what it wants | policy | level | applies from | asked where | waivable |\n|---|---|---|---|---|---|---|\n");
        foreach (var (policy, rule) in rules)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {rule.Id} | {Cell(rule.Title)} | [{policy.Name}](../policies/{policy.Path}) | {Level(policy)} | {(rule.EffectiveFrom is { } from ? Instants.Text(from) : "")} | {Where(policy)} | {(rule.Waivable ? "yes" : "")} |\n");
        }
    }

    private static void Evidence(StringBuilder text, PolicySet set, List<SupportingRule> rules)
    {
        text.Append("\n## Documents\n\nKinds of evidence (`mlgov attach --kind`), and the rules that look for them.\n\n| kind | what it is | rules |\n|---|---|---|\n");
        foreach (var kind in set.EvidenceKinds)
        {
            var looking = rules.Where(r => set.EvidenceOf(r.Rule.Id).Contains(kind.Code, StringComparer.Ordinal)).Select(static r => r.Rule.Id).ToList();
            text.Append(CultureInfo.InvariantCulture, $"| {kind.Code} | {Cell(kind.Title)} | {string.Join(", ", looking)} |\n");
        }
    }

    private static string Level(PolicyDocument policy)
    {
        var levels = policy.Enforcement.Environments.Select(static e => $"{e.Key}: {e.Value.ToString().ToLowerInvariant()}").Prepend(policy.Enforcement.Default.ToString().ToLowerInvariant());
        return string.Join(", ", levels);
    }

    private static string Where(PolicyDocument policy)
    {
        var actions = policy.Match.Actions.Count == 0 ? "every action" : string.Join(", ", policy.Match.Actions);
        return policy.Match.Conditions.Count == 0 ? actions : $"{actions}; {string.Join(", ", policy.Match.Conditions.Select(static c => c.Key))}";
    }

    /// <summary>Nothing that would end a cell of a table.</summary>
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private sealed record SupportingRule(PolicyDocument Policy, PolicyRule Rule)
    {
        public bool Supports(string framework, string reference) => Rule.Controls.Any(c => c.Framework == framework && c.Ref == reference);
    }
}
