using System.Collections.Immutable;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Recertification;

namespace MLOpsGovernance.Domain.Tasks;

/// <summary>As much of a model as its tasks depend on. It grows with what is open, never with the history.</summary>
public sealed record ModelInPlay
{
    public string Name { get; init; } = "";
    public string Team { get; init; } = "";

    /// <summary>When its team last said what is true of it: at registration, or since.</summary>
    public DateTimeOffset StatedAt { get; init; }

    /// <summary>Null until the team said for the first time whether it is still in use.</summary>
    public bool? InUse { get; init; }

    public RiskClass? ConfirmedRisk { get; init; }
    public RiskClass? ProposedRisk { get; init; }
    public DateTimeOffset ProposedAt { get; init; }

    /// <summary>Of any version.</summary>
    public ImmutableSortedSet<string> Authors { get; init => field = value.WithComparer(StringComparer.Ordinal); } = Ordinal.Set();

    /// <summary>The version in each place that a deployment can take.</summary>
    public ImmutableSortedDictionary<string, int> Live { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<int>();

    /// <summary>The versions about which something may wait for somebody.</summary>
    public ImmutableSortedSet<int> InPlay { get; init; } = [];

    /// <summary>The version of each break-glass that nobody agreed to yet.</summary>
    public ImmutableSortedDictionary<string, AskedBreakGlass> AskedFor { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<AskedBreakGlass>();

    /// <summary>Open findings that wait for a second person to close them.</summary>
    public ImmutableSortedSet<string> Closable { get; init => field = value.WithComparer(StringComparer.Ordinal); } = Ordinal.Set();

    public bool Retired { get; init; }

    internal RiskClass JudgedRisk => RiskClass.Judged(ConfirmedRisk, ProposedRisk);

    /// <summary>Break-glass is given for no prohibited practice, nor while somebody says that it is one.</summary>
    internal bool IsProhibited => JudgedRisk.EuAiAct == RiskClass.Prohibited || ProposedRisk?.EuAiAct == RiskClass.Prohibited;

    public static ModelInPlay Evolve(ModelInPlay model, object e) => e switch
    {
        ModelRegistered registered => model with { Name = registered.Name, Team = registered.Team, StatedAt = registered.At },
        ModelRecertified again => model with { StatedAt = again.At, InUse = again.StillInUse },
        ModelRiskProposed proposed => model with { ProposedRisk = proposed.Risk with { Reason = null }, ProposedAt = proposed.At },
        ModelRiskConfirmed confirmed => model with { ConfirmedRisk = confirmed.Risk with { Reason = null }, ProposedRisk = null },
        ModelVersionRegistered version => model with { Authors = model.Authors.Union(version.Authors) },
        ModelAuthorAdded added => model with { Authors = model.Authors.Add(added.Author) },
        ModelDeployed d => model.Deploy(d.Environment, d.Stage, d.Version),
        ModelRolledBack d => model.Deploy(d.Environment, null, d.Version),
        DeploymentConcluded { Ended: true } d => model with { Live = model.Live.Remove(DeploymentStage.Place(d.Environment, d.Stage)) },
        ModelRetired { Version: null } => model with { Retired = true, Live = model.Live.Clear() },
        ModelRetired { Version: { } number } => model with { Live = model.Live.RemoveRange(model.Live.Where(l => l.Value == number).Select(l => l.Key)) },
        BreakGlassRequested asked => model with
        {
            AskedFor = model.AskedFor.RemoveRange(model.AskedFor.Where(a => a.Value.Until <= asked.At).Select(a => a.Key)).SetItem(asked.Id, new(asked.Version, asked.At.AddMinutes(asked.Minutes))),
        },
        BreakGlassApproved given => model with { AskedFor = model.AskedFor.Remove(given.Id) },
        _ => model,
    };

    private ModelInPlay Deploy(string environment, string? stage, int version)
    {
        var place = DeploymentStage.Place(environment, stage);
        return this with { Live = (place == environment ? Live.RemoveRange(StagedPlaces(environment, version)) : Live).SetItem(place, version) };
    }

    /// <summary>The version's own stages in an environment, which end when it is fully deployed there.</summary>
    internal IEnumerable<string> StagedPlaces(string environment, int version) =>
        DeploymentStage.StagedPlaces(environment).Where(place => Live.TryGetValue(place, out var there) && there == version);
}

/// <param name="Until">From when on nobody can agree to it any more.</param>
public sealed record AskedBreakGlass(int Version, DateTimeOffset Until);
