using CsCheck;
using MLOpsGovernance.Advisor.Statistics;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Advisor;

public sealed class AdvisorSelection
{
    [Fact]
    public void Finds_what_sorting_finds_in_short_and_long_arrays_with_and_without_equals() => Gen.Select(Gen.Int[0, 500].Array[20, 3_000], Gen.Double[0, 0.999]).Sample(static (whole, at) =>
    {
        double[] values = [.. whole.Select(static v => v / 7.0)];
        double[] sorted = [.. values.Order()];
        var rank = (int)(at * values.Length);
        Selection.Place(values.ToArray(), rank).ShouldBe(sorted[rank]);
        var (p10, p50, p90, tail) = Selection.Summary(values);
        int Rank(double p) => (int)Math.Round(p * (sorted.Length - 1));
        (p10, p50, p90).ShouldBe((sorted[Rank(0.1)], sorted[Rank(0.5)], sorted[Rank(0.9)]));
        tail.ShouldBe(Samples.TailMean(sorted, 0.95), 1e-9);
    });
}
