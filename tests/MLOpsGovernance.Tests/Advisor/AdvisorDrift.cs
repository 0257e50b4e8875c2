using CsCheck;
using MLOpsGovernance.Advisor.Drift;
using MLOpsGovernance.Advisor.Statistics;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Advisor;

public sealed class AdvisorDrift
{
    private static readonly double[] Reference = new Draws(1, "reference").Normals(4_000);

    private static readonly FrozenBins Bins = FrozenBins.Of(Reference);

    private static readonly Gen<double[]> Counts = Gen.Int[0, 500].Array[6].Where(static c => c.Sum() > 0).Select(static c => c.Select(static v => (double)v).ToArray());

    [Fact]
    public void Is_not_seen_where_nothing_changed()
    {
        var result = FeatureDriftResult.Of(FeatureData.OfSamples("age", Bins, Reference, new Draws(2, "same").Normals(4_000)));
        result.Verdict.ShouldBe(DriftVerdict.NoDrift);
        result.Statistics.ShouldAllBe(static s => s.Verdict == DriftVerdict.NoDrift);
        result.Statistics.Select(static s => s.Name).ShouldBe(["psi", "jensenShannon", "hellinger", "chiSquare", "kolmogorovSmirnov", "wassersteinNormed"]);
    }

    [Fact]
    public void Is_seen_where_the_values_moved()
    {
        var moved = new Draws(3, "moved").Normals(4_000).Select(static z => z + 0.6).ToArray();
        FeatureDriftResult.Of(FeatureData.OfSamples("age", Bins, Reference, moved)).Statistics.ShouldAllBe(static s => s.Verdict == DriftVerdict.Drift);
    }

    [Fact]
    public void Is_unknown_where_a_hundred_values_came_however_they_look()
    {
        var far = new Draws(3, "far").Normals(100).Select(static z => z + 5).ToArray();
        FeatureDriftResult.Of(FeatureData.OfSamples("age", Bins, Reference, far)).Verdict.ShouldBe(DriftVerdict.InsufficientData);
        DriftReport.Of([FeatureData.OfSamples("age", Bins, Reference, far)]).Verdict.ShouldBe(DriftVerdict.InsufficientData);
    }

    [Fact]
    public void Needs_to_matter_and_not_only_to_be_unlikely()
    {
        var result = FeatureDriftResult.Of(new("age", [500_000, 500_000], [505_000, 495_000]));
        result.Verdict.ShouldBe(DriftVerdict.NoDrift);
        result.Statistics[0].P!.Value.ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void Names_categories_that_the_reference_lacks_and_divides_by_no_zero()
    {
        var result = FeatureDriftResult.Of(FeatureData.OfCategories("country", new Dictionary<string, long>(StringComparer.Ordinal) { ["at"] = 500, ["de"] = 500 }, new Dictionary<string, long>(StringComparer.Ordinal) { ["at"] = 300, ["de"] = 300, ["ch"] = 400 }));
        result.Unseen.ShouldBe(["ch"]);
        (result.Verdict, result.Statistics.Single(static s => s.Name == "chiSquare").Verdict).ShouldBe((DriftVerdict.Drift, DriftVerdict.NotApplicable));
    }

    [Fact]
    public void Counts_only_what_remains_after_adjusting_for_many_features()
    {
        var draws = new Draws(4, "many");
        var features = Enumerable.Range(0, 40).Select(i => FeatureData.OfSamples($"f{i}", Bins, Reference, draws.Normals(1_000))).ToList();
        DriftReport.Of(features).Drifted.ShouldBeEmpty();
        DriftReport.Of([.. features, FeatureData.OfSamples("moved", Bins, Reference, [.. draws.Normals(1_000).Select(static z => z + 1)])]).Drifted.ShouldBe(["moved"]);
    }

    [Fact]
    public void Bins_are_deciles_of_the_reference_and_fewer_where_values_repeat()
    {
        Bins.Count.ShouldBe(10);
        Bins.CountOf(Reference).ShouldAllBe(static c => c >= 399 && c <= 401);
        FrozenBins.Of([1, 1, 1, 1, 1, 1, 1, 1, 1, 2]).Count.ShouldBeLessThan(10);
        FrozenBins.Of([4, 4, 4]).CountOf([3, 4, 5]).Sum().ShouldBe(3);
    }

    [Fact]
    public void Distances_are_none_from_oneself_the_same_both_ways_and_within_their_bounds() => Gen.Select(Counts, Counts).Sample(static (p, q) =>
    {
        PopulationStability.Index(p, p).ShouldBe(0, 1e-12);
        Distances.JensenShannon(p, p, 2).ShouldBe(0, 1e-6);
        Distances.Hellinger(p, p).ShouldBe(0, 1e-6);
        Distances.JensenShannon(p, q, 2).ShouldBe(Distances.JensenShannon(q, p, 2), 1e-12);
        PopulationStability.Index(p, q).ShouldBe(PopulationStability.Index(q, p), 1e-9);
        PopulationStability.Index(p, q).ShouldBeGreaterThanOrEqualTo(0);
        Distances.JensenShannon(p, q, 2).ShouldBeInRange(0, 1 + 1e-12);
        Distances.Hellinger(p, q).ShouldBeInRange(0, 1);
    });

    [Fact]
    public void Large_samples_are_tested_by_the_limit_which_agrees_with_counting_where_both_can_be_had()
    {
        var (u, v) = (new Draws(5, "u").Normals(1_000), new Draws(5, "v").Normals(1_000));
        var counted = KolmogorovSmirnov.Test(u, v);
        var limit = KolmogorovSmirnov.Test([.. u, .. u], [.. v, .. v]);
        (counted.Exact, limit.Exact).ShouldBe((true, false));
        limit.D.ShouldBe(counted.D, 1e-12);
        var doubled = KolmogorovSmirnov.Test([.. u, u[0]], v);
        (doubled.Exact, Math.Abs(doubled.P - counted.P) < 0.05).ShouldBe((false, true));
    }

    [Theory]
    [InlineData(new double[] { 1, 2 }, new double[] { 1 }, "bins-differ")]
    [InlineData(new double[] { 1 }, new double[] { 1 }, "too-few-bins")]
    [InlineData(new double[] { 1, -1 }, new double[] { 1, 2 }, "counts-out-of-range")]
    [InlineData(new double[] { 1, double.NaN }, new double[] { 1, 2 }, "counts-out-of-range")]
    [InlineData(new double[] { 0, 0 }, new double[] { 1, 2 }, "nothing-counted")]
    public void Says_why_counts_cannot_be_used(double[] reference, double[] current, string code) =>
        new FeatureData("age", reference, current).Faults("features[0]").ShouldHaveSingleItem().Code.ShouldBe(code);

    [Fact]
    public void Says_why_a_sample_cannot_be_used() =>
        new FeatureData("age", [1, 1], [1, 1], null, [1, double.PositiveInfinity], [1]).Faults("features[0]").ShouldHaveSingleItem().Code.ShouldBe("not-a-number");
}
