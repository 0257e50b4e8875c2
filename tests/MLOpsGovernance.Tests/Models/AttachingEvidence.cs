using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Evidence;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Models;

/// <summary>Documents stay where they are; their digests are kept with the version.</summary>
public sealed class AttachingEvidence
{
    private static readonly AttachEvidence Scan = new(1, "e1", "vulnerability-scan", Digest(9), "https://ci.example/7", Noon.AddDays(-1), Noon.AddDays(30), Text("nothing found"), ["ci-attestation", "vulnerability-scan"]);

    [Fact]
    public void Keeps_its_digest_with_the_version()
    {
        var version = Versioned().When(By(AdasKey, Scan)).Then(
            new EvidenceAttached(1, "e1", "vulnerability-scan", Digest(9), "https://ci.example/7", Noon.AddDays(-1), Noon.AddDays(30), Text("nothing found"), "key:k1", "ada", Noon)).Versions[1];
        version.Evidence.ShouldHaveSingleItem().Digest.ShouldBe(Digest(9));
    }

    [Fact]
    public void Is_refused_for_a_kind_that_the_catalogue_does_not_have()
    {
        Versioned().When(By(Ada, Scan with { Kind = "hearsay" })).ThenRefused("unknown-evidence-kind", RefusalKind.Unprocessable).Why.ShouldContain("ci-attestation, vulnerability-scan");
        Versioned().When(By(Ada, Scan with { Kind = "hearsay", Kinds = null })).ThenAccepted();
    }

    [Fact]
    public void Is_refused_for_what_comes_from_the_future_or_was_over_before_it_began()
    {
        Versioned().When(By(Ada, Scan with { ProducedAt = Noon.AddMinutes(6) })).ThenRefused("evidence-from-the-future", RefusalKind.Unprocessable);
        Versioned().When(By(Ada, Scan with { ProducedAt = Noon.AddMinutes(4) })).ThenAccepted();
        Versioned().When(By(Ada, Scan with { ValidUntil = Scan.ProducedAt })).ThenRefused("evidence-expires-before-production", RefusalKind.Unprocessable);
        Versioned().When(By(Ada, Scan with { ValidUntil = Noon.AddHours(-1) })).ThenAccepted().Versions[1].Evidence.Count.ShouldBe(1, "what has expired since is still on record");
    }

    [Fact]
    public void Is_refused_twice_and_for_no_version()
    {
        Versioned().Done(By(Ada, Scan)).When(By(Bob, Scan with { Id = "e2" })).ThenRefused("evidence-attached-already", RefusalKind.Conflict);
        Versioned().Done(By(Ada, Scan)).When(By(Bob, Scan with { Id = "e2", Kind = "ci-attestation" })).ThenAccepted();
        Versioned().Done(By(Ada, Scan)).When(By(Bob, Scan with { Kind = "ci-attestation" })).ThenRefused("id-taken");
        Versioned().When(By(Ada, Scan with { Version = 9 })).ThenRefused("version-unknown");
    }

    [Fact]
    public void Supersedes_no_approval() => Approved().When(By(Ada, Scan)).ThenAccepted().Standing().IsLive.ShouldBeTrue();
}
