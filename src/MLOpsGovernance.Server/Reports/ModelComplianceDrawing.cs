using System.Text.Json;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Reports;
using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Compliance;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Waivers;
using Npgsql;

namespace MLOpsGovernance.Server.Reports;

/// <summary>All that is on record of one model at a moment.</summary>
internal sealed class ModelComplianceDrawing(PastStates past, ModelViews models, WaiverViews waivers, Decisions decisions, SealingKeys sealing, NpgsqlDataSource source)
{
    private const int MostDecisions = 500;

    public async Task<Report> OfAsync(string name, ReportFrame frame, CancellationToken cancellationToken)
    {
        var at = frame.AsOf;
        var model = await past.AtAsync($"model:{name}", at, new Model(), Model.Evolve, cancellationToken);
        if (!model.Exists) throw new SubjectGoneException($"There was no model {name} at {Json.Time(at)}.");
        var datasets = await past.DatasetsAsync(model.Versions.Values.SelectMany(v => v.Datasets), at, cancellationToken);
        var view = await models.ViewAsync(model, datasets, at, cancellationToken);
        var decided = await DecisionsAsync(name, at, cancellationToken);
        var risk = view.Risk.Confirmed ?? view.Risk.Proposed;
        var (nodes, edges) = Lineage(model);
        return new ModelComplianceReport
        {
            Frame = frame,
            Model = name,
            Team = view.Team,
            Owner = risk?.AccountableExecutive,
            Purpose = view.Purpose,
            State = State(view),
            RegisteredAt = view.RegisteredAt,
            Risk = new(view.Risk.Judged.EuAiAct, view.Risk.Judged.Tier, view.Risk.State == "confirmed", Reasons(view, risk), risk?.Role, view.Risk.ProposedBy, model.RiskConfirmedBy),
            Versions = [.. view.Versions.Select(v => Version(model, v))],
            Datasets = [.. Datasets(model, datasets)],
            LineageNodes = nodes,
            LineageEdges = edges,
            Approvals = [.. view.Versions.SelectMany(v => v.Approvals.Select(a => Approval(v.Version, a))), .. await RejectionsAsync(name, at, cancellationToken)],
            Decisions = [.. decided.Select(d => new ReportedDecision(d.Id, d.Decision.Version, d.Decision.Environment, d.Decision.Action, d.Decision.Outcome, d.Decision.At,
                [.. d.Decision.Rules.Where(r => r.Result is "fail" or "error").Select(r => $"{r.Policy}/{r.Rule}")], d.Decision.PolicySet, d.Decision.Code))],
            Deployments = [.. view.Deployments.Select(d => new ReportedDeployment(d.Version, d.Environment, d.At, d.By, d.DecisionId, d.EndedAt, null))],
            Waivers = await WaiversAsync(model, at, cancellationToken),
            Findings = [.. view.Findings.Select(f => new ReportedFinding(f.Id, f.Title ?? f.Cause, f.Severity, f.Open ? f.Overdue ? "overdue" : "open" : "closed", f.Owner, f.OpenedAt, f.DueAt, f.ClosedAt))],
            Measured = Measured(view),
            Frameworks = await FrameworksAsync(decided, cancellationToken),
        };
    }

    private static string State(ModelView view) =>
        view.Retired ? "retired" : view.Suspended is not null ? "suspended" : view.Deployments.Any(d => d.EndedAt is null) ? "live" : view.Versions.Any(v => v.Review == "open") ? "in review" : "registered";

    private static IReadOnlyList<string> Reasons(ModelView view, RiskClassView? risk) =>
    [
        .. risk?.Reason is { } reason ? [reason] : Array.Empty<string>(),
        .. risk?.Basis is { } basis ? [$"Annex {basis.Annex}, point {basis.Point}{(basis.Exception is null ? "" : $", exception {basis.Exception}")}"] : Array.Empty<string>(),
        .. view.Risk.State == "confirmed" ? Array.Empty<string>() : ["Nobody from outside the team has confirmed the class: it is judged as the highest."],
    ];

    private static ReportedVersion Version(Model model, VersionView v) => new(
        v.Version, v.ArtifactDigest, v.Recalled ? "recalled" : v.Retired ? "retired" : v.Suspended is not null ? "suspended" : Words(v.Review),
        [.. model.Deployments.Where(d => d.Version == v.Version && d.EndedAt is null).Select(d => d.IsFull ? d.Environment : $"{d.Environment} ({d.Stage})").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        v.RegisteredAt, v.Framework, v.Commit, v.Authors, [.. v.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => new ReportedMetric(m.Key, m.Value))]);

    private static string Words(string review) => review switch { "notRequested" => "no review asked for", "open" => "in review", "closed" => "reviewed", _ => review };

    private static IEnumerable<ReportedDataset> Datasets(Model model, Dictionary<string, Snapshot<Dataset>> datasets)
    {
        foreach (var used in model.Versions.Values.SelectMany(v => v.Datasets.Select(d => (Reference: d, v.Number))).GroupBy(u => u.Reference))
        {
            var dataset = datasets.GetValueOrDefault(used.Key.Name)?.State ?? new();
            var version = dataset.Versions.GetValueOrDefault(used.Key.Version);
            yield return new(
                used.Key.Name, used.Key.Version, dataset.Judged.Sensitivity, dataset.Judged.PersonalData, [.. dataset.Judged.PermittedPurposes.Select(p => p.Code).Distinct(StringComparer.Ordinal)], dataset.Judged.LegalBasis, version?.Digest,
                dataset.IsWithdrawn(used.Key.Version), [.. used.Select(u => u.Number)]);
        }
    }

    private static ReportedApproval Approval(int version, ApprovalView a) => new(a.Id, version, a.Role, a.By, "approved", a.State == ApprovalStanding.Live ? "in force" : a.State, a.At, a.ValidUntil, a.Reason);

    private async Task<List<ReportedApproval>> RejectionsAsync(string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        List<ReportedApproval> rejections = [];
        foreach (var rejected in (await past.EventsAsync($"model:{name}", at, cancellationToken)).OfType<VersionRejected>())
            rejections.Add(new(rejected.Approval, rejected.Version, rejected.Role, rejected.By, "rejected", "rejected", rejected.At, null, await sealing.OpenAsync(rejected.Reason, cancellationToken)));
        return rejections;
    }

    private async Task<IReadOnlyList<ReportedWaiver>> WaiversAsync(Model model, DateTimeOffset at, CancellationToken cancellationToken)
    {
        List<ReportedWaiver> found = [];
        foreach (var noted in model.Waivers)
        {
            var waiver = await past.AtAsync($"waiver:{noted.Id}", at, new Waiver(), Waiver.Evolve, cancellationToken);
            if (!waiver.Exists) continue;
            var view = await waivers.OfAsync(waiver, at, cancellationToken);
            found.Add(new(view.Id, $"{view.Policy}/{view.Rule}", view.Reason ?? "", view.RequestedBy, view.ApprovedBy, view.State == "approved" ? "in force" : view.State, view.ExpiresAt, view.Version));
        }

        return found;
    }

    private async Task<List<(string Id, PolicyChecked Decision)>> DecisionsAsync(string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            select stream_id, data::text from {MartenSetup.Schema}.mt_events where type = 'policy_checked' and data ->> 'model' = $1 and timestamp <= $2 and not coalesce((data ->> 'dryRun')::boolean, false)
            order by seq_id desc limit {MostDecisions}
            """);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = at.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(string, PolicyChecked)> found = [];
        while (await reader.ReadAsync(cancellationToken)) found.Add((reader.GetString(0)["check:".Length..], JsonSerializer.Deserialize<PolicyChecked>(reader.GetString(1), Json.Lenient)!));
        return found;
    }

    /// <summary>What was reported at training, from version to version.</summary>
    private static IReadOnlyList<TimeSeries> Measured(ModelView view) =>
    [
        .. view.Versions.SelectMany(v => v.Metrics.Select(m => (m.Key, Point: new TimePoint(v.RegisteredAt, m.Value)))).GroupBy(m => m.Key, StringComparer.Ordinal).Where(g => g.Count() > 1)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Take(6).Select(g => new TimeSeries(g.Key, [.. g.Select(m => m.Point).OrderBy(p => p.At)])),
    ];

    private static (IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges) Lineage(Model model)
    {
        List<LineageNode> nodes = [];
        List<LineageEdge> edges = [];
        foreach (var version in model.Versions.Values)
        {
            var id = $"version {version.Number}";
            nodes.Add(new(id, $"{model.Name} {version.Number}", LineageKind.Model, Marked: true));
            foreach (var used in version.Datasets)
            {
                var from = $"data {used.Name} {used.Version}";
                if (!nodes.Exists(n => n.Id == from)) nodes.Add(new(from, $"{used.Name} {used.Version}", LineageKind.Dataset));
                edges.Add(new(from, id));
            }

            foreach (var place in model.Deployments.Where(d => d.Version == version.Number && d.EndedAt is null).Select(d => d.Place).Distinct(StringComparer.Ordinal))
            {
                var to = $"place {place}";
                if (!nodes.Exists(n => n.Id == to)) nodes.Add(new(to, place, LineageKind.Deployment));
                edges.Add(new(id, to));
            }
        }

        return (nodes, edges);
    }

    /// <summary>The controls that the rules of the last decision support, each as the rules stood there; of several rules the worst counts.</summary>
    private async Task<IReadOnlyList<FrameworkControls>> FrameworksAsync(List<(string Id, PolicyChecked Decision)> decided, CancellationToken cancellationToken)
    {
        if (decided.Find(d => d.Decision.Rules.Count > 0) is not { Decision: { } last, Id: var id } || await decisions.PoliciesAsync(last.PolicySet, cancellationToken) is not { } set) return [];
        var seen = from result in last.Rules
                   let rule = set.Policies.FirstOrDefault(p => p.Name == result.Policy)?.Rules.FirstOrDefault(r => r.Id == result.Rule)
                   where rule is not null
                   from control in rule.Controls
                   select (control.Framework, control.Ref, result);
        return
        [
            .. seen.GroupBy(s => s.Framework, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(framework => new FrameworkControls(
                set.Frameworks.FirstOrDefault(f => f.Id == framework.Key)?.Title ?? framework.Key,
                [
                    .. framework.GroupBy(s => s.Ref, StringComparer.Ordinal).Select(control =>
                    {
                        var (state, tone, weight) = control.Select(c => ControlState(c.result.Result)).MaxBy(s => s.Weight);
                        var rules = string.Join(", ", control.Where(c => ControlState(c.result.Result).Weight == weight).Select(c => c.result.Rule).Distinct(StringComparer.Ordinal).Take(4));
                        return new ReportedControl(control.Key, set.Frameworks.FirstOrDefault(f => f.Id == framework.Key)?.Controls.FirstOrDefault(c => c.Ref == control.Key)?.Title ?? "", state, tone, $"{rules} in decision …{id[^8..]}");
                    }),
                ])),
        ];
    }

    private static (string State, Tone Tone, int Weight) ControlState(string result) => result switch
    {
        "fail" => ("ineffective", Tone.Bad, 5),
        "error" => ("not decidable", Tone.Bad, 4),
        "waived" => ("waived", Tone.Attention, 3),
        "pass" => ("effective", Tone.Good, 2),
        "notYetInForce" => ("not yet in force", Tone.Neutral, 1),
        _ => ("not applicable", Tone.Neutral, 0),
    };
}
