using MLOpsGovernance.Advisor.CrossViews;
using MLOpsGovernance.Advisor.Maturity;
using MLOpsGovernance.Advisor.People;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Maturity;

/// <param name="State"><c>draft</c> or <c>completed</c>.</param>
/// <param name="Snapshot">Of a completed one: the digest of everything that it rests on and comes to.</param>
/// <param name="Respondents">Who answered how many of the questions.</param>
/// <param name="Exemptions">Questions that were said not to apply; they count as such once another person has agreed.</param>
/// <param name="Systems">Systems whose tests somebody marked.</param>
internal sealed record AssessmentView(
    string Id, string Team, InstrumentReference Instrument, string State, string BegunBy, DateTimeOffset BegunAt, string? CompletedBy, DateTimeOffset? CompletedAt, string? Snapshot, DateTimeOffset From, DateTimeOffset At,
    IReadOnlyDictionary<string, int> Respondents, IReadOnlyList<ExemptionView> Exemptions, IReadOnlyList<string> Systems, AssessmentResultView Result, TrendView? Trend) : ITagged;

internal sealed record InstrumentReference(string Name, int Version, string Digest);

internal sealed record AssessmentListing(
    string Id, string Team, string Instrument, string BegunBy, DateTimeOffset BegunAt, DateTimeOffset? CompletedAt, int? Floor, double? Mean, double? EvidenceShare);

internal sealed record ExemptionView(string Question, string? Reason, string AskedBy, DateTimeOffset Until, string? AgreedBy, DateTimeOffset? AgreedAt, bool Holds);

/// <param name="Headline">False where too little is answered for a level: then there is a profile and no floor.</param>
/// <param name="Scan">Whether only the critical questions were answered so far.</param>
/// <param name="ClaimsOnly">Nothing that is recorded bears on any of it.</param>
/// <param name="Denominators">What the shares are shares of.</param>
/// <param name="Floor">The lowest level of the core dimensions; left out without a headline. It is confirmed where <paramref name="FloorAtMost"/> is the same.</param>
/// <param name="Contradictions">Sentences about claims that the record contradicts; look at these first.</param>
internal sealed record AssessmentResultView(
    bool Headline, bool Scan, bool ClaimsOnly, string Denominators, int? Floor, int? FloorAtMost, double Mean, double MeanAtMost, double Answered, double EvidenceShare, CalibrationView? Calibration, double? TargetMet,
    IReadOnlyList<string> Contradictions, IReadOnlyList<NextActionView> Next, IReadOnlyList<DimensionView> Dimensions, IReadOnlyList<QuestionView> Questions, IReadOnlyList<string> Disagreements,
    PublishedModelView Microsoft, PublishedModelView Google, IReadOnlyList<TraitView> Traits, IReadOnlyList<RoleView> Roles, TeamSkillsView? Skills, WeightChangeView? SmallestWeightChange, IReadOnlyList<StatementAnswerView> Statements);

/// <param name="Mean">Of claim less evidence: above 0 more was claimed than is so.</param>
internal sealed record CalibrationView(double Mean, int Count);

internal sealed record NextActionView(string Question, string Text, string Effort, double? Now, int FloorFrom, int FloorTo, double MeanGain, IReadOnlyList<LevelChangeView> Levels);

internal sealed record LevelChangeView(string What, int From, int To);

/// <param name="Fraction">How far the next level is reached.</param>
/// <param name="LevelAtMost">With every open question answered as done.</param>
/// <param name="Confirmed">The level holds however the open questions will be answered.</param>
/// <param name="Provisional">It rests on shares that a few more cases could move, or on claims that nothing bears out.</param>
/// <param name="WithoutExemptions">The level with every question asked.</param>
internal sealed record DimensionView(
    string Id, string Name, bool Core, double Weight, bool Assessed, int Level, string LevelName, double Fraction, double Display, int LevelAtMost, bool Confirmed, bool Provisional, double Answered, double WithoutExemptions,
    double? TargetMet);

/// <param name="Claim">The lowest of the claims: what nobody disputes.</param>
/// <param name="Standing">What the final score rests on: <c>unanswered</c>, <c>thin</c>, <c>attestedUnreviewed</c>, <c>attested</c> or <c>evidenced</c>.</param>
/// <param name="Delta">Claim less evidence.</param>
internal sealed record QuestionView(
    string Id, string Dimension, int Level, bool Critical, IReadOnlyList<ClaimView> Claims, double? Claim, EvidenceCountView? Evidence, double? Final, string Standing, double? Delta, bool Applicable, double Target,
    double Disagreement, bool Provisional);

internal sealed record ClaimView(string Respondent, double Score);

/// <param name="Share">Left out where there was nothing that it would be a share of.</param>
/// <param name="Lower">Of Wilson's interval.</param>
/// <param name="Counted">What was counted, those that are as the question asks first; up to a hundred of each.</param>
internal sealed record EvidenceCountView(long Numerator, long Denominator, double? Share, double? Lower, double? Upper, double? Score, double Mode, IReadOnlyList<string> Counted);

/// <param name="Claimed">The level if every claim held.</param>
/// <param name="Blocking">What the next level lacks.</param>
internal sealed record PublishedModelView(int Level, IReadOnlyDictionary<string, int> Columns, int Claimed, IReadOnlyList<StatementView> Blocking, string Source);

internal sealed record StatementView(string Id, string Statement, string Rests);

/// <param name="Value">0 research, 0.5 mixed, 1 production; left out where nothing is known.</param>
internal sealed record TraitView(string Id, string Trait, string Research, string Production, double? Value);

internal sealed record RoleView(string Id, string Name, double? Gap, IReadOnlyList<string> Widest);

/// <summary>What the team can do together; nothing is worked out for a person.</summary>
internal sealed record TeamSkillsView(int People, double Expertise, double TeamShape, IReadOnlyDictionary<string, RoleSkillsView> Roles);

internal sealed record RoleSkillsView(double Coverage, double Resilience, IReadOnlyList<string> Missing, IReadOnlyList<string> SinglePoint);

/// <summary>The smallest change of one weight that would alter the order of the gaps.</summary>
internal sealed record WeightChangeView(string Dimension, double From, double To, IReadOnlyList<string> Swaps);

internal sealed record StatementAnswerView(string Question, IReadOnlyList<ClaimView> Claims);

/// <param name="Why">Why there is none; left out where there is.</param>
internal sealed record TrendView(string Before, DateTimeOffset BeforeAt, string? Why, int? FloorBefore, int? FloorNow, double? MeanBefore, double? MeanNow, IReadOnlyList<string> Better, IReadOnlyList<string> Worse, IReadOnlyDictionary<string, double?> Progress);

internal sealed record WhatIfView(string Question, double Score, int FloorFrom, int FloorTo, double MeanFrom, double MeanTo, IReadOnlyList<LevelChangeView> Levels);

/// <param name="Proposed">From what is recorded.</param>
/// <param name="Mark">What counts; left out where the test does not apply.</param>
/// <param name="Waits">It is above what is recorded, and another person has yet to agree: until then what is recorded counts.</param>
internal sealed record SystemTestView(string Id, string Section, string Statement, double Proposed, double? Mark, bool Confirmed, bool Waits);

/// <param name="Strict">Tests that do not apply count as not done.</param>
/// <param name="Lenient">They count as automated.</param>
internal sealed record SystemSheetView(string System, IReadOnlyList<SystemTestView> Tests, TestScoreView Strict, TestScoreView Lenient, int NotApplicable, string Limit);

internal sealed record TestScoreView(double Score, string Band, IReadOnlyList<double> Sums)
{
    public static TestScoreView Of(TestScore s) => new(s.Score, s.Band, s.Sums);
}

internal sealed record DeclaredSkillsView(string Subject, IReadOnlyList<string> Roles, IReadOnlyDictionary<string, int> Skills);

/// <summary>Everything that an assessment rests on and comes to. Of a draft, as it is now.</summary>
/// <param name="Input">Answers, evidence, attestations, exemptions, targets and weights: the result follows from these and the instrument alone.</param>
internal sealed record AssessmentExport(
    string Id, string Team, InstrumentReference Instrument, DateTimeOffset From, DateTimeOffset At, AssessmentInput Input, IReadOnlyList<AnswerExport> Answers, AssessmentResultView Result, IReadOnlyList<SystemSheetView> Systems);

internal sealed record AnswerExport(string Question, string Text, string Respondent, double Coverage, double Mode, string? Note, string? Reference, DateTimeOffset At, string? ReviewedBy);

/// <summary>What a completed assessment is kept as.</summary>
internal sealed record AssessmentSnapshot(
    string Id, string Team, InstrumentReference Instrument, DateTimeOffset From, DateTimeOffset At, AssessmentInput Input, AssessmentResultView Result, IReadOnlyList<SystemSheetView> Systems);

/// <summary>The advisor's result in the words of the API.</summary>
internal static class AssessmentResultViews
{
    public static AssessmentResultView Of(AssessmentResult r, Instrument instrument, TeamSkillProfile? skills, int people, bool observed, IReadOnlyList<StatementAnswerView> statements)
    {
        var views = Advisor.CrossViews.AssessmentViews.Of(r, instrument);
        return new(
            r.Headline, r.ScanOnly, r.ClaimsOnly,
            r.ClaimsOnly ? "of what was claimed: nothing that is recorded bears on it" : observed ? "of registered models; what was observed to run without being registered has findings" : "of registered models: nobody has reported what really runs",
            r.Headline ? r.Floor : null, r.Headline ? r.FloorAtMost : null, r.Mean, r.MeanAtMost, r.Answered, r.EvidenceShare, r.Calibration is { } c ? new(c.Mean, c.Count) : null, r.Target.Share,
            [.. r.Contradictions.Select(Contradiction)],
            [.. WhatIf.Next(r, instrument).Select(a => new NextActionView(a.Question.Id, a.Question.Text, a.Effort, a.Now, a.Effect.Floor.From, a.Effect.Floor.To, a.Effect.MeanGain, Changes(a.Effect.Levels)))],
            [.. r.Dimensions.Select(d => Dimension(d, instrument))], [.. r.Questions.Select(Question)], [.. r.Disagreements.Select(q => q.Question.Id)],
            Published(views.Microsoft, instrument.Views.Microsoft.Source), Published(views.Google, instrument.Views.Google.Source),
            [.. views.Traits.Select(t => new TraitView(t.Trait.Id, t.Trait.Name, t.Trait.Research, t.Trait.Production, t.Value))],
            [.. RoleGaps.Of(r, instrument.People).Select(g => new RoleView(g.Role.Id, g.Role.Name, g.Gap, g.Widest))],
            skills is null ? null : new(people, skills.Expertise, skills.TeamShape, skills.Roles.ToDictionary(s => s.Key, s => new RoleSkillsView(s.Value.Coverage, s.Value.Resilience, s.Value.Missing, s.Value.SinglePoint), StringComparer.Ordinal)),
            WeightSensitivity.Of(r) is { } w ? new(w.Dimension, w.From, w.To, w.Swaps) : null, statements);
    }

    public static IReadOnlyList<LevelChangeView> Changes(IReadOnlyList<LevelChange> changes) => [.. changes.Select(l => new LevelChangeView(l.What, l.From, l.To))];

    private static string Contradiction(QuestionResult q) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{q.Question.Id}: claimed {q.Claim:0.##}, recorded {q.Evidence!.Score:0.##} ({q.Evidence.Measured.Numerator} of {q.Evidence.Measured.Denominator}). {q.Question.Text}");

    private static DimensionView Dimension(DimensionResult d, Instrument instrument) => new(
        d.Dimension.Id, d.Dimension.Name, d.Dimension.Core, d.Weight, d.Assessed, d.Level.Level, instrument.Levels[d.Level.Level], d.Level.Fraction, d.Level.Display, d.Bounds.High.Level, d.Bounds.Confirmed, d.Provisional, d.Bounds.Answered,
        d.WithoutExemptions.Display, d.Target.Share);

    private static QuestionView Question(QuestionResult q) => new(
        q.Question.Id, q.Question.Dimension, q.Question.Level, q.Question.Critical, [.. q.Claims.Select(c => new ClaimView(c.Respondent, c.Score))], q.Claim,
        q.Evidence is { } e ? new(e.Measured.Numerator, e.Measured.Denominator, e.Share, e.Interval?.Lower, e.Interval?.Upper, e.Score, e.Measured.Mode, e.Measured.Counted ?? []) : null,
        q.Final, Json.EnumWord(q.Standing), q.Delta, q.Applicable, q.Target, q.Disagreement, q.Provisional);

    private static PublishedModelView Published(PublishedView v, string source) => new(v.Overall, v.Columns, v.Claimed, [.. v.Blocking.Select(p => new StatementView(p.Id, p.Statement, p.Rests))], source);
}
