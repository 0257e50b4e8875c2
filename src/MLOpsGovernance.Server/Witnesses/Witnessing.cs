using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Witnesses;
using MLOpsGovernance.Server.Audit;

namespace MLOpsGovernance.Server.Witnesses;

/// <summary>Has the newest checkpoint cosigned, and compares what witnesses have signed with what the database holds.</summary>
internal sealed class Witnessing(LogWitnesses witnesses, WitnessClient client, WitnessTable table, LogReader log, LogKeys keys, TimeProvider time, ILogger<Witnessing> logger)
{
    /// <summary>
    /// To be asked before anything is signed. A database that was restored from a copy may lag behind what others have signed already: to go on from there would make a second log of the same name.
    /// </summary>
    /// <exception cref="LogBrokenException">A witness has signed what is not the beginning of this log.</exception>
    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        foreach (var witness in witnesses.All)
        {
            Checkpoint? seen;
            try
            {
                seen = await client.LastAsync(witness, keys.Origin, keys.Known, cancellationToken);
            }
            catch (EvidenceRefusedException refused)
            {
                throw new LogBrokenException($"What the witness {witness.Name} shows as the last checkpoint of this log is not signed by both: {refused.Message}");
            }

            if (seen is null) continue;
            if (await log.RootAsync(seen.Size, cancellationToken) is not { } root)
                throw new LogBrokenException($"The witness {witness.Name} has signed {seen.Size} entries of this log, and the database holds fewer: it was restored from an older copy, or cut. Restore what is missing, or begin a log of another name (Audit__Origin).");
            if (!root.AsSpan().SequenceEqual(seen.Root))
                throw new LogBrokenException($"The first {seen.Size} entries of this log are not those that the witness {witness.Name} has signed.");
        }
    }

    /// <summary>Asks every witness who has not signed the newest checkpoint. Answers the witnesses as they stand then.</summary>
    public async Task<IReadOnlyList<WitnessView>> RoundAsync(CancellationToken cancellationToken)
    {
        if (witnesses.All.Count == 0 || await log.NewestAsync(cancellationToken) is not { } newest) return [];
        foreach (var (witness, known) in witnesses.All.Zip(await table.ReadAsync(witnesses, cancellationToken)))
        {
            if (known.Size == (long)newest.Checkpoint.Size && known.Fault is null) continue;
            await AskAsync(witness, (ulong)known.Size, newest, cancellationToken);
        }

        return await table.ReadAsync(witnesses, cancellationToken);
    }

    private async Task AskAsync(LogWitness witness, ulong known, PublishedCheckpoint newest, CancellationToken cancellationToken)
    {
        // He is sent our signatures alone: those of others are not his business, and he may refuse what has too many.
        var note = SignedNote.Parse(newest.Note);
        var own = note with { Signatures = [.. note.Signatures.Where(s => keys.Known.Any(s.IsBy))] };
        var size = newest.Checkpoint.Size;
        var word = await client.AskAsync(witness, await RequestAsync(known, size, own, cancellationToken), own, cancellationToken);
        if (word is { Knows: { } other } && other <= size && other != known)
            word = await client.AskAsync(witness, await RequestAsync(other, size, own, cancellationToken), own, cancellationToken);
        if (word.Cosignatures is { } lines)
        {
            await table.KeepAsync(witness.Name, (long)size, lines, time.GetUtcNow(), cancellationToken);
            return;
        }

        logger.LogWarning("The witness {Witness} has not signed the checkpoint of {Size} entries: {Fault}", witness.Name, size, word.Fault);
        await table.NoteAsync(witness.Name, word.Fault!, time.GetUtcNow(), cancellationToken);
    }

    private async Task<WitnessRequest> RequestAsync(ulong older, ulong newer, SignedNote note, CancellationToken cancellationToken) =>
        new(older, await log.ExtendAsync(older, newer, cancellationToken), note.ToString());
}

/// <summary>Asks the witnesses every minute (<c>Audit:WitnessSeconds</c>), on the node that leads.</summary>
internal sealed class WitnessSchedule(Witnessing witnessing, LogWitnesses witnesses, Storage.Leadership leadership, ILogger<WitnessSchedule> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (witnesses.All.Count > 0 && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(witnesses.Every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!leadership.Leads || stoppingToken.IsCancellationRequested) continue;
            try
            {
                await witnessing.RoundAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "The witnesses could not be asked; they are in a while");
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
