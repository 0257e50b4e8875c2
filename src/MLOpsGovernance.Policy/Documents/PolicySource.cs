using MLOpsGovernance.Policy.Facts;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>A policy as read: its public description, and its expressions with their places.</summary>
internal sealed record PolicySource(
    PolicyDocument Document, FactSchema Parameters, byte[] Defaults, YamlNode? ParametersAt,
    IReadOnlyList<NamedExpression> Conditions, IReadOnlyList<NamedExpression> Variables, IReadOnlyList<RuleSource> Rules,
    IReadOnlyList<NamedExpression> Annotations, IReadOnlyList<EnvironmentMention> Environments);

internal sealed record NamedExpression(string Name, YamlScalar Expression);

internal sealed record RuleSource(PolicyRule Rule, YamlScalar IdAt, YamlScalar Expression, YamlScalar? Message, IReadOnlyList<YamlNode> ControlsAt);
