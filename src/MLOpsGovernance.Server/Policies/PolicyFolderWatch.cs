using System.Threading.Channels;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Policies;

/// <summary>
/// Follows the policy folder. A good edit is adopted at once in Development, and elsewhere proposed, for two people to put in force. A broken one changes nothing but
/// what health and <c>GET /policies</c> say: the last good set stays.
/// </summary>
internal sealed class PolicyFolderWatch(
    PolicyFolder folder, PolicySetReview review, Grains grains, IHostEnvironment environment, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<PolicyFolderWatch> log) : BackgroundService
{
    private static readonly Actor Developing = new("system:development", false, []), Following = new("system:folder", false, []);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private string? _done;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!folder.Watched) return;
        // What happens when the server starts must not be decided before it has started.
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);

        using var watcher = Watcher();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Whatever it was, the next look tries again.
                log.LogWarning(e, "The policy folder could not be followed");
            }

            await ChangedAsync(stoppingToken);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var reading = folder.Read();
        if (reading.Fingerprint == _done) return;
        if (reading is { Set: not null, Errors: [] }) await TakeAsync(reading.Set, reading.Files, cancellationToken);
        else if (reading.Errors is [var error, ..]) log.LogError("The policy folder has an error, so the set in force stays: {Error}", BrokenPolicySet.Words(error));
        _done = reading.Fingerprint;
    }

    private async Task TakeAsync(PolicySet set, IReadOnlyList<PolicyFile> files, CancellationToken cancellationToken)
    {
        var grain = grains.Of<IPolicySetGrain>(PolicySetGrain.StreamName);
        if ((await grain.InForce()).Digest == set.Digest) return;
        await StaleAttempts.RepeatAsync(async () =>
        {
            var history = await grain.Read();
            var reviewed = await review.OfAsync(set, files, history.State, new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), cancellationToken);
            var (actor, command) = environment.IsDevelopment()
                ? (Developing, (PolicySetCommand)new Domain.Policies.AdoptPolicySet(set.Digest, reviewed.Documents, AtBirthOnly: false, reviewed.Tests))
                : (Following, reviewed.Command(Guid.CreateVersion7().ToString(), PolicySetOrigin.Folder, null));
            var outcome = await grain.Execute(new(command, actor, new(actor.Subject, null, null, null, null, null, null), [new(PolicySetGrain.StreamName, history.Version)]));
            if (outcome.Refusal is { } refusal) log.LogWarning("What the policy folder holds was not taken: {Why}", refusal.Why);
            return outcome;
        }, time);
    }

    /// <summary>Waits for a change and then for quiet, or until it is time to look anyway.</summary>
    private async Task ChangedAsync(CancellationToken cancellationToken)
    {
        if (!await HeardAsync(folder.Poll, cancellationToken)) return;
        while (await HeardAsync(folder.Quiet, cancellationToken))
        {
            // Still being written.
        }
    }

    private async Task<bool> HeardAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(within);
        try
        {
            return await _changes.Reader.ReadAsync(waiting.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private FileSystemWatcher? Watcher()
    {
        try
        {
            if (!Directory.Exists(folder.Path)) return null;
            var watcher = new FileSystemWatcher(folder.Path) { IncludeSubdirectories = true };
            foreach (var tell in (Action<FileSystemEventHandler>[])[h => watcher.Changed += h, h => watcher.Created += h, h => watcher.Deleted += h]) tell((_, _) => _changes.Writer.TryWrite(true));
            watcher.Renamed += (_, _) => _changes.Writer.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            log.LogInformation("Changes of the policy folder are found by looking every {Poll}: {Why}", folder.Poll, e.Message);
            return null;
        }
    }
}
