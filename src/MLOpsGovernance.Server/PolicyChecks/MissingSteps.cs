using System.Collections.Concurrent;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <param name="Resolvable"><see cref="MissingStep.ByApproval"/> or <see cref="MissingStep.ByChange"/>.</param>
internal sealed record WayOut(IReadOnlyList<MissingStep> Missing, string Resolvable);

/// <summary>
/// Finds what is missing before a rule holds. First by what is not known: with a fact unknown, a rule that the other facts decide needs none of the steps that change it. Then, of
/// the steps that remain, the fewest with which the rule would hold. Nothing of it is recorded: it follows from the decision's facts, policies and clock.
/// </summary>
internal sealed class MissingSteps
{
    private const int Most = 2_000;
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, WayOut>> _known = new(StringComparer.Ordinal);

    /// <param name="failed">Ids of the rules that do not hold.</param>
    /// <returns>By rule id.</returns>
    public IReadOnlyDictionary<string, WayOut> Of(PolicySet set, GateFacts facts, string factsDigest, IReadOnlyList<string> failed, DateTimeOffset now)
    {
        var key = string.Join(' ', [set.Digest, factsDigest, .. failed]);
        if (_known.TryGetValue(key, out var known)) return known;
        if (_known.Count >= Most) _known.Clear();
        return _known[key] = Find(set, facts, failed, now);
    }

    private static Dictionary<string, WayOut> Find(PolicySet set, GateFacts facts, IReadOnlyList<string> failed, DateTimeOffset now)
    {
        var search = new Search(set, facts, now);
        PossibleStep[] steps = [.. PossibleStep.All(facts, set.EvidenceKinds, now)];
        var open = set.Undecided(search.Query(facts), [.. steps.Select(s => s.Fact).Distinct(StringComparer.Ordinal)]).ToLookup(o => o.Rule, o => o.WaitsFor, StringComparer.Ordinal);
        return failed.ToDictionary(rule => rule, rule => search.WayOut(rule, open[rule].FirstOrDefault() is { } waitsFor ? Towards(rule, waitsFor, steps, set) : []), StringComparer.Ordinal);
    }

    /// <summary>The steps that change what the rule waits for. Where it names kinds of evidence, others are of no use to it, and there are too many of them to try.</summary>
    private static PossibleStep[] Towards(string rule, IReadOnlyList<string> waitsFor, PossibleStep[] steps, PolicySet set)
    {
        var kinds = set.EvidenceOf(rule);
        return [.. steps.Where(s => waitsFor.Contains(s.Fact, StringComparer.Ordinal) && (s.Evidence is not { } kind || kinds.Count == 0 || kinds.Contains(kind, StringComparer.Ordinal)))];
    }

    private sealed class Search(PolicySet set, GateFacts facts, DateTimeOffset now)
    {
        private readonly Dictionary<string, PolicyRule> _rules = set.Policies.SelectMany(p => p.Rules).ToDictionary(r => r.Id, StringComparer.Ordinal);

        public PolicyQuery Query(GateFacts with) => new(facts.Release.Action, facts.Release.Environment, facts.Environment.Gated, Gate.Freeze(with), now);

        public WayOut WayOut(string rule, PossibleStep[] steps)
        {
            if (!Holds(rule, steps)) return new([new(Sentence(rule), Roles.Contributor)], MissingStep.ByChange);

            var needed = steps.ToList();
            for (var i = needed.Count - 1; i >= 0; i--)
            {
                List<PossibleStep> fewer = [.. needed.Where((_, at) => at != i)];
                if (Holds(rule, fewer)) needed = fewer;
            }

            MissingStep[] missing = [.. needed.Select((step, i) => WithOthers(rule, needed, i, step))];
            if (facts.Version.Review != "open" && needed.Exists(s => s.Fact == "approvals"))
                missing = [new($"a review of version {facts.Version.Number} requested", Roles.Contributor, [Roles.EngineeringLead, Roles.Pipeline]), .. missing];
            return new(missing, needed.TrueForAll(s => s.IsConsent) ? MissingStep.ByApproval : MissingStep.ByChange);
        }

        private MissingStep WithOthers(string rule, List<PossibleStep> needed, int at, PossibleStep step)
        {
            string[] others =
            [
                .. Roles.Approvers.Where(role => step.In(role, facts, now) is { } other && Holds(rule, [.. needed.Select((s, i) => i == at ? other : s)])),
            ];
            return others.Length == 0 ? step.Missing : step.Missing with { OrRoles = others };
        }

        private bool Holds(string rule, IReadOnlyCollection<PossibleStep> steps) =>
            steps.Count > 0 && set.Holding(Query(steps.Aggregate(facts, (f, step) => step.Take(f))), new HashSet<string>(StringComparer.Ordinal) { rule }).Contains(rule);

        private string Sentence(string rule) => _rules.TryGetValue(rule, out var of) ? (of.Remediation ?? of.Message).ReplaceLineEndings(" ").Trim() : rule;
    }
}
