using MLOpsGovernance.Policy.Cel;
using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Library;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;
using Shouldly;
using Environment = MLOpsGovernance.Policy.Cel.Types.Environment;

namespace MLOpsGovernance.Tests.PolicyCel;

/// <summary>Short forms for tests of single expressions.</summary>
internal static class Cel
{
    /// <summary>What a rule may cost where nothing else is said.</summary>
    public const long Limit = 1_000_000;

    /// <summary>Checked, with any variables as dyn; both evaluators, which must agree in value and cost.</summary>
    public static CelValue Evaluate(string expression, params (string Name, CelValue Value)[] variables) => Evaluate(expression, false, Limit, variables);

    public static CelValue Evaluate(string expression, bool lenient, long limit, params (string Name, CelValue Value)[] variables)
    {
        var environment = new Environment(StandardLibrary.Functions);
        foreach (var (name, _) in variables) environment.Declare(name, CelType.Dyn);
        var (program, issues) = CelProgram.Compile(expression, environment, lenient);
        program.ShouldNotBeNull(string.Join(" ", issues.Select(static i => i.Message)));

        var globals = variables.Select(static v => v.Value).ToArray();
        var (compiled, traced) = (new Frame(globals, program.Locals) { Limit = limit }, new Frame(globals, program.Locals) { Limit = limit });
        var (value, other) = (program.Evaluate(compiled), program.Trace(traced).Value);
        Text(other).ShouldBe(Text(value), expression);
        traced.Spent.ShouldBe(compiled.Spent, expression);
        return value;
    }

    public static string Text(in CelValue value) => $"{TypeNames.Of(value)} {ValueText.Json(value, 1_000_000)}";

    public static IReadOnlyList<CelIssue> Issues(string expression) =>
        CelProgram.Compile(expression, new Environment(StandardLibrary.Functions)).Issues;
}
