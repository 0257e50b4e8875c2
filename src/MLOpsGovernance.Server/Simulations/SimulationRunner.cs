using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.PolicyChecks;

namespace MLOpsGovernance.Server.Simulations;

internal sealed record BegunSimulation(string Id, PolicySet Draft, DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// Runs the simulations that this node began, one after the other, so that the gate keeps the rest of the machine. Where the node goes away they are reported as interrupted: nothing of a
/// half is shown, and whoever wants the whole begins it again.
/// </summary>
internal sealed class SimulationRunner(SimulationTable table, DecisionArchive archive, Decisions decisions, TimeProvider time, ILogger<SimulationRunner> log) : BackgroundService
{
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMilliseconds(500), BetweenSigns = TimeSpan.FromSeconds(5);

    private readonly Channel<BegunSimulation> _begun = Channel.CreateUnbounded<BegunSimulation>();
    private readonly ConcurrentDictionary<string, BegunSimulation> _open = new(StringComparer.Ordinal);

    public void Begin(BegunSimulation simulation)
    {
        _open[simulation.Id] = simulation;
        _begun.Writer.TryWrite(simulation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var signs = GiveSignsAsync(stoppingToken);
        try
        {
            await foreach (var next in _begun.Reader.ReadAllAsync(stoppingToken))
            {
                await RunAsync(next, stoppingToken);
                _open.TryRemove(next.Id, out _);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            foreach (var simulation in _open.Values) await EndAsync(simulation, SimulationTable.Interrupted, null, "the node that ran it was stopped");
        }

        await signs;
    }

    /// <summary>Tells that this node is still there, for the simulations that wait too.</summary>
    private async Task GiveSignsAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenSigns);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    if (!_open.IsEmpty) await table.HearAsync([.. _open.Keys], stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    log.LogInformation(e, "No sign of the simulations of this node could be given");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task RunAsync(BegunSimulation simulation, CancellationToken stoppingToken)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        try
        {
            var result = await JudgeAsync(simulation, running.Token);
            if (result is not null) await EndAsync(simulation, SimulationTable.Completed, result, null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Simulation {Id} failed", simulation.Id);
            await EndAsync(simulation, SimulationTable.Failed, null, "decisions or sets could not be read; the log says why");
        }
    }

    /// <summary>Null where it was cancelled.</summary>
    private async Task<SimulationResult?> JudgeAsync(BegunSimulation simulation, CancellationToken cancellationToken)
    {
        var (sets, tally, noted) = (new Dictionary<string, PolicySet?>(StringComparer.Ordinal), new SimulationTally(), Stopwatch.GetTimestamp());
        var simulator = new Simulator(simulation.Draft, digest => sets.GetValueOrDefault(digest));
        if (!await table.NoteProgressAsync(simulation.Id, 0, cancellationToken)) return null;
        await foreach (var page in archive.ReadAsync(simulation.From, simulation.To, cancellationToken))
        {
            foreach (var digest in page.Select(d => d?.PolicySet).OfType<string>().Distinct(StringComparer.Ordinal).Where(d => !sets.ContainsKey(d)))
                sets[digest] = await decisions.PoliciesAsync(digest, cancellationToken);
            foreach (var decision in page)
            {
                if (decision is null) tally.PassOver();
                else tally.Add(simulator.Judge(decision));
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (Stopwatch.GetElapsedTime(noted) < BetweenNotes) continue;
            noted = Stopwatch.GetTimestamp();
            if (!await table.NoteProgressAsync(simulation.Id, tally.Judged + tally.Unjudged, cancellationToken)) return null;
        }

        return tally.Result();
    }

    private async Task EndAsync(BegunSimulation simulation, string state, SimulationResult? result, string? why)
    {
        try
        {
            await table.EndAsync(simulation.Id, state, time.GetUtcNow(), result, why, CancellationToken.None);
        }
        catch (Exception e)
        {
            // Its silence says the same a little later.
            log.LogWarning(e, "How simulation {Id} ended could not be noted", simulation.Id);
        }
    }
}
