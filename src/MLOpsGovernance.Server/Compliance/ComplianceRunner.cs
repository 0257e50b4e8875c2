using System.Text.Json;
using Marten;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Deployments;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Compliance;

/// <summary>
/// Judges every live deployment again and tells each model what does not hold. A finding is known by its deployment and what it is about, so a run that is repeated, or goes on beside another, opens nothing twice; one that
/// is cut short left findings that the next takes as they are.
/// </summary>
internal sealed class ComplianceRunner(
    IDocumentStore store, Registers registers, Grains grains, PoliciesInForce policies, ComplianceJudge judge, ComplianceFinder finder, EventWriter writer, TimeProvider time, ILogger<ComplianceRunner> log)
{
    private const int AtOnce = 8;

    private static readonly Actor Service = new(ComplianceFindings.Service, false, []);

    /// <param name="id">The run's id: a run with one that there is already has been recorded, and is not recorded again.</param>
    /// <param name="by">Who asked for it; the service itself where nobody did.</param>
    /// <returns>Null where nothing runs, or no policy is in force.</returns>
    public async Task<ComplianceJudged?> RunAsync(string id, string trigger, EventContext? by, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        if (await policies.NowAsync() is not { } set) return null;
        var models = await ModelsAsync(cancellationToken);
        if (models.Count == 0 && trigger != ComplianceJudged.Demand) return null;

        var context = by ?? new(Service.Subject, null, null, null, null, null, null);
        List<ModelCompliance> told = [];
        foreach (var some in models.Chunk(AtOnce))
            told.AddRange(await Task.WhenAll(some.Select(model => TellAsync(model, set, started, context with { Causation = id }, cancellationToken))));

        DeploymentCompliance[] judged = [.. told.SelectMany(t => t.Judged).OrderBy(d => d.Deployment, StringComparer.Ordinal)];
        var bytes = CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(judged, Json.Lenient));
        var run = new ComplianceJudged(
            id, trigger, set.Digest, judged.Length, judged.Count(d => !d.Compliant), judged.Sum(d => d.Failures.Count), told.Sum(t => t.Opened), told.Sum(t => t.Vanished), Digest.Sha256(bytes), started,
            context.Actor, time.GetUtcNow(), told.Sum(t => t.Takedowns));
        try
        {
            await writer.AppendAsync(new($"compliance:{id}", typeof(ComplianceJudged), 0, [run], context with { Key = null, Body = null }, [], new(run.Results, bytes)), CancellationToken.None);
        }
        catch (StaleActivationException)
        {
            log.LogInformation("Compliance run {Run} was recorded by another node", id);
        }

        Telemetry.ComplianceRuns.Add(1, new KeyValuePair<string, object?>("trigger", trigger));
        Telemetry.ComplianceFailing.Record(run.Failing);
        return run;
    }

    /// <summary>Judges what runs of one model, because something became known of it, and tells it what does not hold. No run is recorded: what follows from it stands in the model's own stream.</summary>
    public async Task JudgeAsync(string model, EventContext because, CancellationToken cancellationToken)
    {
        if (await policies.NowAsync() is { } set && !(await grains.Of<IModelGrain>(model).Read()).State.Live.IsEmpty)
            await TellAsync(model, set, time.GetUtcNow(), because with { Actor = Service.Subject, Owner = null }, cancellationToken);
    }

    /// <summary>Those of which something runs, and those with a finding from an earlier run.</summary>
    private async Task<IReadOnlyList<string>> ModelsAsync(CancellationToken cancellationToken)
    {
        await registers.CatchUpAsync(cancellationToken);
        await using var session = store.QuerySession();
        var live = await session.Query<DeploymentRow>().Where(d => d.EndedAt == null).Select(d => d.Model).Distinct().ToListAsync(cancellationToken);
        var found = await session.Query<FindingRow>().Where(f => f.Open && f.Cause.StartsWith(ComplianceFindings.Kind)).Select(f => f.Model).Distinct().ToListAsync(cancellationToken);
        return [.. live.Union(found, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private async Task<ModelCompliance> TellAsync(string name, PolicySet set, DateTimeOffset now, EventContext context, CancellationToken cancellationToken) => await StaleAttempts.RepeatAsync(async () =>
    {
        var ((model, version, _), judged) = await judge.OfAsync(name, set, now);
        var note = await finder.OfAsync(model, judged, set, now, cancellationToken);
        var outcome = await grains.Of<IModelGrain>(name).Execute(new(note, Service, context with { Key = null, Body = null }, [new($"model:{name}", version)]));
        if (outcome.Refusal is { } refusal) throw new InvalidOperationException($"{name} refused to be told what does not hold: {refusal.Why}");

        var told = (await grains.Of<IModelGrain>(name).Read()).State;
        var (before, causes) = (OpenOf(model).Select(f => f.Cause).ToHashSet(StringComparer.Ordinal), note.Found.Select(f => f.Cause).ToHashSet(StringComparer.Ordinal));
        return new ModelCompliance(
            [.. judged.Select(d => Told(told, d))], causes.Count(c => !before.Contains(c)), OpenOf(model).Count(f => f.VanishedAt is null && !causes.Contains(f.Cause)),
            note.Takedowns.Count(t => model.Deployments.Any(d => d.Id == t.Deployment && d.TakedownAskedAt is null)));
    }, time);

    /// <summary>With the finding about each failure, and since when somebody is to take it down.</summary>
    private static DeploymentCompliance Told(Model model, DeploymentCompliance judged)
    {
        var prefix = ComplianceFindings.Cause(judged.Deployment, "");
        var findings = OpenOf(model).Where(f => f.Cause.StartsWith(prefix, StringComparison.Ordinal)).Select(f => (What: f.Cause[prefix.Length..], f.Id)).ToList();
        return judged with
        {
            Failures = [.. judged.Failures.Select(f => f with { Finding = findings.FirstOrDefault(o => ComplianceSubjects.Covers(o.What, f.AsRule())).Id })],
            TakedownAskedAt = model.Deployments.FindLast(d => d.Id == judged.Deployment)?.TakedownAskedAt,
        };
    }

    private static IEnumerable<Finding> OpenOf(Model model) => model.Findings.Where(f => f.IsOpen && ComplianceFindings.IsCause(f.Cause));

    private sealed record ModelCompliance(IReadOnlyList<DeploymentCompliance> Judged, int Opened, int Vanished, int Takedowns);
}
