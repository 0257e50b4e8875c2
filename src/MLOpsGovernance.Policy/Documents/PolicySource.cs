using MLOpsGovernance.Policy.Facts;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>A policy as read: its public description, and its expressions with their places.</summary>
internal sealed record PolicySource(
    PolicyDocument Document, FactSchema Parameters, byte[] Defaults, YamlNode? ParametersAt,
    IReadOnlyList<NamedExpression> Conditions, IReadOnlyList<NamedExpression> Variables, IReadOnlyList<RuleSource> Rules,
    IReadOnlyList<NamedExpression> Annotations, IReadOnlyList<EnvironmentMention> Environments)
{
    /// <summary>With the rules that have a date put in force before it, where they are meant.</summary>
    public PolicySource Early(Func<PolicyRule, bool> isMeant)
    {
        PolicyRule Of(PolicyRule rule) => rule.EffectiveFrom is not null && isMeant(rule) ? rule with { AdoptedEarly = true } : rule;
        return this with { Document = Document with { Rules = [.. Document.Rules.Select(Of)] }, Rules = [.. Rules.Select(r => r with { Rule = Of(r.Rule) })] };
    }
}

internal sealed record NamedExpression(string Name, YamlScalar Expression);

internal sealed record RuleSource(PolicyRule Rule, YamlScalar IdAt, YamlScalar Expression, YamlScalar? Message, IReadOnlyList<YamlNode> ControlsAt, YamlNode? EffectiveFromAt);
