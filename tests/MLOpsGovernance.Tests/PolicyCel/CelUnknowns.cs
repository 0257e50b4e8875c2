using MLOpsGovernance.Policy.Cel;
using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Library;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;
using Shouldly;
using Xunit;
using Environment = MLOpsGovernance.Policy.Cel.Types.Environment;

namespace MLOpsGovernance.Tests.PolicyCel;

/// <summary>"What is still missing?": facts that are not known yet are neither values nor errors.</summary>
public sealed class CelUnknowns
{
    private static string Evaluate(string expression)
    {
        var environment = new Environment(StandardLibrary.Functions);
        environment.Declare("u", CelType.Dyn);
        environment.Declare("v", CelType.Dyn);
        environment.Declare("known", CelType.Int);
        var program = CelProgram.Compile(expression, environment).Program!;
        var frame = new Frame([CelValue.Of(new CelUnknown(["u"])), CelValue.Of(new CelUnknown(["v"])), CelValue.Of(1L)], program.Locals) { HasUnknowns = true };
        return program.Trace(frame).Value.ToString();
    }

    [Theory]
    [InlineData("false && u", "false")]
    [InlineData("u && false", "false")]
    [InlineData("true || u", "true")]
    [InlineData("u || true", "true")]
    [InlineData("[u, 1].exists(x, x == 1)", "\"unknown: u\"")]
    [InlineData("[1, 2].exists(x, x == 1 || u)", "true")]
    [InlineData("known == 1 ? 'yes' : string(u)", "\"yes\"")]
    public void Do_not_matter_where_the_rest_decides(string expression, string value) => Evaluate(expression).ShouldBe(value);

    [Theory]
    [InlineData("u", "u")]
    [InlineData("u.field", "u")]
    [InlineData("has(u.field)", "u")]
    [InlineData("u == v", "u, v")]
    [InlineData("v == u", "u, v")]
    [InlineData("u && v", "u, v")]
    [InlineData("u || false", "u")]
    [InlineData("[u, v].size() > 0", "u, v")]
    [InlineData("{'a': u, 'b': v}", "u, v")]
    [InlineData("u.exists(x, x == 1)", "u")]
    [InlineData("[1, 2].filter(x, x == u)", "u")]
    [InlineData("[1, 2].all(x, x > 0 && u)", "u")]
    [InlineData("u ? 1 : 2", "u")]
    [InlineData("cel.bind(x, u, x)", "u")]
    public void Pass_through_everything_that_needs_them(string expression, string facts) => Evaluate(expression).ShouldBe($"\"unknown: {facts}\"");

    [Theory]
    [InlineData("1 / 0 == 1 && u", "u")]
    [InlineData("u && 1 / 0 == 1", "u")]
    [InlineData("u == 1 / 0", "u")]
    [InlineData("1 / 0 == u", "u")]
    public void Win_over_errors_because_they_may_still_turn_out_well(string expression, string facts) => Evaluate(expression).ShouldBe($"\"unknown: {facts}\"");
}
