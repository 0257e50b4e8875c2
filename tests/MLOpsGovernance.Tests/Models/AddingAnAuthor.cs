using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Models;

public sealed class AddingAnAuthor
{
    [Fact]
    public void Is_recorded()
    {
        var version = Versioned().When(By(Lead, new AddAuthor(2, "bob", true))).Then(new ModelAuthorAdded(2, "bob", "lead", Noon)).Versions[2];
        (version.Authors.Contains("bob"), version.HumanAuthors.Contains("bob"), version.AuthorsRevision).ShouldBe((true, true, 1));
    }

    [Fact]
    public void Is_refused_for_somebody_who_is_not_known_as_a_person() =>
        Versioned().When(By(Lead, new AddAuthor(1, "key:k9", false))).ThenRefused("unknown-author", RefusalKind.Unprocessable).Why.ShouldContain("key:k9");

    [Fact]
    public void Is_refused_for_a_version_that_does_not_exist() => Versioned().When(By(Lead, new AddAuthor(9, "bob", true))).ThenRefused("version-unknown", RefusalKind.NotFound);

    [Fact]
    public void Is_refused_beyond_a_hundred()
    {
        var full = Classified().And(Version(1, [.. Enumerable.Range(0, ModelVersion.MostAuthors).Select(i => $"author-{i}")]));
        full.When(By(Lead, new AddAuthor(1, "bob", true))).ThenRefused("too-many-authors", RefusalKind.Conflict).Why.ShouldContain("at most 100 authors");
        full.When(By(Lead, new AddAuthor(1, "author-7", true))).ThenNothing();
        full.When(By(Ada, new ReplaceArtifact(1, Digest(9), null))).ThenRefused("too-many-authors", RefusalKind.Conflict);
        full.When(By(new("author-7", true, [Roles.Contributor]), new ReplaceArtifact(1, Digest(9), null))).ThenAccepted();
    }

    [Fact]
    public void Is_nothing_for_an_author() => Versioned().When(By(Lead, new AddAuthor(1, "bob", true))).ThenNothing();

    [Fact]
    public void Tells_that_an_author_is_a_person_without_a_change_of_the_authors()
    {
        var unknown = Classified().And(Version(1, "ada") with { HumanAuthors = [] }).And(new ReviewRequested(1, null, ["bob"], "bob", Noon)).Done(By(Eve, Approve("a1")));
        var model = unknown.When(By(Lead, new AddAuthor(1, "ada", true))).Then(new ModelAuthorAdded(1, "ada", "lead", Noon));
        model.Versions[1].HumanAuthors.ShouldBe(["ada"]);
        model.Standing().IsLive.ShouldBeTrue();
    }
}
