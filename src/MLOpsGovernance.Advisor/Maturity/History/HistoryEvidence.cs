namespace MLOpsGovernance.Advisor.Maturity.History;

/// <summary>What the record of a team says about each question that it can say something about; see docs/maturity-method.md for what is counted.</summary>
public static class HistoryEvidence
{
    private const int MonthsOfADocument = 12;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public static IReadOnlyList<Measurement> Of(TeamHistory history)
    {
        var seen = new Seen(history);
        return [.. Data(seen), .. Traceability(seen), .. Quality(seen), .. Automation(seen), .. Release(seen), .. Watching(seen), .. Governance(seen), .. People(seen)];
    }

    private static IEnumerable<Measurement> Data(Seen s)
    {
        var check = s.History.Datasets.SelectMany(d => d.Checked.Select(v => $"{d.Name}@{v}")).ToHashSet(StringComparer.Ordinal);
        yield return Counting.Share("D1.1", s.Live, m => m.Versions.All(v => v.Version.Datasets.Count > 0), m => m.Name);
        yield return Counting.Share("D1.2", s.Runs, v => v.Has(s, "data-schema-check") || v.Version.Datasets.Any(check.Contains), v => v.Name, v => v.By(s, "data-schema-check"));
        yield return Counting.Share("D1.3", s.Versions, v => v.Version.Datasets.Count > 0, v => v.Name, v => v.Version.ByMachine);
        yield return Counting.Share("D1.4", s.Released, d => d.Version?.Has(s, "feature-package") == true, d => d.Name);
        var drilled = s.All.Any(v => v.HasSince(s, "deletion-drill", s.History.From));
        // Without a drill nobody knows whether a deletion reaches what was derived: then it counts as done by hand.
        yield return Counting.Share("D1.5", s.History.Datasets, d => d.Classified, d => d.Name) with { Mode = drilled ? 1 : 0.5 };
        yield return Counting.Share("D1.6", s.Running, d => d.Watched(s, s.History.At - Week, "schema", "freshness") || d.Version?.HasSince(s, "serving-schema-metrics", s.History.At - Week) == true, d => d.Name);
    }

    private static IEnumerable<Measurement> Traceability(Seen s)
    {
        yield return Counting.Share("D2.1", s.Versions, v => v.Version.Commit is not null, v => v.Name, v => v.Version.ByMachine);
        yield return Counting.Share("D2.2", s.Versions, v => v.Version is { Run: true, Metrics: true }, v => v.Name, v => v.Version.ByMachine);
        yield return Counting.Share("D2.3", s.Versions, v => v.Version is { Commit: not null, Environment: true, Datasets.Count: > 0 }, v => v.Name, v => v.Version.ByMachine);
        yield return Counting.Share("D2.4", s.Versions, v => v.Version.Image || v.Version.Environment || v.Has(s, "environment-lock"), v => v.Name, v => v.Version.ByMachine);
        yield return Counting.Any("D2.5", [.. s.All.Where(v => v.HasSince(s, "reproduction-test", s.History.From))], s.Versions.Count, v => v.Name);
        yield return Counting.Share("D2.6", s.Released, d => d.Version?.Has(s, "provenance") == true, d => d.Name);
    }

    private static IEnumerable<Measurement> Quality(Seen s)
    {
        yield return Counting.Share("D3.1", s.Versions, v => v.Has(s, "ci-attestation"), v => v.Name, v => v.By(s, "ci-attestation"));
        yield return Counting.Share("D3.2", s.Versions, v => v.Has(s, "baseline-comparison"), v => v.Name, v => v.By(s, "baseline-comparison"));
        yield return Counting.Share("D3.3", s.Versions, v => v.Version.Reviews.Any(r => !v.Version.Authors.Contains(r.By, StringComparer.Ordinal)), v => v.Name);
        yield return Counting.Share("D3.4", s.Released, d => d.Version?.Has(s, "slice-metrics") == true, d => d.Name);
        yield return Counting.Share("D3.5", s.Pipelines, p => p.Any(v => v.Has(s, "end-to-end-test")), p => $"commit {p.Key}");
        List<HistoricDocument> studies = [.. s.All.SelectMany(v => v.Version.Documents).Where(d => d.Kind == "staleness-study")];
        yield return Counting.Any("D3.6", [.. studies.Where(d => d.ProducedAt >= s.History.At.AddMonths(-MonthsOfADocument))], studies.Count, d => $"study of {d.ProducedAt:yyyy-MM-dd}");
    }

    private static IEnumerable<Measurement> Automation(Seen s)
    {
        yield return Counting.Share("D4.1", s.Released, d => d.Version?.Has(s, "release-attestation") == true, d => d.Name);
        yield return Counting.Share("D4.2", s.Versions, v => v.Version.ByMachine, v => v.Name);
        yield return Counting.Share("D4.3", s.Runs, v => v.Version.Trigger is "schedule" or "new-data" or "performance-drop" or "distribution-change", v => v.Name);
        yield return Counting.Share("D4.4", s.Pipelines, p => p.Any(v => v.Has(s, "pipeline-attestation")), p => $"commit {p.Key}");
        var around = s.History.Models.SelectMany(m => m.OutOfBand.Where(at => at >= s.History.From).Select(at => $"{m.Name} seen to run on {at:yyyy-MM-dd} without leave")).ToList();
        List<(string Name, bool Good)> changes = [.. s.Released.Select(d => (d.Name, d.Deployment is { ByMachine: true, BrokenGlass: false })), .. around.Select(a => (a, false))];
        yield return Counting.Share("D4.5", changes, d => d.Good, d => d.Name);
        yield return Counting.Any("D4.6", [.. s.All.Where(v => (v.InWindow && v.Version.Trigger is "performance-drop" or "distribution-change") || v.HasSince(s, "retraining-drill", s.History.From))], s.Runs.Count, v => v.Name);
    }

    private static IEnumerable<Measurement> Release(Seen s)
    {
        yield return Counting.Share("D5.1", s.Running, d => d.Version is not null, d => d.Name);
        yield return Counting.Share("D5.2", s.Released, d => !d.Deployment.BrokenGlass, d => d.Name);
        yield return Counting.Share("D5.3", [.. s.Released.Where(d => d.Deployment.Replaced is not null)], d => s.Find(d.Model, d.Deployment.Replaced!.Value)?.Version.Fit == true, d => d.Name);
        yield return Counting.Share("D5.4", s.Released, d => s.Staged(d) || d.Version?.Has(s, "shadow-stage") == true || d.Version?.Has(s, "canary-stage") == true, d => d.Name);
        List<string> back = [.. s.Released.Where(d => d.Deployment.Rollback).Select(d => d.Name), .. s.All.Where(v => v.HasSince(s, "rollback-drill", s.History.From)).Select(v => $"drill of {v.Name}")];
        yield return Counting.Any("D5.5", back, s.Released.Count, b => b);
        yield return s.Released.Count == 0 ? new("D5.6", 0, 0, 1) : DeliveryKeys(s);
    }

    /// <summary>Lead time and frequency are there with any release; the two others once somebody said how releases went. Targets stand in a document of that kind.</summary>
    private static Measurement DeliveryKeys(Seen s)
    {
        var told = s.Released.Any(d => d.Deployment.Failed is not null);
        var targets = s.All.Any(v => v.HasSince(s, "delivery-metrics", s.History.From));
        string[] there = ["lead time", "deployment frequency", .. told ? ["change failure rate", "recovery time"] : Array.Empty<string>(), .. targets ? ["four targets"] : Array.Empty<string>()];
        return new("D5.6", 2 + (told ? 2 : 0) + (targets ? 4 : 0), 8, 1, there);
    }

    private static IEnumerable<Measurement> Watching(Seen s)
    {
        yield return Counting.Share("D6.1", s.Running, d => d.Watched(s, s.History.From, "health") || d.Version?.HasSince(s, "service-health", s.History.From) == true, d => d.Name);
        yield return Counting.Share("D6.2", s.Running, d => d.Watched(s, s.History.From, "predictions") || d.Version?.HasSince(s, "prediction-log-sample", s.History.From) == true, d => d.Name);
        var recently = s.History.At.AddHours(-s.History.LiveHours);
        yield return Counting.Share("D6.3", s.Live, m => m.Looks.Any(l => l.At >= recently) || m.Versions.Any(v => v.HasSince(s, "monitor-report", recently)), m => m.Name);
        yield return Counting.Share("D6.4", s.Alerts, a => a.Alert is { Owned: true, AcknowledgedAt: { } at } && at - a.Alert.At <= TeamHistory.Acknowledgement, a => $"incident {a.Alert.Id} of {a.Model}");
        yield return Counting.Share("D6.5", s.Running, d => d.Watched(s, s.History.From, "skew", "numerics", "cost") || d.Version?.Has(s, "monitor-definition") == true, d => d.Name);
        yield return Counting.Share("D6.6", s.Live, m => m.Looks.Any(l => l.OnLabels && l.At >= s.History.From) || m.Versions.Any(v => v.HasSince(s, "label-metrics", s.History.From)), m => m.Name);
    }

    private static IEnumerable<Measurement> Governance(Seen s)
    {
        var year = s.History.At.AddMonths(-MonthsOfADocument);
        yield return Counting.Share("D7.1", s.History.Models, m => m.RiskConfirmed, m => m.Name);
        yield return Counting.Share("D7.2", s.Live, m => m.CardAt >= year && m.Versions.All(v => v.HasSince(s, "risk-assessment", year)), m => m.Name, _ => false);
        yield return Counting.Share("D7.3", s.Approvals, a => !a.Version.Version.Authors.Contains(a.Review.By, StringComparer.Ordinal), a => $"approval {a.Review.Id} of {a.Version.Name}");
        yield return Counting.Share("D7.4", s.Released, d => !d.Deployment.BrokenGlass, d => $"decision on {d.Name}");
        List<HistoricDocument> verified = [.. s.All.SelectMany(v => v.Version.Documents).Where(d => d.Kind == "log-verification" && d.ProducedAt >= s.History.From)];
        yield return Counting.Any("D7.5", verified, verified.Count, d => $"verification of {d.ProducedAt:yyyy-MM-dd}");
        yield return Counting.Share("D7.6", s.Actions, a => a.Action.DoneAt <= a.Action.Due, a => $"finding {a.Action.Id} of {a.Model}", _ => false);
    }

    private static IEnumerable<Measurement> People(Seen s)
    {
        string[] slots = ["owner", "data-scientist", "ml-engineer", "mlops-engineer"];
        var filled = slots.Where(slot => slot == "owner" ? s.History.Functions.Count > 0 : s.History.Functions.Values.Any(f => f.Contains(slot, StringComparer.Ordinal))).ToHashSet(StringComparer.Ordinal);
        yield return Counting.Share("D8.1", [.. s.History.Models.SelectMany(m => slots.Select(slot => (m.Name, Slot: slot)))], x => filled.Contains(x.Slot), x => $"{x.Slot} of {x.Name}");
        yield return Counting.Share("D8.3", s.Pipelines, p => p.Any(v => v.Has(s, "joint-pipeline-work") || s.Together(v, "data-scientist", "data-engineer")), p => $"commit {p.Key}");
        yield return Counting.Share("D8.4", s.Pipelines, p => p.Any(v => v.Has(s, "joint-integration-work") || s.Together(v, "software-engineer")), p => $"commit {p.Key}");
        yield return Counting.Share("D8.5", s.Live, m => m.Looks.Any(l => l.At >= s.History.From && l.Watched.Contains("cost", StringComparer.Ordinal)) || m.Versions.Any(v => v.HasSince(s, "cost-record", s.History.From)), m => m.Name);
    }
}
