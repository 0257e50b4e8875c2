using MLOpsGovernance.Policy.Cel.Values;
using MLOpsGovernance.Policy.Rules;

namespace MLOpsGovernance.Policy.Differences;

/// <summary>What a policy as a whole asks otherwise: where it looks, how hard, with which parameters, and who may waive it.</summary>
internal static class PolicyComparison
{
    public static IEnumerable<SetChange> Changes(CompiledPolicy then, CompiledPolicy now)
    {
        var (old, document) = (then.Document, now.Document);
        var name = document.Name;
        foreach (var (environment, was, becomes) in Levels.Moved(old, document))
        {
            var lowered = becomes > was;
            yield return new(lowered ? ChangeEffect.Relaxed : ChangeEffect.Tightened, lowered ? "level-lowered" : "level-raised", name, null,
                $"{name} is {Levels.Word(becomes)}{(environment is null ? "" : $" in {environment}")}; it was {Levels.Word(was)}.");
        }

        foreach (var change in Scope(old.Match.Actions, document.Match.Actions, name, "asked about")) yield return change;
        foreach (var change in Scope(old.Match.Environments, document.Match.Environments, name, "asked in")) yield return change;
        foreach (var change in Conditions(old, document)) yield return change;
        if (old.FailClosed != document.FailClosed)
        {
            yield return document.FailClosed
                ? new(ChangeEffect.Tightened, "errors-count", name, null, $"What {name} cannot decide counts as failed.")
                : new(ChangeEffect.Relaxed, "errors-ignored", name, null, $"What {name} cannot decide is only recorded; it counted as failed.");
        }

        if (old.Enforcement.SuspendsLive != document.Enforcement.SuspendsLive)
        {
            yield return document.Enforcement.SuspendsLive
                ? new(ChangeEffect.Tightened, "suspends-live", name, null, $"What runs and breaks {name} where it is mandatory is suspended and to be taken down; it was reported only.")
                : new(ChangeEffect.Relaxed, "reports-live", name, null, $"What runs and breaks {name} is reported only; it was suspended and to be taken down.");
        }

        foreach (var change in Waivers(old, document)) yield return change;
        foreach (var change in Parameters(then, now)) yield return change;
    }

    private static IEnumerable<SetChange> Scope(IReadOnlyList<string> then, IReadOnlyList<string> now, string policy, string how)
    {
        if (then.ToHashSet(StringComparer.Ordinal).SetEquals(now)) yield break;
        var (lost, gained) = (then.Count == 0 ? [] : then.Except(now, StringComparer.Ordinal).ToList(), now.Count == 0 ? [] : now.Except(then, StringComparer.Ordinal).ToList());
        if (now.Count == 0) yield return new(ChangeEffect.Tightened, "scope-widened", policy, null, $"{policy} is {how} everything; it was {how} {string.Join(", ", then)} only.");
        else if (then.Count == 0) yield return new(ChangeEffect.Relaxed, "scope-narrowed", policy, null, $"{policy} is {how} {string.Join(", ", now)} only; it was {how} everything.");
        else
        {
            if (lost.Count > 0) yield return new(ChangeEffect.Relaxed, "scope-narrowed", policy, null, $"{policy} is no longer {how} {string.Join(", ", lost)}.");
            if (gained.Count > 0) yield return new(ChangeEffect.Tightened, "scope-widened", policy, null, $"{policy} is {how} {string.Join(", ", gained)} too.");
        }
    }

    private static IEnumerable<SetChange> Conditions(PolicyDocument then, PolicyDocument now)
    {
        var old = then.Match.Conditions.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, expression) in now.Match.Conditions)
        {
            if (!old.Remove(name, out var was)) yield return new(ChangeEffect.Relaxed, "scope-narrowed", now.Name, null, $"{now.Name} looks only where {name} ({Words.Flat(expression)}).");
            else if (Words.Flat(was) != Words.Flat(expression)) yield return new(ChangeEffect.Changed, "scope-changed", now.Name, null, $"{now.Name} looks elsewhere: the condition {name} was {Words.Flat(was)} and is {Words.Flat(expression)}.");
        }

        foreach (var (name, expression) in old) yield return new(ChangeEffect.Tightened, "scope-widened", now.Name, null, $"{now.Name} looks everywhere and no longer only where {name} ({Words.Flat(expression)}).");
    }

    private static IEnumerable<SetChange> Waivers(PolicyDocument old, PolicyDocument document)
    {
        if ((old.Waivers, document.Waivers) is not ({ } then, { } now)) yield break;
        var name = document.Name;
        if (then.MaxDuration != now.MaxDuration)
        {
            var longer = now.MaxDuration > then.MaxDuration;
            yield return new(longer ? ChangeEffect.Relaxed : ChangeEffect.Tightened, longer ? "limit-widened" : "limit-narrowed", name, null,
                $"A waiver of {name} lasts up to {Words.Duration(now.MaxDuration)}; it was up to {Words.Duration(then.MaxDuration)}.");
        }

        var (gained, lost) = (now.ApproverRoles.Except(then.ApproverRoles, StringComparer.Ordinal).ToList(), then.ApproverRoles.Except(now.ApproverRoles, StringComparer.Ordinal).ToList());
        if (gained.Count > 0) yield return new(ChangeEffect.Relaxed, "approvers-added", name, null, $"A waiver of {name} may be approved by {string.Join(", ", gained)} too.");
        if (lost.Count > 0) yield return new(ChangeEffect.Tightened, "approvers-removed", name, null, $"A waiver of {name} may no longer be approved by {string.Join(", ", lost)}.");
        if (then.RequireCompensatingControl != now.RequireCompensatingControl)
        {
            yield return now.RequireCompensatingControl
                ? new(ChangeEffect.Tightened, "limit-narrowed", name, null, $"A waiver of {name} needs a compensating control.")
                : new(ChangeEffect.Relaxed, "limit-widened", name, null, $"A waiver of {name} needs no compensating control any more.");
        }
    }

    private static IEnumerable<SetChange> Parameters(CompiledPolicy then, CompiledPolicy now)
    {
        for (var i = 0; i < now.Parameters.Names.Count; i++)
        {
            var (name, index) = (now.Parameters.Names[i], then.Parameters.IndexOf(now.Parameters.Names[i]));
            if (index < 0) continue;
            var (was, becomes) = (then.ParameterValues[index], now.ParameterValues[i]);
            if (ValueText.Json(was, 400) != ValueText.Json(becomes, 400))
            {
                var effect = Monotony.OfParameter(now, name).After(Values.Compare(was, becomes));
                yield return new(effect, effect switch { ChangeEffect.Relaxed => "limit-widened", ChangeEffect.Tightened => "limit-narrowed", _ => "parameter-changed" }, now.Document.Name, null,
                    $"{name} of {now.Document.Name} is {Words.Value(becomes)}; it was {Words.Value(was)}{Words.Meaning(effect)}.");
            }

            var (old, fact) = (then.Parameters.Facts[index].Value, now.Parameters.Facts[i].Value);
            var wider = Wider(old.Maximum, fact.Maximum, 1) || Wider(old.Minimum, fact.Minimum, -1) || fact.MaxItems > old.MaxItems;
            if (wider) yield return new(ChangeEffect.Relaxed, "range-widened", now.Document.Name, null, $"{name} of {now.Document.Name} may be set further than before: {Range(fact.Minimum, fact.Maximum)} instead of {Range(old.Minimum, old.Maximum)}.");
        }
    }

    private static bool Wider(double? then, double? now, int sign) => then is not null && (now is null || sign * now.Value.CompareTo(then.Value) > 0);

    private static string Range(double? least, double? most) => (least, most) switch
    {
        (null, null) => "anything",
        (null, { } upper) => $"at most {Words.Number(upper)}",
        ({ } lower, null) => $"at least {Words.Number(lower)}",
        ({ } lower, { } upper) => $"{Words.Number(lower)} to {Words.Number(upper)}",
    };
}
