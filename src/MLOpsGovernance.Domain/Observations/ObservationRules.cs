using MLOpsGovernance.Domain.Environments;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Observations;

/// <summary>Observations come in the order of time; each discrepancy has one open finding, which only people close.</summary>
public static class ObservationRules
{
    /// <summary>How far another machine's clock may be ahead.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Why an observation of that time cannot be taken; null when it can.</summary>
    public static Decision? Untimely(DeploymentEnvironment environment, ObserveEnvironment observe, DateTimeOffset at) =>
        observe.ObservedAt > at + Skew
            ? Unprocessable("observation-in-future", $"The observation is of {observe.ObservedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}, which is still to come; a clock may be at most {Skew.TotalMinutes} minutes ahead.")
        : environment.Observed is { } last && (observe.ObservedAt < last.ObservedAt || (observe.ObservedAt == last.ObservedAt && observe.Digest != last.Digest))
            ? Conflict("observation-older-than-last", $"{environment.Name} was observed at {last.ObservedAt:yyyy-MM-dd'T'HH:mm:ss.FFF'Z'} already; send what was seen after that.")
        : null;

    internal static Decision Observe(DeploymentEnvironment environment, ObserveEnvironment observe, Actor actor, DateTimeOffset at)
    {
        if (!environment.Exists) return NotFound("environment-unknown", "There is no such environment; register it first.");
        if (Untimely(environment, observe, at) is { } untimely) return untimely;
        if (environment.Observed?.ObservedAt == observe.ObservedAt) return Nothing;

        var open = environment.Findings.Values.Where(f => f.IsOpen).Select(f => (f.Id, f.Cause, f.VanishedAt));
        var changes = Changes(open, observe.Found, observe.ObservedAt, actor, at, f => new EnvironmentFindingOpened(f.FindingId, f.Title, f.Severity, f.Cause, [.. actor.Parties], actor.Subject, at));
        return Accept([new EnvironmentObserved(observe.ObservedAt, observe.Source, observe.Digest, observe.Count, observe.Items, actor.Subject, at), .. changes]);
    }

    internal static Decision Close(DeploymentEnvironment environment, CloseEnvironmentFinding close, Actor actor, DateTimeOffset at) =>
        !environment.Exists ? NotFound("environment-unknown", "There is no such environment.")
        : environment.Findings.GetValueOrDefault(close.Id) is not { } finding ? NotFound("finding-unknown", $"{environment.Name} has no finding {close.Id}.")
        : !finding.IsOpen ? Conflict("finding-closed", $"Finding {close.Id} is closed already.")
        : !actor.Human ? Forbidden("closer-not-human", "A finding is closed by a person, never by a pipeline.")
        : actor.Parties.Any(p => finding.OpenedBy.Contains(p, StringComparer.Ordinal)) ? Forbidden("closer-observed-it", $"{actor.Subject} reported what the finding is about; a second person must close it.")
        : Accept(new EnvironmentFindingClosed(close.Id, close.Reason, actor.Subject, at));

    /// <summary>One open finding for each cause; what is no longer seen, and what is seen again, is noted on it.</summary>
    internal static IEnumerable<object> Changes(
        IEnumerable<(string Id, string Cause, DateTimeOffset? VanishedAt)> open, IReadOnlyList<FoundDiscrepancy> found, DateTimeOffset observedAt, Actor actor, DateTimeOffset at,
        Func<FoundDiscrepancy, object> opened)
    {
        var seen = found.Select(f => f.Cause).ToHashSet(StringComparer.Ordinal);
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (var (id, cause, vanishedAt) in open)
        {
            known.Add(cause);
            if (seen.Contains(cause) && vanishedAt is not null) yield return new DiscrepancyReturned(id, observedAt, actor.Subject, at);
            if (!seen.Contains(cause) && vanishedAt is null) yield return new DiscrepancyVanished(id, observedAt, actor.Subject, at);
        }

        foreach (var discrepancy in found.Where(f => known.Add(f.Cause))) yield return opened(discrepancy);
    }
}
