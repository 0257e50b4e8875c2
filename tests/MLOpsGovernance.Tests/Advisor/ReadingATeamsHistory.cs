using MLOpsGovernance.Advisor.Maturity;
using MLOpsGovernance.Advisor.Maturity.History;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Advisor;

/// <summary>What is recorded of a team, counted for each question that it bears on.</summary>
public sealed class ReadingATeamsHistory
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, IReadOnlyList<string>> Team = new(StringComparer.Ordinal) { ["ann"] = ["data-scientist"], ["dan"] = ["data-engineer", "software-engineer"] };

    private static HistoricVersion Version(int number, int daysAgo = 10, bool machine = true, string? trigger = "schedule", params HistoricDocument[] documents) => new(
        number, Now.AddDays(-daysAgo), machine, ["ann", "dan"], ["iris@1"], $"c{number}", true, true, true, true, trigger, true, documents, [new($"a{number}", "approved", "eve", Now.AddDays(-daysAgo))]);

    private static HistoricDeployment Deployed(string id, int version, int daysAgo = 5, int? replaced = null, bool rollback = false, bool glass = false, string stage = "full") =>
        new(id, version, Now.AddDays(-daysAgo), null, true, stage, rollback, true, replaced, false, glass);

    private static HistoricModel Model(IReadOnlyList<HistoricVersion> versions, IReadOnlyList<HistoricDeployment>? deployments = null, params HistoricLook[] looks) =>
        new("m", true, Now.AddDays(-1), versions, deployments ?? [], [new("f1", Now.AddDays(-3), Now.AddDays(-4)), new("f2", Now.AddDays(-3), null)], [new("i1", Now.AddDays(-2), Now.AddDays(-2).AddHours(1), true)], looks, []);

    private static Measurement Of(string question, params HistoricModel[] models) =>
        HistoryEvidence.Of(new(Now.AddDays(-180), Now, models, [new("iris", true, ["1"])], Team)).Single(m => m.Question == question);

    private static (long, long) Counts(string question, params HistoricModel[] models) => Of(question, models) is var m ? (m.Numerator, m.Denominator) : default;

    [Fact]
    public void Bears_on_every_question_but_those_that_only_people_can_answer() =>
        HistoryEvidence.Of(new(Now, Now, [], [], Team)).Select(static m => m.Question).Order(StringComparer.Ordinal)
            .ShouldBe(Instrument.Shipped.Questions.Where(static q => q.Evidence.Of is not null).Select(static q => q.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Of_a_team_that_registered_nothing_is_unknown_and_never_perfect() =>
        HistoryEvidence.Of(new(Now.AddDays(-180), Now, [], [], Team)).ShouldAllBe(static m => m.Denominator == 0);

    [Fact]
    public void Counts_versions_of_the_window_and_says_whether_services_made_them()
    {
        var versions = Model([Version(1, 300), Version(2), Version(3, machine: false) with { Commit = null }]);
        Counts("D2.1", versions).ShouldBe((1, 2));
        Of("D2.1", versions).Counted.ShouldBe(["m version 2", "not m version 3"]);
        (Of("D2.1", versions).Mode, Of("D2.1", Model([Version(1, machine: false)])).Mode).ShouldBe((1, 0.5));
        Counts("D4.2", versions).ShouldBe((1, 2));
        Counts("D1.2", versions).ShouldBe((2, 2), "assertions were checked on the data");
        Counts("D4.3", Model([Version(1), Version(2, trigger: "manual")])).ShouldBe((1, 2));
        Counts("D4.6", Model([Version(1), Version(2, trigger: "performance-drop")])).ShouldBe((1, 2));
        Counts("D8.3", versions).ShouldBe((1, 1));
    }

    [Fact]
    public void Counts_documents_while_they_hold()
    {
        HistoricDocument report = new("ci-attestation", Now.AddDays(-9), null, true);
        Counts("D3.1", Model([Version(1, documents: report), Version(2, documents: report with { ValidUntil = Now }), Version(3)])).ShouldBe((1, 3));
        Counts("D2.5", Model([Version(1, documents: new HistoricDocument("reproduction-test", Now.AddDays(-200), null, true))])).ShouldBe((0, 1), "a drill of before the window");
        Counts("D3.6", Model([Version(1, documents: new HistoricDocument("staleness-study", Now.AddDays(-400), null, true))])).ShouldBe((0, 1), "a study that is too old is no unknown");
    }

    [Fact]
    public void Counts_releases_and_what_went_around_the_gate()
    {
        var released = Model([Version(1), Version(2)], [Deployed("d1", 1, 8) with { EndedAt = Now.AddDays(-5) }, Deployed("c2", 2, 6, stage: "canary"), Deployed("d2", 2, replaced: 1, glass: true)]);
        Counts("D5.2", released).ShouldBe((1, 2));
        Counts("D5.3", released).ShouldBe((1, 1), "nothing can stand before the first");
        Counts("D5.4", released).ShouldBe((1, 2));
        Counts("D5.1", released).ShouldBe((1, 1));
        Counts("D4.5", released with { OutOfBand = [Now.AddDays(-1)] }).ShouldBe((1, 3));
        Counts("D5.5", released).ShouldBe((0, 2));
        Counts("D5.5", released with { Deployments = [.. released.Deployments, Deployed("r1", 1, 1, 2, rollback: true)] }).ShouldBe((1, 3));
        Counts("D7.3", released).ShouldBe((2, 2));
    }

    [Fact]
    public void Counts_what_was_looked_at_lately_and_who_took_alerts_on()
    {
        HistoricLook look = new(1, Now.AddHours(-1), ["health", "schema"], true);
        var watched = Model([Version(1)], [Deployed("d1", 1)], look, look with { Watched = ["freshness"], At = Now.AddDays(-6) });
        (Counts("D6.1", watched), Counts("D1.6", watched), Counts("D6.3", watched), Counts("D6.5", watched), Counts("D6.6", watched)).ShouldBe(((1, 1), (1, 1), (1, 1), (0, 1), (1, 1)));
        Counts("D6.3", Model([Version(1)], [Deployed("d1", 1)], look with { At = Now.AddHours(-25) })).ShouldBe((0, 1));
        Counts("D6.4", watched).ShouldBe((1, 1));
        Counts("D7.6", watched).ShouldBe((1, 2));
        Counts("D8.1", watched).ShouldBe((2, 4), "owner and data scientist");
    }
}
