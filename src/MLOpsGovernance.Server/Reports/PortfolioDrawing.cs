using Marten;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Reports;
using MLOpsGovernance.Reports.Portfolio;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Waivers;
using Npgsql;

namespace MLOpsGovernance.Server.Reports;

/// <summary>All models at once, from the registers: what is asked of those who decide, and how the risks stand against the appetite that was agreed.</summary>
internal sealed class PortfolioDrawing(IDocumentStore store, Registers registers, ReportTable table, ReportSettings settings, SealingKeys sealing, NpgsqlDataSource source)
{
    private const int MostModels = 5_000, MostAsked = 8, MostDated = 500;

    private static readonly TimeSpan Soon = TimeSpan.FromDays(90);

    public async Task<Report> OfAsync(ReportFrame frame, ReportPeriod period, CancellationToken cancellationToken)
    {
        var at = frame.AsOf;
        await registers.CatchUpAsync(cancellationToken);
        await using var session = store.QuerySession();
        var models = await session.Query<ModelRow>().Where(m => m.Name != "").OrderBy(m => m.Name).Take(MostModels).ToListAsync(cancellationToken);
        var findings = await session.Query<FindingRow>().Where(f => f.Open).OrderBy(f => f.DueAt).Take(MostModels).ToListAsync(cancellationToken);
        var waivers = await session.Query<WaiverRow>().Where(w => w.State == Waiver.Approved || w.State == Waiver.Requested).OrderBy(w => w.ExpiresAt).Take(MostModels).ToListAsync(cancellationToken);
        var gate = await GateAsync(period, cancellationToken);
        var previous = await PreviousAsync(frame.AsOf, cancellationToken);
        var (inForce, asked) = (waivers.Where(w => w.State == Waiver.Approved && w.ExpiresAt > at).ToList(), waivers.Where(w => w.State == Waiver.Requested && w.ExpiresAt > at).ToList());
        var live = models.Where(m => m.Live.Count > 0).ToList();
        var overdue = findings.Where(f => f.DueAt <= at).ToList();
        var severe = findings.Where(f => f.Severity is "high" or "critical").GroupBy(f => f.Model, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var numbers = Numbers(models.Count, live, overdue.Count, severe, inForce.Count, gate);
        return new PortfolioReport
        {
            Frame = frame,
            Period = period,
            PreviousAsOf = previous?.Frame.AsOf,
            Decisions = await AskedAsync(live, overdue, asked, at, cancellationToken),
            Indicators = Indicators(numbers, previous),
            Changes = Changes(numbers, previous),
            Models = [.. models.Select(m => new PortfolioModel(m.Name, m.Team, m.EuAiAct, m.Tier, State(m), [.. m.Live.Keys.Order(StringComparer.Ordinal)], m.OpenFindings))],
            Gate = gate,
            Overdue = [.. overdue.Take(MostDated).Select(f => new DatedItem("finding", $"{f.Severity} finding", f.Model, f.Owner, f.DueAt))],
            Expiring = [.. inForce.Where(w => w.ExpiresAt <= at + Soon).Take(MostDated).Select(w => new DatedItem("waiver", $"{w.Policy}/{w.Rule} in {w.Environment}", w.Model, w.RequestedBy, w.ExpiresAt))],
            Exposures = [.. live.SelectMany(m => m.Live.Keys.Select(place => (m.EuAiAct, place))).GroupBy(e => e).OrderBy(g => g.Key.place, StringComparer.Ordinal).ThenBy(g => g.Key.EuAiAct, StringComparer.Ordinal).Select(g => new Exposure(g.Key.EuAiAct, g.Key.place, g.Count()))],
        };
    }

    private static string State(ModelRow m) => m.Retired ? "retired" : m.Suspended ? "suspended" : m.Live.Count > 0 ? "live" : "registered";

    private sealed record Measured(double Models, double Live, double? DenialRate, double Overdue, double Unconfirmed, double Severe, double Waivers);

    private static Measured Numbers(int models, List<ModelRow> live, int overdue, Dictionary<string, int> severe, int waivers, IReadOnlyList<GateOutcomes> gate)
    {
        var all = gate.Sum(g => g.Allow + g.Warn + g.Deny + g.Error);
        return new(models, live.Count, all == 0 ? null : (double)gate.Sum(g => g.Deny + g.Error) / all, overdue, live.Count(m => m.RiskState != "confirmed"), live.Count(m => severe.ContainsKey(m.Name)), waivers);
    }

    private IReadOnlyList<RiskIndicator> Indicators(Measured now, PortfolioReport? previous)
    {
        var appetite = settings.Appetite;
        return
        [
            Indicator("Findings overdue", now.Overdue, "findings", appetite.OverdueFindings),
            Indicator("Live models with an open high or critical finding", now.Severe, "models", appetite.LiveHighFindings),
            Indicator("Live models whose risk class nobody confirmed", now.Unconfirmed, "models", appetite.UnconfirmedClasses),
            Indicator("Waivers in force", now.Waivers, "waivers", appetite.WaiversInForce),
            Indicator("Decisions of the gate that were no", now.DenialRate * 100, "%", appetite.DenialRate * 100),
        ];

        RiskIndicator Indicator(string name, double? value, string unit, double limit)
        {
            var (word, tone) = value is not { } number ? ("not known", Tone.Unknown) : number > limit ? ("outside appetite", Tone.Bad) : limit > 0 && number > 0.8 * limit ? ("near the limit", Tone.Attention) : ("within appetite", Tone.Good);
            return new(name, value, unit, limit == 0 ? "none" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at most {limit:0.##}{(unit == "%" ? " %" : "")}"), word, tone, previous?.Indicators.FirstOrDefault(i => i.Name == name)?.Value);
        }
    }

    private static IReadOnlyList<PortfolioChange> Changes(Measured now, PortfolioReport? previous) => previous is null ? [] :
    [
        new("Models on record", previous.Models.Count, now.Models),
        new("Models live", previous.Models.Count(m => m.LiveIn.Count > 0), now.Live),
        new("Findings overdue", previous.Overdue.Count, now.Overdue),
        new("Open findings", previous.Models.Sum(m => m.OpenFindings), null),
    ];

    /// <summary>What waits for somebody with the power to decide, the most pressing first.</summary>
    private async Task<IReadOnlyList<AskedDecision>> AskedAsync(List<ModelRow> live, List<FindingRow> overdue, List<WaiverRow> asked, DateTimeOffset at, CancellationToken cancellationToken)
    {
        List<AskedDecision> decisions = [];
        foreach (var f in overdue.Where(f => f.Severity is "critical" or "high").OrderBy(f => f.Severity == "critical" ? 0 : 1).ThenBy(f => f.DueAt).Take(MostAsked))
        {
            decisions.Add(new(
                $"Have the {f.Severity} finding on {f.Model} remedied, or take the model out of use", f.Owner ?? "nobody: name one", f.DueAt,
                $"Every deployment of {f.Model} stays denied; what runs goes on running with the fault.", await sealing.OpenAsync(f.Title, cancellationToken)));
        }

        foreach (var model in live.Where(m => m.RiskState != "confirmed").Take(MostAsked))
            decisions.Add(new($"Confirm the risk class of {model.Name}", "AI risk officer", null, "It is judged as the highest class, and its next deployment is denied."));
        foreach (var waiver in asked.Take(MostAsked))
        {
            decisions.Add(new(
                $"Decide on the waiver of {waiver.Policy}/{waiver.Rule} for {waiver.Model} in {waiver.Environment}", "whoever the policy names", waiver.ExpiresAt, $"The rule goes on denying {waiver.Model}; the request lapses by itself.", $"asked for by {waiver.RequestedBy}"));
        }

        return [.. decisions.Take(MostAsked)];
    }

    private async Task<IReadOnlyList<GateOutcomes>> GateAsync(ReportPeriod period, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            select to_char(date_trunc('month', timestamp, 'UTC') at time zone 'UTC', 'YYYY-MM'), count(*) filter (where data ->> 'outcome' = 'allow'), count(*) filter (where data ->> 'outcome' = 'warn'),
                count(*) filter (where data ->> 'outcome' = 'deny'), count(*) filter (where data ->> 'outcome' = 'error')
            from {MartenSetup.Schema}.mt_events where type = 'policy_checked' and timestamp >= $1 and timestamp < $2 and not coalesce((data ->> 'dryRun')::boolean, false) group by 1 order by 1
            """);
        command.Parameters.Add(new() { Value = period.From.ToUniversalTime() });
        command.Parameters.Add(new() { Value = period.To.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<GateOutcomes> months = [];
        while (await reader.ReadAsync(cancellationToken)) months.Add(new(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)));
        return months;
    }

    private async Task<PortfolioReport?> PreviousAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        await table.BeforeAsync(Domain.Reports.ReportIssued.Portfolio, at, cancellationToken) is { } last && await table.ContentAsync(last.Id, "json", cancellationToken) is var (_, bytes)
            ? ReportJson.Read(bytes) as PortfolioReport
            : null;
}
