using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Observations;

/// <summary>
/// Compares first, then tells the environment's stream, then each model that is concerned. Should the second be cut short, the next observation makes up for it: a finding is known by its
/// cause, so nothing is opened twice.
/// </summary>
internal sealed class ObservationHandlers(
    IGrainFactory grains, GrainCommands commands, Caller caller, Estate estate, EventIds events, SealingKeys sealing, ObservationFreshness freshness, TimeProvider time) :
    IRequestHandler<ObserveEnvironment, Result<ObservationView>>, IRequestHandler<ReadObservation, Result<ObservedView>>
{
    private const int AtOnce = 16;

    public async Task<Result<ObservationView>> Handle(ObserveEnvironment request, CancellationToken cancellationToken)
    {
        if (!caller.CoversEnvironment(request.Environment)) return await OutOfScopeAsync(request);
        var (items, content) = Estate.Canonical(request.Items);
        var grain = grains.GetGrain<IEnvironmentGrain>(request.Environment);
        var command = new Domain.Environments.ObserveEnvironment(request.ObservedAt, request.Source, content.Digest, items.Count, items.Count <= EnvironmentObserved.MostItems ? items : [], []);

        // What will be refused is neither compared nor kept.
        IReadOnlyList<Discrepancy> found = [];
        Estate.Record? record = null;
        var before = (await grain.Read()).State;
        if (before.Exists && ObservationRules.Untimely(before, command, time.GetUtcNow()) is null)
        {
            record = await estate.ReadAsync(request.Environment, items, request.ObservedAt, cancellationToken);
            found = EstateComparison.Of(items, record.Known, record.Deployments, request.ObservedAt);
            await estate.KeepAsync(content, cancellationToken);
        }

        var outcome = await commands.ExecuteAsync(grain, request.Stream, async () =>
        {
            var (state, version, _) = await grain.Read();
            var open = state.Findings.Values.Where(f => f.IsOpen).Select(f => f.Cause);
            var own = await TellAsync(request, found.Where(d => d.Model is null), open, state.Gated, cancellationToken);
            return new(command with { Found = own }, [new(request.Stream, version)]);
        });
        if (outcome.Refusal is { } refusal) return refusal;

        caller.Causation = await events.LastAsync(request.Stream, [EventNames.All[typeof(EnvironmentObserved)]], "observedAt", request.ObservedAt, cancellationToken);
        var now = (await grain.Read()).State;
        var findings = now.Findings.Values.Where(f => f.IsOpen).ToDictionary(f => f.Cause, f => f.Id, StringComparer.Ordinal);
        var models = found.Select(d => d.Model).OfType<string>().Concat(record?.Models ?? []).Distinct(StringComparer.Ordinal);
        foreach (var some in models.Chunk(AtOnce))
        {
            foreach (var told in await Task.WhenAll(some.Select(model => TellModelAsync(request, model, [.. found.Where(d => d.Model == model)], now.Gated, cancellationToken))))
                foreach (var (cause, id) in told) findings[cause] = id;
        }

        return new ObservationView(
            request.Environment, freshness.Of(request.ObservedAt, time.GetUtcNow()).State, request.ObservedAt, request.Source, content.Digest, items.Count,
            [.. found.Select(d => new DiscrepancyView(d.Kind, d.Digest, d.Name, d.Model, d.Version, d.Deployment, findings.GetValueOrDefault(d.Cause(request.Environment))))]);
    }

    public async Task<Result<ObservedView>> Handle(ReadObservation request, CancellationToken cancellationToken)
    {
        if (!Name.IsValid(request.Environment) || (await grains.GetGrain<IEnvironmentGrain>(request.Environment).Read()).State is not { Exists: true } environment)
            return new Refusal("environment-unknown", "There is no such environment.", RefusalKind.NotFound);
        var last = environment.Observed;
        var (state, at) = freshness.Of(last?.ObservedAt, time.GetUtcNow());
        return new ObservedView(request.Environment, state, at, last?.Source, last?.Digest, last is null ? null : await estate.ItemsAsync(last.Digest, cancellationToken));
    }

    /// <summary>The open findings of this environment on the model, by cause, after it was told.</summary>
    private async Task<IReadOnlyList<(string Cause, string Id)>> TellModelAsync(
        ObserveEnvironment request, string model, IReadOnlyList<Discrepancy> found, bool gated, CancellationToken cancellationToken)
    {
        // Not through the scope of the caller's credential: whoever may look at the environment sees whatever runs there.
        var grain = grains.GetGrain<IModelGrain>(model);
        await commands.ExecuteAsync<Model, ModelCommand>(grain, $"model:{model}", async () =>
        {
            var (state, version, _) = await grain.Read();
            var told = await TellAsync(request, found, Open(state).Select(f => f.Cause), gated, cancellationToken);
            return new(new NoteDiscrepancies(request.Environment, request.ObservedAt, told), [new($"model:{model}", version)]);
        });
        return [.. Open((await grain.Read()).State).Select(f => (f.Cause, f.Id))];

        IEnumerable<Finding> Open(Model state) => state.Findings.Where(f => f.IsOpen && Discrepancy.IsCause(f.Cause, request.Environment));
    }

    /// <summary>The discrepancies as a stream takes them; only what opens a finding needs words.</summary>
    private async Task<IReadOnlyList<FoundDiscrepancy>> TellAsync(
        ObserveEnvironment request, IEnumerable<Discrepancy> found, IEnumerable<string> open, bool gated, CancellationToken cancellationToken)
    {
        var known = open.ToHashSet(StringComparer.Ordinal);
        List<FoundDiscrepancy> told = [];
        foreach (var discrepancy in found)
        {
            var cause = discrepancy.Cause(request.Environment);
            var title = known.Contains(cause) ? null : await sealing.SealAsync(Words(discrepancy, request.Environment), caller.Actor.Subject, cancellationToken);
            told.Add(new(caller.NewId(cause), title, Discrepancy.Severity(discrepancy.Kind, gated), cause, discrepancy.Version));
        }

        return told;
    }

    private static string Words(Discrepancy d, string environment) => d.Kind switch
    {
        Discrepancy.Unknown => $"{d.Name} runs in {environment} as {d.Digest}, which no version of any model is: find out what it is, register it or stop it.",
        Discrepancy.NotAllowed => $"{d.Name} runs in {environment}: {d.Model} version {d.Version}, which has no live deployment there. Record a deployment on an allowed decision, or stop it.",
        _ => $"{d.Model} version {d.Version} is on record as live in {environment}, deployment {d.Deployment}, and does not run there: find out why.",
    };

    private async Task<Result<ObservationView>> OutOfScopeAsync(ObserveEnvironment request)
    {
        var refusal = new Refusal("out-of-scope", $"The credential of {caller.Actor.Subject} does not cover this environment.", RefusalKind.Forbidden);
        await commands.NoteAsync(request.Stream, UseCase.Of(request), refusal);
        return refusal;
    }
}
