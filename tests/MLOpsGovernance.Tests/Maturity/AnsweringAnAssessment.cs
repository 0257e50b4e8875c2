using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Maturity;
using MLOpsGovernance.Tests.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Maturity;

public sealed class AnsweringAnAssessment
{
    private static readonly BeginAssessment Begin = new("x1", "lending", true, "mlops-maturity", 1, Digest(1), 180);

    private static readonly AnswerQuestion Known = new("D2.1", 1, 1, null, null);

    private static Func<Assessment, Decision> By(Actor actor, AssessmentCommand command, DateTimeOffset? at = null) => a => AssessmentDecider.Decide(a, command, actor, at ?? Noon);

    private static Given<Assessment> Begun() => Given.Events<Assessment>(Assessment.Evolve).Done(By(Ada, Begin));

    private static Given<Assessment> Answered() => Begun().Done(By(Ada, Known));

    private static CompleteAssessment Complete(long edition, bool empty = false) => new(Digest(2), edition, 1, 1.5, 0.9, 0.5, false, empty);

    [Fact]
    public void Begins_once_and_for_a_team_that_there_is()
    {
        Given.Events<Assessment>(Assessment.Evolve).When(By(Ada, Begin)).Then(new AssessmentBegun("x1", "lending", "mlops-maturity", 1, Digest(1), 180, "ada", Noon));
        Given.Events<Assessment>(Assessment.Evolve).When(By(Ada, Begin with { TeamExists = false })).ThenRefused("team-unknown", RefusalKind.Unprocessable);
        Given.Events<Assessment>(Assessment.Evolve).When(By(Ada, Known)).ThenRefused("assessment-unknown", RefusalKind.NotFound);
        Begun().When(By(Ada, Begin)).ThenRefused("assessment-exists", RefusalKind.Conflict);
    }

    [Fact]
    public void Keeps_one_answer_of_each_respondent_and_takes_none_of_a_machine()
    {
        Answered().When(By(Ada, Known)).ThenNothing();
        var both = Answered().Done(By(Bob, Known with { Coverage = 0.5 })).Done(By(Ada, Known with { Mode = 0.5 })).State;
        both.Answers.Values.Select(a => (a.Respondent, a.Coverage, a.Mode)).ShouldBe([("ada", 1, 0.5), ("bob", 0.5, 1)]);
        Begun().When(By(AdasKey, Known)).ThenRefused("respondent-not-human", RefusalKind.Forbidden);
        var crowd = Enumerable.Range(0, AssessmentDecider.MostRespondents).Aggregate(Begun(), (given, i) => given.Done(By(new($"p{i}", true, []), Known)));
        crowd.When(By(Ada, Known)).ThenRefused("too-many-respondents", RefusalKind.Conflict);
        crowd.When(By(new("p7", true, []), Known with { Mode = 0.5 })).ThenAccepted();
    }

    [Fact]
    public void Is_looked_at_by_somebody_who_did_not_answer_and_again_after_another_answer()
    {
        Begun().When(By(Bob, new ReviewAnswer("D2.1", null))).ThenRefused("nothing-answered", RefusalKind.Conflict);
        Answered().When(By(Ada, new ReviewAnswer("D2.1", null))).ThenRefused("reviewer-answered", RefusalKind.Forbidden);
        var reviewed = Answered().Done(By(Bob, new ReviewAnswer("D2.1", Text("seen"))));
        reviewed.State.Reviews["D2.1"].Reviewer.ShouldBe("bob");
        reviewed.Done(By(Ada, Known with { Coverage = 0.25 })).State.Reviews.ShouldBeEmpty();
    }

    [Fact]
    public void Leaves_a_question_out_by_two_people_and_for_twelve_months_at_most()
    {
        Begun().When(By(Ada, new AskExemption("D8.5", null, Noon))).ThenRefused("exemption-passed", RefusalKind.Unprocessable);
        Begun().When(By(Ada, new AskExemption("D8.5", null, Noon.AddMonths(12).AddSeconds(1)))).ThenRefused("exemption-too-long", RefusalKind.Unprocessable);
        Begun().When(By(Bob, new AgreeExemption("D8.5"))).ThenRefused("exemption-unknown", RefusalKind.NotFound);
        Begun().When(By(Bob, new EndExemption("D8.5"))).ThenRefused("exemption-unknown", RefusalKind.NotFound);
        var asked = Begun().Done(By(Ada, new AskExemption("D8.5", Text("no costs"), null)));
        asked.State.Exemptions["D8.5"].Until.ShouldBe(Noon.AddMonths(12));
        asked.When(By(Ada, new AgreeExemption("D8.5"))).ThenRefused("agreed-by-the-same", RefusalKind.Forbidden);
        asked.When(By(Bob.Through("ada"), new AgreeExemption("D8.5"))).ThenRefused("agreed-by-the-same");
        var agreed = asked.Done(By(Bob, new AgreeExemption("D8.5")));
        agreed.When(By(Lead, new AgreeExemption("D8.5"))).ThenRefused("exemption-agreed", RefusalKind.Conflict);
        agreed.Done(By(Lead, new EndExemption("D8.5"))).State.Exemptions.ShouldBeEmpty();
    }

    [Fact]
    public void Takes_skills_from_who_has_them_or_from_a_lead_and_a_mark_s_agreement_from_another()
    {
        Begun().When(By(Bob, new DeclareSkills("ada", Text("s")))).ThenRefused("skills-of-another", RefusalKind.Forbidden);
        Begun().Done(By(Lead, new DeclareSkills("ada", Text("s")))).Done(By(Ada, new DeclareSkills("ada", null))).State.Skills.ShouldBeEmpty();
        Begun().When(By(Bob, new AgreeSystemTestMark("m", "MT-D2"))).ThenRefused("mark-unknown", RefusalKind.NotFound);
        var marked = Begun().Done(By(Ada, new MarkSystemTest("m", "MT-D2", 1)));
        marked.When(By(Ada, new AgreeSystemTestMark("m", "MT-D2"))).ThenRefused("agreed-by-the-same");
        marked.Done(By(Bob, new AgreeSystemTestMark("m", "MT-D2"))).State.Marks.Values.Single().AgreedBy.ShouldBe("bob");
    }

    [Fact]
    public void Ends_as_it_was_worked_out_and_changes_no_more()
    {
        Begun().When(By(Ada, Complete(1, empty: true))).ThenRefused("assessment-empty", RefusalKind.Conflict);
        Answered().When(By(Ada, Complete(1))).ThenRefused("assessment-moved", RefusalKind.Conflict);
        var completed = Answered().Done(By(Ada, new TuneAssessment([new("D2.1", 0.5)], []))).Done(By(Ada, Complete(3)));
        (completed.State.Completed!.Snapshot, completed.State.Targets["D2.1"]).ShouldBe((Digest(2), 0.5));
        completed.When(By(Bob, Known)).ThenRefused("assessment-completed", RefusalKind.Conflict);
        completed.When(By(Bob, Complete(4))).ThenRefused("assessment-completed");
    }
}
