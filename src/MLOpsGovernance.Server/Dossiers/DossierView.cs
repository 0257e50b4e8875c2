using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Teams;
using MLOpsGovernance.Server.Waivers;

namespace MLOpsGovernance.Server.Dossiers;

/// <summary>Everything about one version, as it all stood at one moment.</summary>
/// <param name="Sequence">Number of the last event in the log at that moment.</param>
/// <param name="Read">Every stream that was read, each at the version that was read: with them the same dossier can be had again from the log.</param>
/// <param name="Model">The model without its other versions, and what concerns only those left out.</param>
/// <param name="Datasets">What it was trained on, and what that was made from.</param>
/// <param name="Environments">Those in which it was deployed.</param>
/// <param name="Waivers">Every waiver that was asked for it, or for all versions of the model, the latest first.</param>
/// <param name="Decisions">What the gate decided about it, the latest first; see <paramref name="DecisionsTotal"/>.</param>
/// <param name="DecisionsTotal">How many decisions there are in all.</param>
/// <param name="History">The model's events that concern this version or every version, the earliest first. What each says is read from the audit trail by its number.</param>
internal sealed record DossierView(
    DateTimeOffset ReadAt, long Sequence, IReadOnlyList<StreamRead> Read, ModelView Model, VersionView Version, TeamView? Team, IReadOnlyList<DatasetView> Datasets,
    IReadOnlyList<EnvironmentView> Environments, IReadOnlyList<WaiverView> Waivers, IReadOnlyList<DecisionSummary> Decisions, long DecisionsTotal, IReadOnlyList<HistoryEntry> History);

/// <param name="Failed">The rules that did not pass and were not waived: <c>policy/rule</c>.</param>
/// <param name="Waived">The rules that a waiver excused.</param>
internal sealed record DecisionSummary(
    string DecisionId, string Outcome, bool Allowed, string? Code, string Action, string Environment, string ArtifactDigest, bool DryRun, string RequestedBy, string PolicySet, string FactsDigest,
    DateTimeOffset CheckedAt, DateTimeOffset ValidUntil, IReadOnlyList<string> Failed, IReadOnlyList<string> Waived)
{
    public static DecisionSummary Of(string id, PolicyChecked d) => new(
        id, d.Outcome, d.Allowed, d.Code, d.Action, d.Environment, d.ArtifactDigest, d.DryRun, d.By, d.PolicySet, d.FactsDigest, d.At, d.ValidUntil,
        [.. d.Rules.Where(r => r.Result is "fail" or "error").Select(r => $"{r.Policy}/{r.Rule}")], [.. d.Rules.Where(r => r.Result == "waived").Select(r => $"{r.Policy}/{r.Rule}")]);
}

/// <param name="Id">The event's id in the audit trail.</param>
/// <param name="StreamVersion">Its place in the model's stream.</param>
internal sealed record HistoryEntry(string Id, long Sequence, long StreamVersion, string Type, DateTimeOffset At, string Actor);
