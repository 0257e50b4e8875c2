using BenchmarkDotNet.Attributes;
using MLOpsGovernance.Policy.Cel;
using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Library;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Benchmarks.Policies;

/// <summary>The commonest rules by far: a field of a record against something. Target: at most 80 ns and nothing allocated.</summary>
[MemoryDiagnoser]
public class TypedComparison
{
    private Frame _frame = null!;
    private CelProgram _program = null!;

    [Params("model.risk == 'high'", "model.risk != 'prohibited'", "model.tier <= 2", "model.tier > 1 && model.risk == 'high'", "now - model.at <= duration('720h')")]
    public string Rule { get; set; } = "";

    [GlobalSetup]
    public void Compile()
    {
        var model = new ObjectType("Model")
        {
            Fields = [new("risk", CelType.String, false, new(32)), new("tier", CelType.Int, false, Extent.Scalar), new("at", CelType.Timestamp, false, Extent.Scalar)],
        };
        var environment = new Policy.Cel.Types.Environment(StandardLibrary.Functions);
        environment.Declare("model", model);
        environment.Declare("now", CelType.Timestamp);
        _program = CelProgram.Compile(Rule, environment).Program!;
        _frame = new(
            [CelValue.Of(new CelObject(model, [CelValue.Of("high"), CelValue.Of(2L), CelTimestamp.Parse("2026-08-01T00:00:00Z")])), CelTimestamp.Parse("2026-08-10T12:00:00Z")],
            _program.Locals);
        if (!_program.Evaluate(_frame).IsTrue) throw new InvalidOperationException($"{Rule} should be true.");
    }

    [Benchmark]
    public bool Evaluate()
    {
        _frame.Restart(0, 100_000);
        return _program.Evaluate(_frame).IsTrue;
    }
}
