using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.PolicyChecks;

namespace MLOpsGovernance.Server.Simulations;

/// <summary>Judges decisions on record again under a draft, each on its own facts and by its own clock. Pure.</summary>
/// <param name="sets">The sets that decisions were made by, by digest; null where one cannot be read any more.</param>
internal sealed class Simulator(PolicySet draft, Func<string, PolicySet?> sets)
{
    private const int MostCauses = 20;

    private readonly Dictionary<(string Set, string Policy, string Rule, string Environment), (string Because, string Why)> _changes = [];

    /// <summary>Null where the draft decides the same.</summary>
    public Flip? Judge(RecordedDecision decision)
    {
        var verdict = Gate.Results(draft, decision.Kept, decision.At);
        var outcome = Json.EnumWord(verdict.Outcome);
        return outcome == decision.Outcome ? null : new(
            decision.Id, decision.Model, decision.Version, decision.Environment, decision.Action, decision.At, decision.Outcome, outcome, Causes(decision, verdict));
    }

    /// <summary>The rules that weigh otherwise than they did; where none does, whatever changed.</summary>
    private IReadOnlyList<FlipCause> Causes(RecordedDecision decision, PolicyVerdict verdict)
    {
        var was = decision.Rules.ToDictionary(r => (r.Policy, r.Rule));
        var now = verdict.Rules.ToDictionary(r => (r.Policy, r.Rule), r => new RecordedRule(r.Policy, r.Rule, Json.EnumWord(r.Result), Json.EnumWord(r.Level)));
        var changed = was.Keys.Union(now.Keys).Select(k => (Was: was.GetValueOrDefault(k), Now: now.GetValueOrDefault(k))).Where(p => p.Was != p.Now).ToList();
        var turned = changed.Where(p => Weight(p.Was) != Weight(p.Now)).ToList();
        return [.. (turned.Count > 0 ? turned : changed).Take(MostCauses).Select(p => Cause(decision, p.Was, p.Now))];
    }

    private FlipCause Cause(RecordedDecision decision, RecordedRule? was, RecordedRule? now)
    {
        var (policy, rule) = (was ?? now!) is var either ? (either.Policy, either.Rule) : default;
        var key = (decision.PolicySet, policy, rule, decision.Environment);
        if (!_changes.TryGetValue(key, out var change)) _changes[key] = change = RuleChange.Of(policy, rule, decision.Environment, sets(decision.PolicySet), draft);
        return new(policy, rule, was?.Result, now?.Result, was?.Level, now?.Level, change.Because, change.Why);
    }

    private static int Weight(RecordedRule? rule) => rule is not { Result: "fail" or "error" } ? 0 : rule.Level switch
    {
        "mandatory" => rule.Result == "fail" ? 3 : 2,
        "advisory" => 1,
        _ => 0,
    };
}

/// <summary>Counts what a simulation finds.</summary>
internal sealed class SimulationTally
{
    /// <summary>Flips kept with all their causes; the others are counted.</summary>
    public const int MostFlips = 1_000;

    private readonly Dictionary<(string, string), int> _outcomes = [];
    private readonly Dictionary<(string, string, string), int> _rules = [];
    private readonly Queue<Flip> _latest = new();

    public int Judged { get; private set; }

    public int Unjudged { get; private set; }

    public int Flipped { get; private set; }

    /// <param name="flip">Null where it came out the same.</param>
    public void Add(Flip? flip)
    {
        Judged++;
        if (flip is null) return;
        Flipped++;
        _outcomes[(flip.Was, flip.Now)] = _outcomes.GetValueOrDefault((flip.Was, flip.Now)) + 1;
        foreach (var cause in flip.Causes) _rules[(cause.Policy, cause.Rule, cause.Because)] = _rules.GetValueOrDefault((cause.Policy, cause.Rule, cause.Because)) + 1;
        _latest.Enqueue(flip);
        if (_latest.Count > MostFlips) _latest.Dequeue();
    }

    public void PassOver() => Unjudged++;

    public SimulationResult Result() => new(
        Judged, Unjudged, Flipped,
        [.. _outcomes.OrderBy(o => $"{o.Key.Item1} {o.Key.Item2}", StringComparer.Ordinal).Select(o => new OutcomeTurns(o.Key.Item1, o.Key.Item2, o.Value))],
        [.. _rules.OrderByDescending(r => r.Value).ThenBy(r => $"{r.Key.Item1}/{r.Key.Item2} {r.Key.Item3}", StringComparer.Ordinal).Select(r => new RuleTurns(r.Key.Item1, r.Key.Item2, r.Key.Item3, r.Value))],
        [.. _latest.Reverse()]);
}
