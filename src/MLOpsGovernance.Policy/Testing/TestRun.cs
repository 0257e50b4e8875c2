using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy.Cel.Values;
using MLOpsGovernance.Policy.Documents;
using MLOpsGovernance.Policy.Facts;
using MLOpsGovernance.Policy.Waivers;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Testing;

/// <summary>Runs one case against its policy alone.</summary>
internal static class TestRun
{
    public static PolicyTestResult Run(PolicySet set, TestDocument document, TestCase @case)
    {
        var started = Stopwatch.GetTimestamp();
        var (verdict, problem) = Evaluate(set, document, @case);
        return new(document.File, @case.At.Line, @case.At.Column, document.Policy.Document.Name, @case.Name,
            verdict is null ? [] : [.. Differences(@case, verdict)],
            problem is null ? null : new(document.File, @case.At.Line, @case.At.Column, "test.case", problem), verdict, Stopwatch.GetElapsedTime(started));
    }

    private static (PolicyVerdict? Verdict, string? Problem) Evaluate(PolicySet set, TestDocument document, TestCase @case)
    {
        var settings = @case.Settings.Or(document.Settings);
        var facts = JsonNode.Parse(YamlJson.Utf8(document.BaseFacts))!;
        foreach (var step in @case.Patch)
        {
            if (FactPatch.Apply(facts, step) is { } wrong) return (null, $"The patch cannot be applied: {wrong}.");
        }

        var waivers = new List<Waiver>();
        if (document.Waivers is { } file)
        {
            var (waiver, errors) = WaiverFile.Read(file, subject => settings.Principals?.GetValueOrDefault(subject) ?? []);
            if (waiver is null) return (null, $"{errors[0].File}:{errors[0].Line}: {errors[0].Message}");
            waivers.Add(waiver);
        }

        var (action, environment) = (settings.Action ?? Text(facts, "action"), settings.Environment ?? Text(facts, "environment"));
        if (action is null || environment is null)
            return (null, "The test states neither 'action' and 'environment' nor the facts release.action and release.environment.");

        var (parameters, problem) = Parameters(document, settings);
        if (problem is not null) return (null, problem);

        var json = CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(facts).AsMemory());
        return (set.Evaluate(new(action, environment, false, json, settings.Now!.Value, waivers), [document.Policy], parameters), null);
    }

    private static string? Text(JsonNode facts, string field) =>
        facts["release"] is JsonObject release && release[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static (CelValue[]? Values, string? Problem) Parameters(TestDocument document, TestSettings settings)
    {
        if (settings.Parameters is not { } given) return (null, null);
        var schema = document.Policy.Parameters;
        var (values, problem) = FactReader.Read(ParameterReader.Override(document.Policy.Defaults, given), schema, ParameterReader.Everything(schema));
        for (var i = 0; i < values.Length && problem is null; i++) problem = ParameterReader.FirstError(values[i]);
        return problem is null ? (values, null) : (null, $"A parameter does not fit its declaration: {problem}.");
    }

    private static IEnumerable<string> Differences(TestCase @case, PolicyVerdict verdict)
    {
        var decision = verdict.Outcome is PolicyOutcome.Allow or PolicyOutcome.Warn ? "allow" : "deny";
        if (@case.Decision is { } expected && expected != decision) yield return $"expected decision {expected}, got {decision} ({Wire(verdict.Outcome)})";
        if (@case.Outcome is { } outcome && outcome != Wire(verdict.Outcome)) yield return $"expected outcome {outcome}, got {Wire(verdict.Outcome)}";
        foreach (var (id, result) in @case.Rules)
        {
            var rule = verdict.Rules.FirstOrDefault(r => r.Rule == id);
            if (rule is null) yield return $"expected {id} to be {result}, but the policy is not meant for this action and environment";
            else if (Wire(rule.Result) != result) yield return $"expected {id} to be {result}, got {Wire(rule.Result)}: {rule.Message}";
        }

        foreach (var (id, part) in @case.Messages)
        {
            var message = verdict.Rules.FirstOrDefault(r => r.Rule == id)?.Message;
            if (message?.Contains(part, StringComparison.Ordinal) != true) yield return $"expected the message of {id} to contain '{part}', got '{message}'";
        }
    }

    private static string Wire<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
