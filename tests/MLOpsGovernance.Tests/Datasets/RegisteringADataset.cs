using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Datasets.LoansDataset;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Datasets;

public sealed class RegisteringADataset
{
    private static readonly RegisterDatasetVersion Next = new("2026-11", Digest(2), [new("amount", "decimal")], 2000, [new("loans", "2026-10")], []);

    [Fact]
    public void Is_recorded() =>
        Nothing().When(By(Ada, new RegisterDataset("loans", "lending", true, Text("all loans")))).Then(new DatasetRegistered("loans", "lending", Text("all loans"), "ada", Noon)).Exists.ShouldBeTrue();

    [Fact]
    public void Is_refused_when_the_name_is_taken() => Registered().When(By(Ada, new RegisterDataset("loans", "lending", true, null))).ThenRefused("dataset-exists", RefusalKind.Conflict);

    [Fact]
    public void Is_refused_when_the_team_was_never_formed() => Nothing().When(By(Ada, new RegisterDataset("loans", "lending", false, null))).ThenRefused("team-unknown", RefusalKind.Unprocessable);

    [Fact]
    public void Comes_before_everything_else() => Nothing().When(By(Ada, Next)).ThenRefused("dataset-unknown", RefusalKind.NotFound);

    [Fact]
    public void A_version_is_recorded_with_its_sources() =>
        Registered().When(By(AdasKey, Next)).Then(new DatasetVersionRegistered("2026-11", Digest(2), [new("amount", "decimal")], 2000, [new("loans", "2026-10")], "key:k1", Noon))
            .Versions.Keys.ShouldBe(["2026-10", "2026-11"]);

    [Fact]
    public void A_version_never_changes() => Registered().When(By(Ada, Next with { Version = "2026-10" })).ThenRefused("dataset-version-exists", RefusalKind.Conflict);

    [Fact]
    public void A_version_is_made_only_from_what_is_registered() =>
        Registered().When(By(Ada, Next with { UnknownSources = [new("people", "3")] })).ThenRefused("dataset-unknown", RefusalKind.Unprocessable).Why.ShouldContain("people");

    [Fact]
    public void The_latest_quality_report_of_a_version_counts()
    {
        var reported = Registered().Done(By(AdasKey, new ReportDatasetQuality("2026-10", [new("completeness", 0.9)])));
        reported.When(By(AdasKey, new ReportDatasetQuality("2026-10", [new("completeness", 0.95)]))).ThenAccepted().Versions["2026-10"].Quality.ShouldBe([new("completeness", 0.95)]);
        Registered().When(By(AdasKey, new ReportDatasetQuality("2031-01", []))).ThenRefused("dataset-version-unknown", RefusalKind.NotFound);
    }
}
