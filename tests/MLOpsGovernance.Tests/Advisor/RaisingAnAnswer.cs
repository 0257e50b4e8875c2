using CsCheck;
using MLOpsGovernance.Advisor.Maturity;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Advisor.AdvisorSamples;

namespace MLOpsGovernance.Tests.Advisor;

/// <summary>What must hold for every assessment, tried on many random ones.</summary>
public sealed class RaisingAnAnswer
{
    private static readonly Gen<double?> Score = Gen.Int[-1, 4].Select(static i => i < 0 ? (double?)null : i / 4.0);

    private static readonly Gen<ScoredQuestion[]> Questions =
        Gen.Select(Gen.Int[1, 4], Gen.Bool, Gen.Int[1, 3], Score, Gen.Int[0, 9], static (level, critical, weight, score, na) => new ScoredQuestion("", level, critical, weight, score, na > 0))
            .Array[1, 12].Select(static all => all.Select(static (q, i) => q with { Id = $"Q{i}" }).ToArray());

    private static readonly Gen<GivenAnswer[]> Answers = Gen.Int[0, 3].Select(static i => AnswerScale.Coverages[i]).Select(Gen.Int[0, 2].Select(static i => AnswerScale.Modes[i])).Array[48]
        .Select(static all => all.Select(static (a, i) => new GivenAnswer(Shipped.Questions[i].Id, "ada", a.Item1, a.Item2)).ToArray());

    [Fact]
    public void Never_lowers_the_level_of_its_dimension() => Gen.Select(Questions, Gen.Int[0, 11], Gen.Double[0, 1]).Sample(static (questions, which, to) =>
    {
        var at = which % questions.Length;
        var raised = questions.Select((q, i) => i == at ? q with { Score = Math.Max(q.Score ?? 0, to) } : q).ToArray();
        var (before, after) = (LevelRule.Bounds(questions), LevelRule.Bounds(raised));
        after.Low.Display.ShouldBeGreaterThanOrEqualTo(before.Low.Display - 1e-12);
        after.Low.Level.ShouldBeGreaterThanOrEqualTo(before.Low.Level);
    });

    [Fact]
    public void Never_lowers_the_floor_the_mean_or_any_level_of_the_whole() => Gen.Select(Answers, Gen.Int[0, 47]).Sample(static (answers, which) =>
    {
        var before = (Nothing with { Answers = answers }).Assess();
        var after = (Nothing with { Answers = [.. answers.Select((a, i) => i == which ? a with { Coverage = 1, Mode = 1 } : a)] }).Assess();
        after.Floor.ShouldBeGreaterThanOrEqualTo(before.Floor);
        after.Mean.ShouldBeGreaterThanOrEqualTo(before.Mean - 1e-9);
        foreach (var (a, b) in before.Dimensions.Zip(after.Dimensions)) b.Level.Level.ShouldBeGreaterThanOrEqualTo(a.Level.Level);
    }, iter: 200);

    [Fact]
    public void Leaves_the_lower_bound_below_the_upper() => Questions.Sample(static questions =>
    {
        var bounds = LevelRule.Bounds(questions);
        bounds.Low.Display.ShouldBeLessThanOrEqualTo(bounds.High.Display + 1e-12);
    });

    [Fact]
    public void Open_questions_never_narrow_the_bounds() => Gen.Select(Questions, Gen.Int[0, 11]).Sample(static (questions, which) =>
    {
        var at = which % questions.Length;
        var opened = questions.Select((q, i) => i == at ? q with { Score = null } : q).ToArray();
        var (before, after) = (LevelRule.Bounds(questions), LevelRule.Bounds(opened));
        after.Low.Display.ShouldBeLessThanOrEqualTo(before.Low.Display + 1e-12);
        after.High.Display.ShouldBeGreaterThanOrEqualTo(before.High.Display - 1e-12);
    });

    [Fact]
    public void Neither_names_nor_order_matter() => Gen.Select(Questions, Gen.Int[0, 1_000_000]).Sample(static (questions, salt) =>
    {
        var renamed = questions.Select(static (q, i) => q with { Id = $"other-{i}" }).OrderBy(q => (q.Id, salt).GetHashCode()).ToArray();
        LevelRule.Of(renamed).Display.ShouldBe(LevelRule.Of(questions).Display, 1e-12);
    });

    [Fact]
    public void The_share_of_targets_met_lies_between_none_and_all() => Gen.Select(Gen.Double[0, 1].Array[1, 20], Gen.Double[0, 1].Array[20]).Sample(static (current, target) =>
    {
        var share = Targets.Met(current, target[..current.Length]).Share;
        (share is null or (>= 0 and <= 1)).ShouldBeTrue();
    });
}
