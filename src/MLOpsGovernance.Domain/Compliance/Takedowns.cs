using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Compliance;

/// <summary>A policy in force says that what breaks it does not go on running.</summary>
/// <param name="Rules">The rules that it breaks.</param>
/// <param name="Reason">Why its version is suspended.</param>
/// <param name="Owner">Who takes it down; null is the team.</param>
public sealed record FoundTakedown(string Deployment, IReadOnlyList<string> Rules, Sealed? Reason, string? Owner);

/// <summary>Somebody is to take down what runs, because a policy says so. Its version is suspended too; whoever lifts that takes this back.</summary>
public sealed record TakedownAsked(string Deployment, int Version, string Environment, string Stage, IReadOnlyList<string> Rules, string? Owner, DateTimeOffset Due, string By, DateTimeOffset At);

/// <summary>The service runs nothing itself: it suspends the version, so that nothing lets it in again, and puts it before its owner to end what runs.</summary>
public static class Takedowns
{
    /// <summary>How long people have.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    internal static IEnumerable<object> Ask(Model model, IReadOnlyList<FoundTakedown> takedowns, Actor actor, DateTimeOffset at)
    {
        HashSet<int> suspended = [];
        foreach (var takedown in takedowns.DistinctBy(t => t.Deployment, StringComparer.Ordinal))
        {
            if (model.Live.Values.Select(place => model.Deployments[place]).FirstOrDefault(d => d.Id == takedown.Deployment) is not { } deployment) continue;
            if (model.Versions[deployment.Version].Suspended is null && suspended.Add(deployment.Version)) yield return new ModelSuspended(deployment.Version, takedown.Reason, actor.Subject, at);
            if (deployment.TakedownAskedAt is null)
                yield return new TakedownAsked(deployment.Id, deployment.Version, deployment.Environment, deployment.Stage, takedown.Rules, takedown.Owner, at + Patience, actor.Subject, at);
        }
    }

    internal static Model Ask(this Model model, TakedownAsked asked) => model.Change(d => d.Id == asked.Deployment, asked.At);

    /// <summary>What was asked for is taken back with the suspension of the version.</summary>
    internal static Model TakeBack(this Model model, int version) => model.Change(d => d.Version == version, null);

    private static Model Change(this Model model, Func<Deployment, bool> which, DateTimeOffset? at) => model with
    {
        Deployments = model.Live.Values.Where(place => which(model.Deployments[place]))
            .Aggregate(model.Deployments, (all, place) => all.SetItem(place, all[place] with { TakedownAskedAt = at })),
    };
}
