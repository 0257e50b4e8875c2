namespace MLOpsGovernance.Domain.Maturity;

/// <summary>A team begins to look at itself.</summary>
/// <param name="InstrumentDigest">Of the files that the questions stand in.</param>
/// <param name="WindowDays">How far back what is recorded counts.</param>
public sealed record AssessmentBegun(string Id, string Team, string Instrument, int InstrumentVersion, string InstrumentDigest, int WindowDays, string By, DateTimeOffset At);

/// <summary>What one respondent says; it takes the place of what they said before.</summary>
/// <param name="Coverage">0, 0.25, 0.5 or 1.</param>
/// <param name="Mode">0, 0.5 or 1.</param>
/// <param name="Reference">Digest of a document that bears it out.</param>
public sealed record QuestionAnswered(string Question, double Coverage, double Mode, Sealed? Note, string? Reference, string By, DateTimeOffset At);

/// <summary>Somebody who did not answer looked at what the answers refer to.</summary>
public sealed record AnswerReviewed(string Question, Sealed? Note, string By, DateTimeOffset At);

public sealed record ExemptionAsked(string Question, Sealed? Reason, DateTimeOffset Until, string By, DateTimeOffset At);

public sealed record ExemptionAgreed(string Question, string By, DateTimeOffset At);

/// <summary>Refused by another, or no longer asked for.</summary>
public sealed record ExemptionEnded(string Question, string By, DateTimeOffset At);

/// <param name="Targets">By question; what is left out stays as it is.</param>
/// <param name="Weights">By dimension; what is left out stays as it is.</param>
public sealed record AssessmentTuned(IReadOnlyList<NamedNumber> Targets, IReadOnlyList<NamedNumber> Weights, string By, DateTimeOffset At);

public sealed record NamedNumber(string Name, double Value);

/// <summary>What somebody can do, by their own word or their lead's: sealed, as it is about a person.</summary>
public sealed record SkillsDeclared(string Subject, Sealed? Skills, string By, DateTimeOffset At);

/// <summary>A test of one system was marked.</summary>
/// <param name="Mark">Null: does not apply.</param>
public sealed record SystemTestMarked(string System, string Test, double? Mark, string By, DateTimeOffset At);

/// <summary>Somebody else agrees to a mark that is above what is recorded.</summary>
public sealed record SystemTestMarkAgreed(string System, string Test, string By, DateTimeOffset At);

/// <summary>It is over: nothing of it changes any more, whatever happens to what it was drawn from.</summary>
/// <param name="Snapshot">SHA-256 of the canonical JSON of everything that it rests on and comes to.</param>
/// <param name="Floor">The lowest level of the core dimensions; null where too little was answered for a headline.</param>
public sealed record AssessmentCompleted(string Snapshot, int? Floor, double Mean, double Answered, double EvidenceShare, bool ClaimsOnly, string By, DateTimeOffset At);
