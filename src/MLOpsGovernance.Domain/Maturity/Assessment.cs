using System.Collections.Immutable;

namespace MLOpsGovernance.Domain.Maturity;

/// <summary>A team's look at itself: what each respondent said, what was agreed, and the snapshot that it ended in.</summary>
public sealed record Assessment
{
    public string? Id { get; init; }
    public string Team { get; init; } = "";
    public string Instrument { get; init; } = "";
    public int InstrumentVersion { get; init; }
    public string InstrumentDigest { get; init; } = "";
    public int WindowDays { get; init; }
    public string BegunBy { get; init; } = "";
    public DateTimeOffset BegunAt { get; init; }

    /// <summary>Counts its events, so that a result is completed only as it was worked out.</summary>
    public long Edition { get; init; }

    /// <summary>The latest of each respondent, in the order of question and respondent.</summary>
    public ImmutableSortedDictionary<string, SaidAnswer> Answers { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<SaidAnswer>();

    /// <summary>By question: who looked at what its answers refer to, and answered none of it.</summary>
    public ImmutableSortedDictionary<string, AnswerReview> Reviews { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<AnswerReview>();

    public ImmutableSortedDictionary<string, AskedExemption> Exemptions { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<AskedExemption>();

    public ImmutableSortedDictionary<string, double> Targets { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<double>();

    public ImmutableSortedDictionary<string, double> Weights { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<double>();

    /// <summary>By subject.</summary>
    public ImmutableSortedDictionary<string, Sealed> Skills { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<Sealed>();

    /// <summary>By system and test.</summary>
    public ImmutableSortedDictionary<string, SaidMark> Marks { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<SaidMark>();

    public CompletedAssessment? Completed { get; init; }

    public bool Exists => Id is not null;

    /// <summary>Everybody who answered a question.</summary>
    public IEnumerable<string> RespondentsOf(string question) => Answers.Values.Where(a => a.Question == question).Select(a => a.Respondent);

    public static string Key(string first, string second) => $"{first} {second}";

    public static Assessment Evolve(Assessment a, object e) => e is AttemptRefused ? a : Next(a, e) with { Edition = a.Edition + 1 };

    private static Assessment Next(Assessment a, object e) => e switch
    {
        AssessmentBegun b => a with
        {
            Id = b.Id,
            Team = b.Team,
            Instrument = b.Instrument,
            InstrumentVersion = b.InstrumentVersion,
            InstrumentDigest = b.InstrumentDigest,
            WindowDays = b.WindowDays,
            BegunBy = b.By,
            BegunAt = b.At,
        },
        // What was looked at is not there any more, once somebody answers otherwise.
        QuestionAnswered q => a with { Answers = a.Answers.SetItem(Key(q.Question, q.By), new(q.Question, q.By, q.Coverage, q.Mode, q.Note, q.Reference, q.At)), Reviews = a.Reviews.Remove(q.Question) },
        AnswerReviewed r => a with { Reviews = a.Reviews.SetItem(r.Question, new(r.By, r.Note, r.At)) },
        ExemptionAsked x => a with { Exemptions = a.Exemptions.SetItem(x.Question, new(x.Question, x.Reason, x.By, x.At, x.Until)) },
        ExemptionAgreed x => a with { Exemptions = a.Exemptions.SetItem(x.Question, a.Exemptions[x.Question] with { AgreedBy = x.By, AgreedAt = x.At }) },
        ExemptionEnded x => a with { Exemptions = a.Exemptions.Remove(x.Question) },
        AssessmentTuned t => a with { Targets = a.Targets.SetItems(t.Targets.Select(n => KeyValuePair.Create(n.Name, n.Value))), Weights = a.Weights.SetItems(t.Weights.Select(n => KeyValuePair.Create(n.Name, n.Value))) },
        SkillsDeclared s => a with { Skills = s.Skills is null ? a.Skills.Remove(s.Subject) : a.Skills.SetItem(s.Subject, s.Skills) },
        SystemTestMarked m => a with { Marks = a.Marks.SetItem(Key(m.System, m.Test), new(m.System, m.Test, m.Mark, m.By, m.At)) },
        SystemTestMarkAgreed m => a with { Marks = a.Marks.SetItem(Key(m.System, m.Test), a.Marks[Key(m.System, m.Test)] with { AgreedBy = m.By }) },
        AssessmentCompleted c => a with { Completed = new(c.Snapshot, c.By, c.At) },
        _ => a,
    };
}

public sealed record SaidAnswer(string Question, string Respondent, double Coverage, double Mode, Sealed? Note, string? Reference, DateTimeOffset AnsweredAt);

public sealed record AnswerReview(string Reviewer, Sealed? Note, DateTimeOffset ReviewedAt);

/// <param name="AgreedBy">Null while nobody else agreed; then it says nothing.</param>
public sealed record AskedExemption(string Question, Sealed? Reason, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset Until, string? AgreedBy = null, DateTimeOffset? AgreedAt = null);

/// <param name="Mark">Null: does not apply.</param>
public sealed record SaidMark(string System, string Test, double? Mark, string MarkedBy, DateTimeOffset MarkedAt, string? AgreedBy = null);

public sealed record CompletedAssessment(string Snapshot, string CompletedBy, DateTimeOffset CompletedAt);
