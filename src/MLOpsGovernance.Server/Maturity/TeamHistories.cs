using System.Globalization;
using Marten;
using MLOpsGovernance.Advisor.Maturity.History;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Deployments;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Monitoring;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Subjects;
using MLOpsGovernance.Server.Teams;

namespace MLOpsGovernance.Server.Maturity;

/// <param name="Observed">Whether anybody ever looked at what really runs: else only what is registered is known.</param>
internal sealed record ReadHistory(TeamHistory History, bool Observed);

/// <summary>A team's practice from the registers: a few queries, however long the histories and however many the models.</summary>
internal sealed class TeamHistories(IDocumentStore store, Registers registers, Grains grains, StreamNames streams, People people)
{
    public async Task<ReadHistory> OfAsync(string team, DateTimeOffset from, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await registers.CatchUpAsync(cancellationToken);
        var (gated, observed) = await EnvironmentsAsync(cancellationToken);
        await using var session = store.QuerySession();
        var models = await session.Query<ModelRow>().Where(r => r.Team == team).ToListAsync(cancellationToken);
        var names = models.Select(m => m.Id["model:".Length..]).ToArray();
        var practice = await session.Query<PracticeRow>().Where(r => r.Model.IsOneOf(names)).ToListAsync(cancellationToken);
        var deployments = await session.Query<DeploymentRow>().Where(r => r.Model.IsOneOf(names)).ToListAsync(cancellationToken);
        var findings = await session.Query<FindingRow>().Where(r => r.Model.IsOneOf(names)).ToListAsync(cancellationToken);
        var incidents = await session.Query<IncidentRow>().Where(r => r.Model.IsOneOf(names)).ToListAsync(cancellationToken);
        var datasets = await session.Query<DatasetRow>().Where(r => r.Team == team).ToListAsync(cancellationToken);
        var datasetNames = datasets.Select(d => d.Name).ToArray();
        var data = (await session.Query<CheckedDataRow>().Where(r => r.Dataset.IsOneOf(datasetNames)).ToListAsync(cancellationToken)).ToLookup(r => r.Dataset, r => r.Version, StringComparer.Ordinal);
        var members = (await grains.Of<ITeamGrain>(team).Read()).State.Members;
        var persons = (await people.AmongAsync(deployments.Select(d => d.By).Concat(practice.SelectMany(p => p.Documents.Select(d => d.By))))).Concat(members.Keys).ToHashSet(StringComparer.Ordinal);

        var (byModel, ran, found, alerted) = (practice.ToLookup(p => p.Model, StringComparer.Ordinal), deployments.ToLookup(d => d.Model, StringComparer.Ordinal), findings.ToLookup(f => f.Model, StringComparer.Ordinal), incidents.ToLookup(i => i.Model, StringComparer.Ordinal));
        var versions = deployments.ToDictionary(d => d.Id, d => d.Version, StringComparer.Ordinal);
        return new(
            new(
                from, at,
                [.. models.Zip(names).Select(m => new HistoricModel(
                    m.Second, m.First.RiskState == "confirmed", byModel[m.Second].FirstOrDefault(p => p.Number == 0)?.At,
                    [.. byModel[m.Second].Where(p => p.Number > 0).OrderBy(p => p.Number).Select(p => Version(p, persons))],
                    [.. ran[m.Second].OrderBy(d => d.At).Select(d => Deployment(d, gated, versions, persons, found[m.Second]))],
                    [.. found[m.Second].Select(f => new HistoricAction(f.Id, f.DueAt, f.ClosedAt))],
                    [.. alerted[m.Second].Select(i => new HistoricAlert(i.Id, i.ReportedAt, i.AcknowledgedAt, i.Owner is not null))],
                    [.. byModel[m.Second].SelectMany(Looks)],
                    [.. found[m.Second].Where(f => f.Cause.StartsWith(Discrepancy.NotAllowed, StringComparison.Ordinal)).Select(f => f.OpenedAt)]))],
                [.. datasets.Select(d => new HistoricDataset(d.Name, d.ClassState == "confirmed", [.. data[d.Name]]))],
                members.ToDictionary(m => m.Key, m => m.Value.Functions, StringComparer.Ordinal)),
            observed);
    }

    private async Task<(HashSet<string> Gated, bool Observed)> EnvironmentsAsync(CancellationToken cancellationToken)
    {
        var (names, _) = await streams.PageAsync("environment:", new(Limit: Page.Most), cancellationToken);
        var states = (await Task.WhenAll(names.Select(async n => (n, (await grains.Of<IEnvironmentGrain>(n).Read()).State)))).ToList();
        return (states.Where(s => s.State.Gated).Select(s => s.n).ToHashSet(StringComparer.Ordinal), states.Any(s => s.State.Observed is not null));
    }

    private static HistoricVersion Version(PracticeRow p, HashSet<string> persons) => new(
        p.Number, p.At, !p.HumanAuthors.Contains(p.By, StringComparer.Ordinal), p.Authors, p.Datasets, p.Commit, p.Run, p.Metrics, p.Environment, p.Image, p.Trigger, p.Fit,
        [.. p.Documents.Select(d => new HistoricDocument(d.Kind, d.ProducedAt, d.ValidUntil, !persons.Contains(d.By)))],
        [.. p.Reviews.Where(r => r.Kind != "asked").Select(r => new HistoricReview(r.Id, r.Kind, r.By, r.At))]);

    private static HistoricDeployment Deployment(DeploymentRow d, HashSet<string> gated, Dictionary<string, int> versions, HashSet<string> persons, IEnumerable<FindingRow> findings) => new(
        d.Id, d.Version, d.At, d.EndedAt, gated.Contains(d.Environment), d.Stage, d.Action == "rollback", !persons.Contains(d.By), d.Replaces is { } replaced && versions.TryGetValue(replaced, out var version) ? version : null,
        d.Outcome is null ? null : d.Outcome.Result == "failed", findings.Any(f => f.Version == d.Version && f.Cause.StartsWith("break-glass:", StringComparison.Ordinal) && d.At >= f.OpenedAt && d.At <= f.OpenedAt.AddMinutes(BreakGlass.MostMinutes)));

    private static IEnumerable<HistoricLook> Looks(PracticeRow p) => p.Looks.Select(look => new HistoricLook(
        p.Number, DateTimeOffset.Parse(look.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), look.Key is "any" or "labels" ? [] : [look.Key], look.Key == "labels"));
}
