using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MLOpsGovernance.Domain.Observations;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Environments;

/// <summary>A place where models run. A gated one lets in only what a policy check allowed.</summary>
public sealed partial record DeploymentEnvironment
{
    public string? Name { get; init; }
    public bool Gated { get; init; } = true;
    public string? Region { get; init; }
    public string Target { get; init; } = "other";

    /// <summary>Who asked that the gate be taken away; a second person must agree.</summary>
    public IReadOnlyList<string> UngatingProposedBy { get; init; } = [];

    /// <summary>The last look at what really runs there; null where nobody has looked yet.</summary>
    public Observation? Observed { get; init; }

    /// <summary>By id: the open findings and the latest closed ones.</summary>
    public ImmutableSortedDictionary<string, EnvironmentFinding> Findings { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<EnvironmentFinding>();

    public bool Exists => Name is not null;

    /// <summary>What a model is deployed with there.</summary>
    public static IReadOnlyList<string> Targets { get; } = ["kubernetes", "kserve", "seldon", "sagemaker", "vertex", "azure-ml", "other"];

    public static DeploymentEnvironment Evolve(DeploymentEnvironment environment, object e) => e switch
    {
        EnvironmentRegistered registered => environment with { Name = registered.Name, Region = registered.Region, Target = registered.Target, Gated = true },
        EnvironmentChanged changed => environment with { Region = changed.Region, Target = changed.Target },
        EnvironmentUngatingProposed proposed => environment with { UngatingProposedBy = proposed.ProposedBy },
        EnvironmentUngated => environment with { Gated = false, UngatingProposedBy = [] },
        EnvironmentGated => environment with { Gated = true, UngatingProposedBy = [] },
        _ => environment.Observe(e),
    };
}

public sealed record EnvironmentRegistered(string Name, string? Region, string Target, string By, DateTimeOffset At);

public sealed record EnvironmentChanged(string? Region, string Target, string By, DateTimeOffset At);

public sealed record EnvironmentUngatingProposed(Sealed? Reason, IReadOnlyList<string> ProposedBy, string By, DateTimeOffset At);

public sealed record EnvironmentUngated(Sealed? Reason, string By, DateTimeOffset At);

/// <summary>The gate is back, or the proposal to take it away was dropped.</summary>
public sealed record EnvironmentGated(Sealed? Reason, string By, DateTimeOffset At);

[JsonDerivedType(typeof(PutEnvironment), "put-environment")]
[JsonDerivedType(typeof(ObserveEnvironment), "observe-environment")]
[JsonDerivedType(typeof(CloseEnvironmentFinding), "close-environment-finding")]
public abstract record EnvironmentCommand;

/// <summary>What is null stays as it is.</summary>
public sealed record PutEnvironment(string Name, bool? Gated, string? Region, string? Target, Sealed? Reason) : EnvironmentCommand;

/// <param name="Digest">Of the whole list, which the caller has kept.</param>
/// <param name="Items">The list itself while it is short.</param>
/// <param name="Found">Every discrepancy that belongs to no model; compared by the caller under guards.</param>
public sealed record ObserveEnvironment(
    DateTimeOffset ObservedAt, string? Source, string Digest, int Count, IReadOnlyList<ObservedItem> Items, IReadOnlyList<FoundDiscrepancy> Found) : EnvironmentCommand;

public sealed record CloseEnvironmentFinding(string Id, Sealed? Reason) : EnvironmentCommand;

public static class EnvironmentDecider
{
    public static Decision Decide(DeploymentEnvironment environment, EnvironmentCommand command, Actor actor, DateTimeOffset at) => command switch
    {
        PutEnvironment put => Put(environment, put, actor, at),
        ObserveEnvironment observe => ObservationRules.Observe(environment, observe, actor, at),
        CloseEnvironmentFinding close => ObservationRules.Close(environment, close, actor, at),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    /// <summary>An environment is born gated. Taking the gate away needs two people; putting it back needs one.</summary>
    private static Decision Put(DeploymentEnvironment environment, PutEnvironment put, Actor actor, DateTimeOffset at)
    {
        List<object> events = [];
        var (region, target) = (put.Region ?? environment.Region, put.Target ?? environment.Target);
        if (!environment.Exists) events.Add(new EnvironmentRegistered(put.Name, region, target, actor.Subject, at));
        else if (environment.Region != region || environment.Target != target) events.Add(new EnvironmentChanged(region, target, actor.Subject, at));

        if (put.Gated is true && (!environment.Gated || environment.UngatingProposedBy.Count > 0))
            events.Add(new EnvironmentGated(put.Reason, actor.Subject, at));

        if (put.Gated is not false || !environment.Gated) return Accept([.. events]);
        if (!actor.Human) return Forbidden("ungating-not-human", "A gate is taken away by people, never by a pipeline.");
        if (environment.UngatingProposedBy.Count == 0) events.Add(new EnvironmentUngatingProposed(put.Reason, [.. actor.Parties], actor.Subject, at));
        else if (!actor.Parties.Any(p => environment.UngatingProposedBy.Contains(p, StringComparer.Ordinal))) events.Add(new EnvironmentUngated(put.Reason, actor.Subject, at));
        else if (events.Count == 0)
            return Forbidden("second-person-required", $"{actor.Subject} proposed to take the gate of {environment.Name} away; a second person must agree.");
        return Accept([.. events]);
    }
}
