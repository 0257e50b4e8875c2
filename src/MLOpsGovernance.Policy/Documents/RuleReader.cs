using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>Reads the rules of a policy.</summary>
internal static class RuleReader
{
    public static IReadOnlyList<RuleSource> Read(Section spec)
    {
        var from = spec.Instant("effectiveFrom", required: false);
        var early = spec.Flag("adoptEarly", false);
        var rules = new List<RuleSource>();
        foreach (var item in spec.Items("rules", "A rule", PolicyForm.Rule.Names, required: true))
        {
            if (Rule(item, from, early, spec.Find("effectiveFrom")) is { } rule) rules.Add(rule);
        }

        if (rules.Count == 0 && spec.Find("rules") is YamlSequence { Items.Count: 0 } empty)
            spec.Error(empty, "policy.no-rules", "A policy has at least one rule; an empty one would allow everything.");
        if (early && rules.Count > 0 && rules.TrueForAll(static r => r.Rule.EffectiveFrom is null))
            spec.Error(spec.Find("adoptEarly")!, "policy.ignored", "'adoptEarly' would be ignored: no rule has a date that it waits for.");
        return rules;
    }

    /// <param name="from">The date of the whole policy, for rules without one of their own.</param>
    private static RuleSource? Rule(Section rule, DateTimeOffset? from, bool early, YamlNode? fromAt)
    {
        var (id, title, expression) = (rule.Scalar("id"), rule.Text("title"), rule.Scalar("expression"));
        var (message, remediation) = (rule.Scalar("message"), rule.Text("remediation"));
        if (message is not null && message.Text.TrimEnd().AsSpan().ContainsAny('\r', '\n'))
            rule.Error(message, "policy.message", "'message' is one line.");
        if (id is not null && (id.Text.Length > 128 || !id.Text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':')))
            rule.Error(id, "policy.rule-id", $"'{id.Text}' is no rule id: letters, digits, '-', '_', '.' and ':', at most 128.");

        var controls = new List<ControlRef>();
        var places = new List<YamlNode>();
        foreach (var control in rule.Items("controls", "A control", PolicyForm.Control.Names, required: true))
        {
            if (control.Text("framework") is not { } framework || control.Text("ref") is not { } reference) continue;
            controls.Add(new(framework, reference));
            places.Add(control.Node);
        }

        if (rule.Find("controls") is YamlSequence { Items.Count: 0 } none) rule.Error(none, "policy.no-control", "A rule names at least one control that it supports.");
        var effective = rule.Instant("effectiveFrom", required: false) ?? from;
        if (id is null || title is null || expression is null || message is null || remediation is null) return null;
        return new(
            new(id.Text, title, expression.Text, message.Text.TrimEnd(), remediation, controls, rule.Flag("waivable", false), effective, early && effective is not null,
                rule.Text("description", required: false), id.Line, id.Column),
            id, expression, rule.Scalar("messageExpression", required: false), places, rule.Find("effectiveFrom") ?? fromAt);
    }
}
