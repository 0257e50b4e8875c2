using CsCheck;
using MLOpsGovernance.Policy.Cel.Values;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyCel;

public sealed class CelEvaluatorsAgree
{
    private static readonly (string, CelValue)[] Variables =
    [
        ("i", CelValue.Of(3L)), ("s", CelValue.Of("text")), ("b", CelValue.True),
        ("l", CelValue.Of(new CelList([CelValue.Of(1L), CelValue.Of("a"), CelValue.Error("a broken fact")]))),
        ("m", Map()),
    ];

    private static CelValue Map()
    {
        var map = new CelMap(0);
        map.TryAdd(CelValue.Of("a"), CelValue.Of(1.5));
        map.TryAdd(CelValue.Of(true), CelValue.Null);
        return CelValue.Of(map);
    }

    [Fact]
    public void In_value_error_text_and_cost_on_random_expressions() =>
        CelExpressionGenerator.Expression(3).Sample(
            static expression => { _ = Cel.Evaluate(expression, lenient: true, Cel.Limit, Variables); }, iter: 100_000);

    [Fact]
    public void Also_when_the_budget_ends_in_the_middle() =>
        Gen.Select(CelExpressionGenerator.Expression(3), Gen.Int[0, 60]).Sample(
            static (expression, limit) => { _ = Cel.Evaluate(expression, lenient: true, limit, Variables); }, iter: 20_000);
}
