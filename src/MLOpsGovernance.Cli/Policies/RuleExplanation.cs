using System.Globalization;
using System.Text.Json.Nodes;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>One rule in plain words.</summary>
internal static class RuleExplanation
{
    public static void ShowAll(Screen screen, PolicySet set, PolicyVerdict? verdict)
    {
        foreach (var policy in set.Policies)
        {
            screen.Say($"{policy.Name} {policy.Version}  {policy.Title}");
            screen.Say($"    on {PolicyText.Actions(policy)}: {PolicyText.Levels(policy, set)}{Conditions(policy)}");
            foreach (var rule in policy.Rules)
            {
                var said = verdict?.Rules.FirstOrDefault(r => r.Rule == rule.Id);
                screen.Say($"    {rule.Id}  {rule.Title}{(rule.Waivable ? " (waivable)" : "")}{(said is null ? verdict is null ? "" : ": not asked" : $": {PolicyText.Wire(said.Result)}{(said.Why.Count > 0 ? $", {said.Message}" : "")}")}");
            }
        }

        if (verdict is not null) screen.Say($"together: {verdict.Outcome.ToString().ToLowerInvariant()}{(verdict.Matched ? "" : ", as no mandatory rule was judged")}");
    }

    public static void Show(Screen screen, PolicyFolder folder, PolicySet set, PolicyDocument policy, PolicyRule rule, RuleVerdict? verdict)
    {
        screen.Say($"{rule.Id}  {rule.Title}");
        Line("policy", $"{policy.Name} {policy.Version}, {policy.Severity.ToString().ToLowerInvariant()} severity, {folder.At(policy.Path, rule.Line, rule.Column)}");
        Line("asked on", $"{PolicyText.Actions(policy)}{Conditions(policy)}");
        Line("holds", PolicyText.Levels(policy, set));
        if (rule.EffectiveFrom is { } from) Line("in force", $"from {from.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{(rule.AdoptedEarly ? ", adopted early" : "")}");
        Line("wants", rule.Description ?? rule.Title);
        Line("written as", PolicyText.OneLine(rule.Expression));
        Line("looks at", set.FactsOf(rule.Id) is { Count: > 0 } facts ? string.Join(", ", facts) : "no fact");
        Line("if not met", rule.Message);
        if (rule.Remediation is { } remediation) Line("to do", PolicyText.OneLine(remediation));
        Line("waivable", Waivers(policy, rule));
        Line("supports", string.Join("; ", rule.Controls.Select(static c => $"{c.Framework} {c.Ref}")));
        if (verdict is not null) Verdict(screen, verdict);

        void Line(string name, string text) => screen.Say($"  {name.PadRight(11)} {text}");
    }

    public static JsonNode Json(PolicySet set, PolicyDocument policy, PolicyRule rule, RuleVerdict? verdict)
    {
        var json = new JsonObject
        {
            ["rule"] = rule.Id,
            ["title"] = rule.Title,
            ["description"] = rule.Description,
            ["policy"] = policy.Name,
            ["file"] = policy.Path,
            ["line"] = rule.Line,
            ["actions"] = new JsonArray([.. policy.Match.Actions.Select(static a => (JsonNode)a)]),
            ["levels"] = new JsonObject(PolicyText.LevelOf(policy, set).Select(static l => KeyValuePair.Create(l.Environment, (JsonNode?)PolicyText.Wire(l.Level)))),
            ["effectiveFrom"] = rule.EffectiveFrom?.ToString("O", CultureInfo.InvariantCulture),
            ["expression"] = rule.Expression,
            ["facts"] = new JsonArray([.. set.FactsOf(rule.Id).Select(static f => (JsonNode)f)]),
            ["message"] = rule.Message,
            ["remediation"] = rule.Remediation,
            ["waivable"] = rule.Waivable,
            ["controls"] = new JsonArray([.. rule.Controls.Select(static c => (JsonNode)new JsonObject { ["framework"] = c.Framework, ["ref"] = c.Ref })]),
        };
        if (verdict is null) return json;
        json["verdict"] = new JsonObject
        {
            ["result"] = PolicyText.Wire(verdict.Result),
            ["level"] = PolicyText.Wire(verdict.Level),
            ["message"] = verdict.Message,
            ["why"] = new JsonArray([.. verdict.Why.Select(static w => (JsonNode)new JsonObject { ["expr"] = w.Expr, ["offset"] = w.Offset, ["value"] = w.Value })]),
        };
        return json;
    }

    private static void Verdict(Screen screen, RuleVerdict verdict)
    {
        screen.Say($"  here        {PolicyText.Wire(verdict.Result)} ({PolicyText.Wire(verdict.Level)}): {verdict.Message}");
        foreach (var why in verdict.Why) screen.Say($"                because {why.Expr} is {why.Value}");
    }

    private static string Conditions(PolicyDocument policy) =>
        policy.Match.Conditions.Count == 0 ? "" : $", only where {string.Join(" and ", policy.Match.Conditions.Select(static c => $"{c.Key} ({PolicyText.OneLine(c.Value)})"))}";

    private static string Waivers(PolicyDocument policy, PolicyRule rule) =>
        !rule.Waivable || policy.Waivers is not { } limits ? "no"
        : string.Create(CultureInfo.InvariantCulture, $"for at most {limits.MaxDuration.TotalHours:0.##} h, approved by {string.Join(" or ", limits.ApproverRoles)}{(limits.RequireCompensatingControl ? ", with a compensating control" : "")}");
}
