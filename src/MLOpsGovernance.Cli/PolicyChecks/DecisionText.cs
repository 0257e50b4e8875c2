using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.PolicyChecks;

/// <summary>A decision for the person who reads the pipeline's log: what stands in the way first, and what to do about it.</summary>
internal static class DecisionText
{
    public static void Write(Screen screen, GateDecision decision, CheckQuestion question)
    {
        var rules = decision.Rules.ToList();
        switch (decision.Outcome)
        {
            case GateDecision.Allow:
                screen.Say($"[green]allowed[/]  {question}");
                break;
            case GateDecision.Warn:
                screen.Say($"[yellow]allowed with warnings[/]  {question}");
                break;
            case GateDecision.Deny:
                screen.Say($"[red]denied[/]  {question}");
                break;
            default:
                screen.Say($"[red]no decision[/]  {question}: a rule could not be evaluated, so nothing is allowed");
                break;
        }

        Rules(screen, rules, decision.Json.TextOf("code"));
        foreach (var (name, value) in decision.Json.PairsOf("annotations")) screen.Say($"  {name}: {value}");
        if (decision.WaitsForPeople) screen.Say($"  Only people's steps are missing; --wait 30m waits for them.");
        Footer(screen, decision, question);
    }

    /// <summary>What the rules said, those in the way first, and then who has to do what so that they hold.</summary>
    public static void Rules(Screen screen, IReadOnlyList<RuleLine> rules, string? code)
    {
        if (Reason(code) is { } reason) screen.Say($"  {reason}");
        foreach (var rule in rules.Where(rule => rule.Blocks)) Blocking(screen, rule);
        if (rules.Any(rule => rule.Blocks)) WarningsBeside(screen, [.. rules.Where(rule => rule.Warns)]);
        else foreach (var rule in rules.Where(rule => rule.Warns)) Warning(screen, rule);
        foreach (var rule in rules.Where(rule => rule.Result == "waived")) Waived(screen, rule);
        List<MissingLine> missing = [.. rules.Where(rule => rule.Blocks).SelectMany(rule => rule.Missing).Distinct()];
        if (missing.Count > 0) screen.Say($"  still missing:");
        foreach (var step in missing) screen.Say($"    {step.What} ({step.Who})");
        foreach (var policy in rules.Where(rule => rule.Result == "notYetInForce").GroupBy(rule => (rule.Policy, From: rule.EffectiveFrom?.Split('T')[0] ?? "a later day")))
            screen.Say($"  not yet in force  {policy.Key.Policy}: {(policy.Count() == 1 ? "1 rule" : FormattableString.Invariant($"{policy.Count()} rules"))}, from {policy.Key.From}");
    }

    private static void Warning(Screen screen, RuleLine rule)
    {
        screen.Say($"  [yellow]warning[/]  {rule.Name}: {rule.Message}");
        if (rule.Remediation is { } remediation) screen.Say($"        to do: {remediation}");
    }

    /// <summary>What would only warn is named, so that it does not bury what stands in the way.</summary>
    private static void WarningsBeside(Screen screen, IReadOnlyList<RuleLine> warnings)
    {
        foreach (var policy in warnings.GroupBy(rule => rule.Policy, StringComparer.Ordinal)) screen.Say($"  [yellow]warning[/]  {policy.Key}: {string.Join(", ", policy.Select(rule => rule.Rule))}");
        if (warnings.Count > 0) screen.Say($"        Warnings do not stand in the way; --output json has all that they say.");
    }

    private static void Blocking(Screen screen, RuleLine rule)
    {
        if (rule.Result == "error") Explain(screen, rule, $"  [red]error[/]  {rule.Name}: {rule.Message}");
        else Explain(screen, rule, $"  [red]fail[/]  {rule.Name}: {rule.Message}");
    }

    /// <summary>Never passed: what the rule says stands first.</summary>
    private static void Waived(Screen screen, RuleLine rule)
    {
        screen.Say($"  [yellow]waived[/]  {rule.Name}: {rule.Message}");
        screen.Say($"        by {rule.Waiver ?? "a waiver"} until {rule.WaivedUntil ?? "an unknown time"}; without it: {rule.Underlying ?? "fail"}");
    }

    private static void Explain(Screen screen, RuleLine rule, FormattableString first)
    {
        screen.Say(first);
        foreach (var why in rule.Why) screen.Say($"        because {why}");
        foreach (var origin in rule.Origins) screen.Say($"        from {origin}");
        if (rule.Remediation is { } remediation) screen.Say($"        to do: {remediation}");
    }

    private static void Footer(Screen screen, GateDecision decision, CheckQuestion question)
    {
        if (question.DryRun) screen.Say($"  decision {decision.Id}: a dry run, nothing can be deployed on it");
        else if (decision.Allowed && decision.Json.TextOf("validUntil") is { } until) screen.Say($"  decision {decision.Id}, valid until {until}");
        else screen.Say($"  decision {decision.Id}");
    }

    private static string? Reason(string? code) => code switch
    {
        null => null,
        "model-unknown" => "The server knows no such model. (model-unknown)",
        "version-unknown" => "The model has no such version. (version-unknown)",
        "environment-unknown" => "The server knows no such environment. (environment-unknown)",
        "no-policy-matched" => "No mandatory policy in force covers this deployment, and a gated environment takes nothing uncovered. (no-policy-matched)",
        "no-policy-set" => "No policies are in force. (no-policy-set)",
        _ => code,
    };
}
