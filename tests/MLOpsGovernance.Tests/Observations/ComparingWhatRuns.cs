using MLOpsGovernance.Domain.Observations;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Observations;

public sealed class ComparingWhatRuns
{
    private static readonly DateTimeOffset Looked = Noon;

    private static readonly KnownDigest[] Known = [new(Digest(1), "credit", 1, Noon.AddDays(-2)), new(Digest(2), "credit", 2, Noon.AddDays(-1)), new(Digest(2), "churn", 4, Noon.AddDays(-3))];

    private static RecordedDeployment Live(int version, DateTimeOffset? since = null, DateTimeOffset? ended = null, string? image = null) =>
        new($"d{version}", "credit", version, Digest(version), image, since ?? Noon.AddHours(-1), ended);

    private static IReadOnlyList<Discrepancy> Compare(IReadOnlyList<int> runs, params RecordedDeployment[] recorded) =>
        EstateComparison.Of([.. runs.Select((digest, i) => new ObservedItem($"pod-{i}", Digest(digest)))], Known, recorded, Looked);

    [Fact]
    public void Finds_nothing_where_what_runs_is_what_is_on_record() => Compare([1], Live(1)).ShouldBeEmpty();

    [Fact]
    public void Knows_a_version_by_its_image_too() => Compare([7], Live(1, image: Digest(7))).ShouldBeEmpty();

    [Fact]
    public void Finds_what_no_version_is() => Compare([1, 9], Live(1)).ShouldBe([new(Discrepancy.Unknown, Digest(9), "pod-1", null, null, null)]);

    [Fact]
    public void Finds_a_version_that_was_not_let_in_on_the_model_that_took_the_digest_last() =>
        Compare([1, 2], Live(1)).ShouldBe([new(Discrepancy.NotAllowed, Digest(2), "pod-1", "credit", 2, null)]);

    [Fact]
    public void Finds_what_is_on_record_and_does_not_run() => Compare([], Live(1)).ShouldBe([new(Discrepancy.NotRunning, Digest(1), null, "credit", 1, "d1")]);

    [Fact]
    public void Finds_one_for_each_digest_however_often_it_runs() => Compare([9, 9, 9]).Count.ShouldBe(1);

    [Fact]
    public void Finds_a_version_that_was_replaced_before_anybody_looked() =>
        Compare([1, 2], Live(2)).ShouldHaveSingleItem().ShouldBe(new(Discrepancy.NotAllowed, Digest(1), "pod-0", "credit", 1, null));

    [Fact]
    public void Accuses_nobody_of_what_was_deployed_between_the_look_and_its_report()
    {
        // Version 2 took the place of 1 a minute after somebody looked: at that moment 1 was right, and 2 was not to be expected.
        Compare([1], Live(1, ended: Looked.AddMinutes(1)), Live(2, since: Looked.AddMinutes(1))).ShouldBeEmpty();
        Compare([2], Live(1, ended: Looked.AddMinutes(1)), Live(2, since: Looked.AddMinutes(1))).ShouldBeEmpty();
        Compare([], Live(2, since: Looked.AddMilliseconds(700))).ShouldHaveSingleItem("times may be told to the second");
    }

    [Fact]
    public void Gives_the_same_cause_to_the_same_discrepancy()
    {
        var one = Compare([9]).Single();
        (one.Cause("production"), one with { Name = "pod-77" }).ShouldBe(($"unknown-digest:production:{Digest(9)}", one with { Name = "pod-77" }));
        (one with { Name = "pod-77" }).Cause("production").ShouldBe(one.Cause("production"));
        one.Cause("staging").ShouldNotBe(one.Cause("production"));
        (Discrepancy.IsCause(one.Cause("production"), "production"), Discrepancy.IsCause("break-glass:production", "production")).ShouldBe((true, false));
        Compare([], Live(1)).Single().Cause("production").ShouldBe("recorded-not-running:production:d1");
    }

    [Theory]
    [InlineData(Discrepancy.Unknown, true, "high")]
    [InlineData(Discrepancy.NotAllowed, true, "high")]
    [InlineData(Discrepancy.NotRunning, true, "medium")]
    [InlineData(Discrepancy.Unknown, false, "low")]
    [InlineData(Discrepancy.NotRunning, false, "low")]
    public void Weighs_what_runs_without_leave_most(string kind, bool gated, string severity) => Discrepancy.Severity(kind, gated).ShouldBe(severity);
}
