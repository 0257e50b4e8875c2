using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Models;

public sealed class ReplacingAnArtifact
{
    private static readonly ReplaceArtifact Rebuilt = new(1, Digest(7), null);

    [Fact]
    public void Keeps_the_image_when_only_the_artifact_is_given() =>
        Versioned().When(By(Ada, Rebuilt)).Then(new ModelArtifactReplaced(1, Digest(7), Digest(101), "ada", Noon)).Versions[1].ArtifactRevision.ShouldBe(1);

    [Fact]
    public void Keeps_the_artifact_when_only_the_image_is_given() =>
        Versioned().When(By(Ada, new ReplaceArtifact(1, null, Digest(8)))).Then(new ModelArtifactReplaced(1, Digest(1), Digest(8), "ada", Noon));

    [Fact]
    public void Is_nothing_when_both_are_as_they_were() => Versioned().When(By(Mallory, new ReplaceArtifact(1, Digest(1), Digest(101)))).ThenNothing();

    [Fact]
    public void Makes_an_author_of_whoever_does_it() =>
        Versioned().When(By(Mallory, Rebuilt)).Then(new ModelArtifactReplaced(1, Digest(7), Digest(101), "mallory", Noon), new ModelAuthorAdded(1, "mallory", "mallory", Noon));

    [Fact]
    public void Makes_authors_of_a_key_and_of_its_owner_of_whom_only_the_owner_is_a_person()
    {
        var version = Versioned().When(By(EvesKey, Rebuilt)).Then(
            new ModelArtifactReplaced(1, Digest(7), Digest(101), "key:k2", Noon),
            new ModelAuthorAdded(1, "key:k2", "key:k2", Noon, IsPerson: false),
            new ModelAuthorAdded(1, "eve", "key:k2", Noon)).Versions[1];
        version.Authors.ShouldBe(["ada", "bob", "eve", "key:k2"]);
        version.HumanAuthors.ShouldBe(["ada", "bob", "eve"]);
    }

    [Fact]
    public void Bars_the_owner_of_the_key_from_approving() =>
        InReview().Done(By(EvesKey, Rebuilt)).When(By(Eve, Approve("a1"))).ThenRefused("approver-is-author", RefusalKind.Forbidden);

    [Fact]
    public void Is_refused_once_it_was_deployed() =>
        Versioned().And(new ModelDeployed("d1", 1, "production", "c1", Digest(1), null, "deploy", null, "ada", Noon)).When(By(Ada, Rebuilt)).ThenRefused("version-deployed", RefusalKind.Conflict);

    [Fact]
    public void Is_refused_once_it_was_recalled() => Versioned().And(new ModelVersionRecalled(1, null, "risk", Noon)).When(By(Ada, Rebuilt)).ThenRefused("version-recalled", RefusalKind.Conflict);

    [Fact]
    public void Is_refused_once_it_was_retired() => Versioned().And(new ModelRetired(1, null, [], "risk", Noon)).When(By(Ada, Rebuilt)).ThenRefused("version-retired", RefusalKind.Conflict);

    [Fact]
    public void Is_refused_for_a_version_that_does_not_exist() => Versioned().When(By(Ada, Rebuilt with { Version = 9 })).ThenRefused("version-unknown");
}
