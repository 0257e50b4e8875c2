using System.Text.Json.Nodes;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>
/// Test results for programs: one list, as <c>opa test --format json</c> gives it. A gap in the coverage and a change that no test noticed stand in it as failed
/// entries of their own, so that whoever only counts failures counts them too.
/// </summary>
internal static class PolicyTestJson
{
    public static JsonArray Of(PolicyTestReport report) =>
    [
        .. report.Results.Select(static r => Case(r)),
        .. report.Gaps.Select(static g => Missing(g.File, g.Rule, g.Policy, $"{g.Rule.Id} is seen {Wire(g.Missing)}", "test.coverage", $"No passing case sees {g.Rule.Id} {Wire(g.Missing)}.")),
        .. report.Survivors.Select(static s => Missing(s.File, s.Rule, s.Policy, $"a test notices: {s.Change}", "test.mutation", $"Somebody {s.Change}, and every test still passes.")),
    ];

    public static string Wire(RuleOutcome outcome) => outcome == RuleOutcome.Pass ? "passing" : "failing";

    private static JsonNode Case(PolicyTestResult result)
    {
        var json = Entry(result.File, result.Line, result.Column, result.Policy, result.Name, (long)result.Duration.TotalNanoseconds);
        if (result.Error is { } error) json["error"] = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };
        else if (result.Failures.Count > 0)
        {
            json["fail"] = true;
            json["error"] = new JsonObject { ["code"] = "test.expectation", ["message"] = string.Join("; ", result.Failures) };
        }

        return json;
    }

    private static JsonNode Missing(string file, PolicyRule? rule, string policy, string name, string code, string message)
    {
        var json = Entry(file, rule?.Line ?? 1, rule?.Column ?? 1, policy, name, 0);
        json["fail"] = true;
        json["error"] = new JsonObject { ["code"] = code, ["message"] = message };
        return json;
    }

    private static JsonObject Entry(string file, int row, int column, string policy, string name, long duration) => new()
    {
        ["location"] = new JsonObject { ["file"] = file, ["row"] = row, ["col"] = column },
        ["policy"] = policy,
        ["name"] = name,
        ["duration"] = duration,
    };
}
