using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Maturity;

/// <summary>What may happen to an assessment: people answer, others review and agree, and once it is completed nothing does.</summary>
public static class AssessmentDecider
{
    public const int MonthsAnExemptionHolds = 12, MostRespondents = 50;

    public static Decision Decide(Assessment assessment, AssessmentCommand command, Actor actor, DateTimeOffset at) => (assessment, command) switch
    {
        ({ Exists: true }, BeginAssessment) => Conflict("assessment-exists", "There is an assessment with this id already; take a fresh one."),
        (_, BeginAssessment { TeamExists: false } begin) => Unprocessable("team-unknown", $"There is no team named {begin.Team}; form it first."),
        (_, BeginAssessment begin) => Accept(new AssessmentBegun(begin.Id, begin.Team, begin.Instrument, begin.InstrumentVersion, begin.InstrumentDigest, begin.WindowDays, actor.Subject, at)),
        ({ Exists: false }, _) => NotFound("assessment-unknown", "There is no such assessment."),
        ({ Completed: { } completed }, _) => Conflict("assessment-completed", $"This assessment was completed on {completed.CompletedAt:yyyy-MM-dd}; begin another one."),
        _ when !actor.Human => Forbidden("respondent-not-human", "What a team says of itself is said by people, never by a pipeline; what pipelines do counts as evidence."),

        (_, AnswerQuestion answer) => Answer(assessment, answer, actor, at),
        (_, ReviewAnswer review) => Review(assessment, review, actor, at),
        (_, AskExemption ask) => Ask(ask, actor, at),
        (_, AgreeExemption agree) => Agree(assessment, agree, actor, at),
        (_, EndExemption end) => assessment.Exemptions.ContainsKey(end.Question)
            ? Accept(new ExemptionEnded(end.Question, actor.Subject, at))
            : NotFound("exemption-unknown", $"Nobody asked that {end.Question} be left out."),
        (_, TuneAssessment tune) => Accept(new AssessmentTuned(tune.Targets, tune.Weights, actor.Subject, at)),
        (_, DeclareSkills declare) => actor.Subject == declare.Subject || actor.Holds(Roles.EngineeringLead)
            ? Accept(new SkillsDeclared(declare.Subject, declare.Skills, actor.Subject, at))
            : Forbidden("skills-of-another", "What somebody can do is said by themselves, or by an engineering lead."),
        (_, MarkSystemTest mark) => Accept(new SystemTestMarked(mark.System, mark.Test, mark.Mark, actor.Subject, at)),
        (_, AgreeSystemTestMark agree) => Agree(assessment, agree, actor, at),
        (_, CompleteAssessment complete) => Complete(assessment, complete, actor, at),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    private static Decision Answer(Assessment assessment, AnswerQuestion answer, Actor actor, DateTimeOffset at)
    {
        var said = assessment.Answers.GetValueOrDefault(Assessment.Key(answer.Question, actor.Subject));
        if (said is not null && (said.Coverage, said.Mode, said.Note, said.Reference) == (answer.Coverage, answer.Mode, answer.Note, answer.Reference)) return Nothing;
        return said is null && assessment.RespondentsOf(answer.Question).Count() >= MostRespondents
            ? Conflict("too-many-respondents", $"{MostRespondents} people have answered {answer.Question}; more are not taken.")
            : Accept(new QuestionAnswered(answer.Question, answer.Coverage, answer.Mode, answer.Note, answer.Reference, actor.Subject, at));
    }

    private static Decision Review(Assessment assessment, ReviewAnswer review, Actor actor, DateTimeOffset at)
    {
        List<string> respondents = [.. assessment.RespondentsOf(review.Question)];
        return respondents.Count == 0 ? Conflict("nothing-answered", $"Nobody has answered {review.Question} yet; there is nothing to look at.")
            : actor.Parties.Any(p => respondents.Contains(p, StringComparer.Ordinal)) ? Forbidden("reviewer-answered", $"{actor.Subject} answered {review.Question}; somebody else looks at it.")
            : Accept(new AnswerReviewed(review.Question, review.Note, actor.Subject, at));
    }

    private static Decision Ask(AskExemption ask, Actor actor, DateTimeOffset at)
    {
        var (latest, until) = (at.AddMonths(MonthsAnExemptionHolds), ask.Until ?? at.AddMonths(MonthsAnExemptionHolds));
        return until <= at ? Unprocessable("exemption-passed", "That a question does not apply holds until a time after now.")
            : until > latest ? Unprocessable("exemption-too-long", $"That a question does not apply holds for twelve months at most, until {latest:yyyy-MM-dd'T'HH:mm:ss'Z'}.")
            : Accept(new ExemptionAsked(ask.Question, ask.Reason, until, actor.Subject, at));
    }

    private static Decision Agree(Assessment assessment, AgreeExemption agree, Actor actor, DateTimeOffset at) =>
        assessment.Exemptions.GetValueOrDefault(agree.Question) is not { } asked ? NotFound("exemption-unknown", $"Nobody asked that {agree.Question} be left out.")
        : asked.AgreedBy is not null ? Conflict("exemption-agreed", $"{asked.AgreedBy} agreed already that {agree.Question} does not apply.")
        : actor.Parties.Contains(asked.AskedBy, StringComparer.Ordinal) ? Forbidden("agreed-by-the-same", $"{asked.AskedBy} asked that {agree.Question} be left out; another person must agree.")
        : Accept(new ExemptionAgreed(agree.Question, actor.Subject, at));

    private static Decision Agree(Assessment assessment, AgreeSystemTestMark agree, Actor actor, DateTimeOffset at) =>
        assessment.Marks.GetValueOrDefault(Assessment.Key(agree.System, agree.Test)) is not { } mark ? NotFound("mark-unknown", $"Nobody has marked {agree.Test} of {agree.System}.")
        : actor.Parties.Contains(mark.MarkedBy, StringComparer.Ordinal) ? Forbidden("agreed-by-the-same", $"{mark.MarkedBy} set this mark; another person must agree.")
        : Accept(new SystemTestMarkAgreed(agree.System, agree.Test, actor.Subject, at));

    private static Decision Complete(Assessment assessment, CompleteAssessment complete, Actor actor, DateTimeOffset at) =>
        complete.Edition != assessment.Edition ? Conflict("assessment-moved", "Somebody answered meanwhile; complete it again.")
        : complete.Empty ? Conflict("assessment-empty", "Nobody answered anything, and nothing is recorded of this team: there is nothing to complete.")
        : Accept(new AssessmentCompleted(complete.Snapshot, complete.Floor, complete.Mean, complete.Answered, complete.EvidenceShare, complete.ClaimsOnly, actor.Subject, at));
}
