using MLOpsGovernance.Policy.Rules;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Testing;

/// <summary>A test file as read.</summary>
internal sealed record TestDocument(
    string File, CompiledPolicy Policy, PolicyFile? Waivers, YamlMapping BaseFacts, TestSettings Settings, IReadOnlyList<TestCase> Cases);

/// <summary>What a file states and a case may override.</summary>
internal sealed record TestSettings(DateTimeOffset? Now, IReadOnlyDictionary<string, IReadOnlyList<string>>? Principals, YamlMapping? Parameters, string? Action, string? Environment)
{
    public TestSettings Or(TestSettings other) =>
        new(Now ?? other.Now, Principals ?? other.Principals, Parameters ?? other.Parameters, Action ?? other.Action, Environment ?? other.Environment);
}

internal sealed record TestCase(
    string Name, YamlNode At, TestSettings Settings, IReadOnlyList<PatchStep> Patch, string? Decision, string? Outcome,
    IReadOnlyDictionary<string, string> Rules, IReadOnlyDictionary<string, string> Messages);

/// <summary>One operation of RFC 6902: add, replace or remove.</summary>
internal sealed record PatchStep(string Operation, string Path, YamlNode? Value, YamlNode At);
