using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Tasks;
using MLOpsGovernance.Tests.Tasks;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Datasets.LoansDataset;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Datasets;

public sealed class ComparingSchemas
{
    [Theory]
    [InlineData("int", "bigint", false)]
    [InlineData("INTEGER", "int32", null)]
    [InlineData("float", "double", false)]
    [InlineData("smallint", "double precision", false)]
    [InlineData("bigint", "int", true)]
    [InlineData("int", "float", true)]
    [InlineData("int", "string", true)]
    [InlineData("date", "timestamp", false)]
    [InlineData("decimal(10,2)", "decimal(12,2)", true)]
    [InlineData("varchar", "text", null)]
    public void Tells_whether_another_type_breaks_what_reads_it(string before, string now, bool? breaking) =>
        SchemaComparison.Of([new("amount", before)], [new("amount", now)]).Select(c => (bool?)c.Breaking).SingleOrDefault().ShouldBe(breaking);

    [Fact]
    public void Names_what_was_added_removed_and_retyped() =>
        SchemaComparison.Of([new("a", "int"), new("b", "int"), new("c", "int")], [new("d", "int"), new("c", "string"), new("a", "int")]).ShouldBe(
            [new("b", "removed", "int", null, true), new("c", "retyped", "int", "string", true), new("d", "added", null, "int", false)]);

    [Fact]
    public void Compares_a_version_with_the_one_registered_before_it()
    {
        var dataset = Registered().And(
            new DatasetVersionRegistered("2026-01", Digest(2), [new("amount", "double")], null, [], "ada", Noon.AddDays(2)), new DatasetVersionRegistered("2026-12", Digest(3), null, null, [], "ada", Noon.AddDays(1))).State;
        SchemaComparison.Before(dataset, dataset.Versions["2026-10"]).ShouldBeNull();
        SchemaComparison.Before(dataset, dataset.Versions["2026-01"])!.Version.ShouldBe("2026-12");
        SchemaComparison.Of(dataset.Versions["2026-12"], dataset.Versions["2026-01"]).ShouldBeNull("the columns of one are not on record");
        SchemaComparison.Of(dataset.Versions["2026-10"], dataset.Versions["2026-01"])!.ShouldHaveSingleItem().Breaking.ShouldBeTrue();
    }

    [Fact]
    public void Keeps_what_was_found_last_when_a_version_was_checked()
    {
        AssertionResults first = new("r1", Noon, [new("not_null", "amount", true), new("unique", null, false)]), later = new("r2", Noon.AddHours(1), [new("not_null", "amount", false, "warn")]);
        var noted = Registered().When(By(Pipeline, new NoteAssertions("2026-10", later))).Then(new DatasetAssertionsChecked("2026-10", later, "pipeline", Noon));
        noted.Versions["2026-10"].Assertions!.Assertions.ShouldAllBe(a => !a.Failed);
        first.Assertions.Where(a => a.Failed).Select(a => a.Named).ShouldBe(["unique"]);
        Registered().Done(By(Pipeline, new NoteAssertions("2026-10", later))).When(By(Pipeline, new NoteAssertions("2026-10", first))).ThenNothing();
        Registered().Done(By(Pipeline, new NoteAssertions("2026-10", later))).When(By(Pipeline, new NoteAssertions("2026-10", later))).ThenNothing();
        Registered().When(By(Pipeline, new NoteAssertions("2031-01", first))).ThenRefused("dataset-version-unknown");
    }

    [Fact]
    public void Is_looked_at_again_by_a_person_until_a_date_and_waits_for_its_team()
    {
        var due = Noon.AddDays(90);
        Registered().When(By(Ada, new ReviewDataset(Text("still right"), due))).Then(new DatasetReviewed(Text("still right"), due, "ada", Noon)).Reviewed!.NextDue.ShouldBe(due);
        Registered().When(By(AdasKey, new ReviewDataset(null, due))).ThenRefused("reviewer-not-human", RefusalKind.Forbidden);
        Registered().When(By(Ada, new ReviewDataset(null, Noon))).ThenRefused("due-passed", RefusalKind.Unprocessable);
        var task = new TaskBook().Add("dataset:loans", new DatasetRegistered("loans", "lending", null, "ada", Noon)).Add("dataset:loans", new DatasetReviewed(null, due, "ada", Noon)).Rows().ShouldHaveSingleItem();
        (task.Kind, task.Due, task.ForTeam, task.Ahead).ShouldBe((TaskKind.ReviewDataset, due, true, true));
    }
}
