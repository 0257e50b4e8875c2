using MLOpsGovernance.Server.PolicyChecks;

namespace MLOpsGovernance.Server.Simulations;

/// <summary>A decision on record, with what it was made on.</summary>
/// <param name="PolicySet">Digest of the set that it was made by.</param>
internal sealed record RecordedDecision(
    string Id, string Model, int Version, string Environment, string Action, string Outcome, string PolicySet, DateTimeOffset At, IReadOnlyList<RecordedRule> Rules, KeptFacts Kept);

internal sealed record RecordedRule(string Policy, string Rule, string Result, string Level);

/// <summary>A decision that would be another one under the draft.</summary>
/// <param name="Causes">The rules that turned it.</param>
internal sealed record Flip(
    string DecisionId, string Model, int Version, string Environment, string Action, DateTimeOffset At, string Was, string Now, IReadOnlyList<FlipCause> Causes);

/// <summary>A rule that says something else under the draft.</summary>
/// <param name="Was">Its result on record; null where the set of the time had no such rule.</param>
/// <param name="Now">Its result under the draft; null where that has no such rule.</param>
/// <param name="Because">Code: <c>rule-added</c>, <c>rule-removed</c>, <c>rule-changed</c>, <c>level-changed</c>, <c>scope-changed</c>, <c>policy-changed</c>, <c>set-changed</c> or <c>unknown</c>.</param>
/// <param name="Why">The same in words.</param>
internal sealed record FlipCause(string Policy, string Rule, string? Was, string? Now, string? WasLevel, string? NowLevel, string Because, string Why);

/// <summary>How many decisions one rule turned.</summary>
internal sealed record RuleTurns(string Policy, string Rule, string Because, int Decisions);

/// <summary>How many decisions went from one outcome to another.</summary>
internal sealed record OutcomeTurns(string Was, string Now, int Decisions);

/// <param name="Judged">Decisions that were judged again.</param>
/// <param name="Unjudged">Decisions that had nothing to judge, because they asked about something unknown, or whose facts are gone.</param>
/// <param name="Flipped">How many would come out otherwise.</param>
/// <param name="Flips">The latest of them, at most <see cref="SimulationTally.MostFlips"/>.</param>
internal sealed record SimulationResult(int Judged, int Unjudged, int Flipped, IReadOnlyList<OutcomeTurns> Outcomes, IReadOnlyList<RuleTurns> Rules, IReadOnlyList<Flip> Flips);
