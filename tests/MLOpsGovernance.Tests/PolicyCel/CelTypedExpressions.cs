using CsCheck;
using MLOpsGovernance.Policy.Cel;
using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Library;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;
using Shouldly;
using Xunit;
using Environment = MLOpsGovernance.Policy.Cel.Types.Environment;

namespace MLOpsGovernance.Tests.PolicyCel;

/// <summary>What the checker accepted, both evaluators answer alike, for no more than was estimated from the declared bounds.</summary>
public sealed class CelTypedExpressions
{
    private static readonly (string Name, CelType Type, CelValue Value, Extent Bounds)[] Variables = Declared();
    private static readonly Environment Declarations = Declare();

    private static (string, CelType, CelValue, Extent)[] Declared()
    {
        var part = new ObjectType("Part") { Fields = [new("size", CelType.Int, true, Extent.Scalar)] };
        var record = new ObjectType("Record")
        {
            Fields = [new("done", CelType.Bool, false, Extent.Scalar), new("note", CelType.String, true, new(12)), new("part", part, false, Extent.Scalar)],
        };
        var map = new CelMap(0);
        map.TryAdd(CelValue.Of("a"), CelValue.Of(5L));
        map.TryAdd(CelValue.Of("b"), CelValue.Of(-1L));
        return
        [
            ("flag", CelType.Bool, CelValue.True, Extent.Scalar),
            ("n", CelType.Int, CelValue.Of(3L), Extent.Scalar),
            ("d", CelType.Double, CelValue.Of(0.25), Extent.Scalar),
            ("s", CelType.String, CelValue.Of("abcé😀"), new(6)),
            ("xs", CelType.List(CelType.Int), CelValue.Of(new CelList([CelValue.Of(4L), CelValue.Of(-2L), CelValue.Of(4L)])), new(3, Extent.Scalar)),
            ("ss", CelType.List(CelType.String), CelValue.Of(new CelList([CelValue.Of("x"), CelValue.Of("yy")])), new(2, new(2))),
            ("m", CelType.Map(CelType.String, CelType.Int), CelValue.Of(map), new(2, Extent.Scalar, new(1))),
            ("now", CelType.Timestamp, CelTimestamp.Parse("2026-08-10T12:00:00Z"), Extent.Scalar),
            ("age", CelType.Duration, CelDuration.Parse("36h"), Extent.Scalar),
            ("record", record, CelValue.Of(new CelObject(record, [CelValue.True, default, CelValue.Of(new CelObject(part, [CelValue.Of(8L)]))])), Extent.Scalar),
        ];
    }

    private static Environment Declare()
    {
        var environment = new Environment(StandardLibrary.Functions);
        foreach (var (name, type, _, bounds) in Variables) environment.Declare(name, type, bounds);
        return environment;
    }

    private static long _tried, _checked;

    private static void Try(string expression, long limit)
    {
        Interlocked.Increment(ref _tried);
        // Empty lists may be taken for lists of different types in one expression.
        if (CelProgram.Compile(expression, Declarations).Program is not { } program) return;
        Interlocked.Increment(ref _checked);
        var globals = Array.ConvertAll(Variables, static v => v.Value);
        var (compiled, traced) = (new Frame(globals, program.Locals) { Limit = limit }, new Frame(globals, program.Locals) { Limit = limit });
        var (value, other) = (program.Evaluate(compiled), program.Trace(traced).Value);
        if (Cel.Text(value) != Cel.Text(other)) other.ToString().ShouldBe(value.ToString(), expression);
        if (traced.Spent != compiled.Spent) traced.Spent.ShouldBe(compiled.Spent, expression);
        // A charge that ended the evaluation was not worked off.
        var estimate = new CostEstimate().Total(program.Root);
        if (!compiled.IsExhausted && compiled.Spent > estimate) compiled.Spent.ShouldBeLessThanOrEqualTo(estimate, expression);
        if (value.IsValue && program.Type.ValueKind is not CelKind.None and var kind && value.Kind != kind) value.Kind.ShouldBe(kind, expression);
    }

    [Fact]
    public void Give_the_same_value_of_the_inferred_type_for_no_more_than_the_estimate()
    {
        CelTypedGenerator.Expression(3).Sample(static expression => Try(expression, Cel.Limit), iter: 110_000);
        _tried.ShouldBeGreaterThanOrEqualTo(110_000);
        _checked.ShouldBeGreaterThanOrEqualTo(100_000);
    }

    [Fact]
    public void Give_the_same_error_where_the_budget_ends_in_the_middle() =>
        Gen.Select(CelTypedGenerator.Expression(2), Gen.Int[0, 80]).Sample(static (expression, limit) => Try(expression, limit), iter: 20_000);
}
