using JasperFx;
using JasperFx.Events.Daemon;
using Marten;
using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// What the leader does for the registers. It starts their projection, and makes them anew where they were made of something else. When an event cannot be applied, or is of a type that this
/// version does not know, they stand still: that is reported, and tried again, ever more rarely, until it passes. Nothing is ever skipped.
/// </summary>
internal sealed class RegisterKeeper(IDocumentStore store, NpgsqlDataSource source, RegisterStates states, SettledEvents settled, TimeProvider time, ILogger<RegisterKeeper> log)
{
    private const int CheckedInOneStep = 1000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1), Settling = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Known = [.. EventNames.All.Values];

    private ISubscriptionAgent? _judged;
    private string? _reported;
    private int _failures;
    private long _failedAt, _seenThen, _checked, _checkedStored;

    /// <summary>One look at the registers, and what it calls for. Called by one leader at a time, again and again.</summary>
    public async Task TendAsync(IProjectionDaemon daemon, CancellationToken cancellationToken)
    {
        var agent = Agent(daemon);
        if (agent is { Status: AgentStatus.Running })
        {
            if (await UnknownAsync(cancellationToken) is not { } unknown)
            {
                await NoteProgressAsync(cancellationToken);
                return;
            }

            _judged = agent;
            await daemon.StopAgentAsync(Registers.Shard);
            await PauseAsync(unknown, cancellationToken);
        }
        else if (agent is not null && !ReferenceEquals(agent, _judged))
        {
            _judged = agent;
            await PauseAsync(Cause.Of(agent.Failure), cancellationToken);
        }
        else if (_failures == 0 || time.GetElapsedTime(_failedAt) >= Pause)
        {
            await StartAsync(daemon, cancellationToken);
        }
    }

    /// <summary>Another may have led meanwhile.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        (_judged, _failures, _reported, _seenThen) = (null, 0, null, (await states.ReadAsync(cancellationToken)).Seen);
        // Types unknown to this version may lie before what another version has checked.
        _checked = _checkedStored = await states.DefinitionAsync(cancellationToken) == RegisterDefinition.Of(store) ? await states.CheckedToAsync(cancellationToken) : 0;
    }

    private TimeSpan Pause => TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, _failures - 1)));

    private static ISubscriptionAgent? Agent(IProjectionDaemon daemon) => daemon.CurrentAgents().FirstOrDefault(a => a.Name.Identity == Registers.Shard);

    private async Task StartAsync(IProjectionDaemon daemon, CancellationToken cancellationToken)
    {
        try
        {
            if (await UnknownAsync(cancellationToken) is { } unknown)
            {
                await PauseAsync(unknown, cancellationToken);
                return;
            }

            await MakeAnewIfOtherAsync(cancellationToken);
            await daemon.StartAllAsync();
            // The daemon keeps to itself why one did not start.
            if (Agent(daemon) is null) await PauseAsync(Cause.Of(null), cancellationToken);
        }
        catch (Exception e) when (!StoreErrors.IsUnavailable(e) && !cancellationToken.IsCancellationRequested)
        {
            await PauseAsync(Cause.Of(ShardFailure.For(e, time.GetUtcNow())), cancellationToken);
        }
    }

    private async Task MakeAnewIfOtherAsync(CancellationToken cancellationToken)
    {
        var (own, made, state) = (RegisterDefinition.Of(store), await states.DefinitionAsync(cancellationToken), await states.ReadAsync(cancellationToken));
        if (made == own && !await HasPassedOverAsync(state, cancellationToken)) return;
        if (state.Seen > 0)
        {
            log.LogInformation("The registers are made anew from all {Count} events; lists wait until it is done", state.Head);
            await RegisterDefinition.ForgetAsync(store, source, cancellationToken);
        }

        await states.DefineAsync(own, cancellationToken);
    }

    /// <summary>The projection asks for the events of its registers only, so it passes over a type that it does not know before anybody notices.</summary>
    private async Task<bool> HasPassedOverAsync(RegisterState state, CancellationToken cancellationToken) =>
        state.Pause?.Sequence is { } sequence && sequence <= state.Seen && await states.TypeOfAsync(sequence, cancellationToken) is { } type && RegisterDefinition.Events.Contains(type);

    private async Task<Cause?> UnknownAsync(CancellationToken cancellationToken)
    {
        var upTo = await settled.UpToAsync(Settling, cancellationToken);
        if (await states.FirstOfAnotherTypeAsync(_checked, upTo, Known, cancellationToken) is { } found)
            return new(found.Sequence, found.Type, "this version of the server does not know the type; a later version wrote it, or somebody else did");

        _checked = Math.Max(_checked, upTo);
        return null;
    }

    private async Task NoteProgressAsync(CancellationToken cancellationToken)
    {
        if (_checked - _checkedStored >= CheckedInOneStep) await states.CheckedAsync(_checkedStored = _checked, cancellationToken);
        var state = await states.ReadAsync(cancellationToken);
        if (state.Pause is not { } pause || (pause.Sequence is { } sequence ? state.Seen < sequence : state.Seen < state.Head && state.Seen <= _seenThen)) return;
        await states.ResumeAsync(cancellationToken);
        (_failures, _reported) = (0, null);
        log.LogInformation("The registers have passed {Where} and go on", pause.Where);
    }

    private async Task PauseAsync(Cause cause, CancellationToken cancellationToken)
    {
        (_failures, _failedAt, _seenThen) = (_failures + 1, time.GetTimestamp(), (await states.ReadAsync(cancellationToken)).Seen);
        // Once as an error; that it still holds at each try is no news.
        log.Log(cause.Sequence is null || cause.ToString() == _reported ? LogLevel.Warning : LogLevel.Error, "The registers stand still at {Cause}. Nothing is skipped: it is tried again in {Pause}", cause, Pause);
        _reported = cause.ToString();
        await states.PauseAsync(cause.Sequence, cause.Type, cause.Why, cancellationToken);
    }

    private sealed record Cause(long? Sequence, string? Type, string Why)
    {
        private const int MostText = 1000;

        public static Cause Of(ShardFailure? failure) => failure is null
            ? new(null, null, "the projection does not run, for no reason that is known")
            : new(failure.Event?.Sequence, failure.Event?.EventTypeName, Short(Told(failure.Detail)));

        public override string ToString() => Sequence is null ? Why : $"event {Sequence} ({Type}): {Why}";

        /// <summary>An exception and its causes without their stacks.</summary>
        private static string Told(string detail) => string.Join(' ', detail.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("at ", StringComparison.Ordinal) && !line.StartsWith("--- End", StringComparison.Ordinal)));

        private static string Short(string text) => text.Length <= MostText ? text : text[..MostText];
    }
}
