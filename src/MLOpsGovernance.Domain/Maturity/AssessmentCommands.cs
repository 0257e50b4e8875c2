using System.Text.Json.Serialization;

namespace MLOpsGovernance.Domain.Maturity;

/// <summary>What somebody wants of an assessment. That questions, tests and numbers are the instrument's own, the caller has made sure.</summary>
[JsonDerivedType(typeof(BeginAssessment), "begin-assessment")]
[JsonDerivedType(typeof(AnswerQuestion), "answer-question")]
[JsonDerivedType(typeof(ReviewAnswer), "review-answer")]
[JsonDerivedType(typeof(AskExemption), "ask-exemption")]
[JsonDerivedType(typeof(AgreeExemption), "agree-exemption")]
[JsonDerivedType(typeof(EndExemption), "end-exemption")]
[JsonDerivedType(typeof(TuneAssessment), "tune-assessment")]
[JsonDerivedType(typeof(DeclareSkills), "declare-skills")]
[JsonDerivedType(typeof(MarkSystemTest), "mark-system-test")]
[JsonDerivedType(typeof(AgreeSystemTestMark), "agree-system-test-mark")]
[JsonDerivedType(typeof(CompleteAssessment), "complete-assessment")]
public abstract record AssessmentCommand;

public sealed record BeginAssessment(string Id, string Team, bool TeamExists, string Instrument, int InstrumentVersion, string InstrumentDigest, int WindowDays) : AssessmentCommand;

public sealed record AnswerQuestion(string Question, double Coverage, double Mode, Sealed? Note, string? Reference) : AssessmentCommand;

public sealed record ReviewAnswer(string Question, Sealed? Note) : AssessmentCommand;

public sealed record AskExemption(string Question, Sealed? Reason, DateTimeOffset? Until) : AssessmentCommand;

public sealed record AgreeExemption(string Question) : AssessmentCommand;

public sealed record EndExemption(string Question) : AssessmentCommand;

public sealed record TuneAssessment(IReadOnlyList<NamedNumber> Targets, IReadOnlyList<NamedNumber> Weights) : AssessmentCommand;

public sealed record DeclareSkills(string Subject, Sealed? Skills) : AssessmentCommand;

public sealed record MarkSystemTest(string System, string Test, double? Mark) : AssessmentCommand;

public sealed record AgreeSystemTestMark(string System, string Test) : AssessmentCommand;

/// <param name="Edition">Of the assessment whose result was worked out; what was said since would be lost.</param>
/// <param name="Empty">Whether nobody said anything and nothing is recorded.</param>
public sealed record CompleteAssessment(string Snapshot, long Edition, int? Floor, double Mean, double Answered, double EvidenceShare, bool ClaimsOnly, bool Empty) : AssessmentCommand;
