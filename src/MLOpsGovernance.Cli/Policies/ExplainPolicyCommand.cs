using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>What the rules of a set want, for people who read no expressions; and what they say about given facts.</summary>
internal static class ExplainPolicyCommand
{
    public static Command Create(Globals globals)
    {
        var folder = new Option<string>("--folder") { Description = "Folder with the documents of one policy set [default: policies]", HelpName = "FOLDER" };
        var rule = new Argument<string>("RULE") { Description = "Id of a rule [default: all of them, briefly]", Arity = ArgumentArity.ZeroOrOne };
        var facts = new Option<string>("--facts") { Description = "Facts, JSON or YAML, to judge by the rules; the explanation says how each comes out and why", HelpName = "FILE" };
        var action = Globals.Choice("--action", "With --facts: what is to be done [default: release.action]", [.. PolicyActions.All]);
        var environment = new Option<string>("--environment") { Description = "With --facts: where [default: release.environment]", HelpName = "NAME" };
        var now = new Option<DateTimeOffset?>("--now") { Description = "With --facts: the instant to judge at, RFC 3339 [default: now]", HelpName = "TIME", CustomParser = Instant };
        return new Command("explain", "Explain rules in plain words: what each wants, where it holds and how strictly, what it looks at, how to fix a failure and which controls it supports.")
        {
            rule, folder, facts, action, environment, now,
        }.Runs(globals, (run, _) =>
        {
            if (run.Given(facts) is null && (run.Has(action) || run.Has(environment) || run.Has(now))) throw CommandFailedException.Usage("--action, --environment and --now are about --facts FILE, which is not given.");
            var read = PolicyFolder.Read(run.Given(folder));
            var set = read.SetOrFail(run.Screen);
            var rules = Chosen(set, run.Given(rule));
            var verdict = run.Given(facts) is { } file ? set.Evaluate(FactsFile.Query(file, run.Given(action), run.Given(environment), run.Given(now) ?? run.Around.Time.GetUtcNow())) : null;
            if (run.IsJson) run.Screen.Raw(new JsonArray([.. rules.Select(r => RuleExplanation.Json(set, r.Policy, r.Rule, Of(verdict, r.Rule)))]).ToJsonString());
            else if (run.Given(rule) is not null) RuleExplanation.Show(run.Screen, read, set, rules[0].Policy, rules[0].Rule, Of(verdict, rules[0].Rule));
            else RuleExplanation.ShowAll(run.Screen, set, verdict);
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static RuleVerdict? Of(PolicyVerdict? verdict, PolicyRule rule) => verdict?.Rules.FirstOrDefault(r => r.Rule == rule.Id);

    private static List<(PolicyDocument Policy, PolicyRule Rule)> Chosen(PolicySet set, string? id)
    {
        var all = set.Policies.SelectMany(static p => p.Rules.Select(r => (Policy: p, Rule: r))).ToList();
        if (id is null) return all;
        return all.Where(r => r.Rule.Id == id).ToList() is { Count: > 0 } found
            ? found
            : throw CommandFailedException.Usage($"There is no rule '{id}'; the rules are {string.Join(", ", all.Select(static r => r.Rule.Id))}.");
    }

    private static DateTimeOffset? Instant(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)) return instant;
        result.AddError($"'{text}' is no instant; write it as 2026-11-23T12:00:00Z.");
        return null;
    }
}
