using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Approvals;

public sealed class DigestingTheMaterial
{
    private static readonly Material Then = Material.Of(Versioned().State, Versioned().State.Versions[1], [Loans]);

    public static TheoryData<Material> Changed =>
    [
        Then with { ArtifactDigest = Digest(9) }, Then with { ImageDigest = Digest(9) }, Then with { ImageDigest = null }, Then with { ArtifactRevision = 1 },
        Then with { Authors = ["ada"], AuthorsRevision = 1 }, Then with { PurposeRevision = 1 }, Then with { RiskRaises = 1 }, Then with { RiskLowerings = 1 },
        Then with { Datasets = [Loans with { ClassRevision = 2 }] }, Then with { Datasets = [Loans with { Withdrawals = 1 }] }, Then with { Datasets = [Loans, Loans with { Name = "more" }] },
    ];

    [Theory]
    [MemberData(nameof(Changed))]
    public void Gives_another_digest_for_every_change(Material now)
    {
        now.Since(Then).ShouldNotBeEmpty();
        (now.Digest() == Then.Digest()).ShouldBeFalse();
    }

    [Fact]
    public void Gives_the_same_digest_where_less_is_judged_by_and_nothing_was_lowered()
    {
        var lowered = Then with { EuAiAct = "minimal", Tier = 3 };
        lowered.Since(Then).ShouldBeEmpty();
        lowered.Digest().ShouldBe(Then.Digest());
    }

    [Fact]
    public void Spells_it_as_every_digest_is_spelled() => Then.Digest().ShouldMatch("^sha256:[0-9a-f]{64}$");

    [Fact]
    public void Takes_a_dataset_that_is_not_known_for_another_than_one_that_is()
    {
        MaterialDataset.Of(new("loans", "1"), new Dataset()).ShouldBe(new("loans", "1", -1, 0));
        MaterialDataset.Of(new("loans", "1"), new Dataset { Name = "loans", ClassRevision = 3, Withdrawals = 2 }).ShouldBe(new("loans", "1", 3, 2));
    }
}
