using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.ApiKeys;
using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.AuditSamples;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Erasures;
using MLOpsGovernance.Server.Maturity;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Subjects;
using MLOpsGovernance.Server.Teams;
using MLOpsGovernance.Server.Waivers;

namespace MLOpsGovernance.Server.Requests;

/// <summary>Sends commands to the grains that decide them, in the caller's name, and sees to it that every refusal is recorded somewhere.</summary>
internal sealed class GrainCommands(IGrainFactory grains, Caller caller, TimeProvider time)
{
    public Task<CommandOutcome> ExecuteAsync<TState, TCommand>(IStreamGrain<TState, TCommand> grain, string stream, TCommand command) =>
        ExecuteAsync(grain, stream, () => Task.FromResult(new Prepared<TCommand>(command, [])));

    /// <summary>Prepares and sends a command; when what it was prepared from has changed meanwhile, prepares it anew.</summary>
    public async Task<CommandOutcome> ExecuteAsync<TState, TCommand>(IStreamGrain<TState, TCommand> grain, string stream, Func<Task<Prepared<TCommand>>> prepare)
    {
        var precondition = stream == caller.Aim ? caller.Precondition : null;
        var (outcome, useCase) = await StaleAttempts.RepeatAsync(async () =>
        {
            var (command, guards) = await prepare();
            return (await grain.Execute(new(command, caller.Actor, caller.Context(), guards, precondition)), UseCase.Of(command!));
        }, time);
        if (outcome.Refusal?.Code == Precondition.Code) caller.FailedAt = outcome.Edition;
        if (outcome.Refusal is { } refusal && !outcome.RefusalRecorded) await NoteInDayAsync(stream, useCase, refusal);
        return outcome;
    }

    /// <summary>Records an attempt that was refused before any rule saw it.</summary>
    public async Task NoteAsync(string stream, string useCase, Refusal refusal)
    {
        var envelope = Attempt(stream, useCase, refusal);
        var (kind, key) = stream.Split(':', 2) is [var k, var n] ? (k, n) : (stream, "");
        var noted = (Name.IsValid(key) || Name.IsSubject(key) || stream == PolicySetGrain.StreamName) && await StaleAttempts.RepeatAsync(() => kind switch
        {
            "model" => grains.GetGrain<IModelGrain>(key).Note(envelope),
            "dataset" => grains.GetGrain<IDatasetGrain>(key).Note(envelope),
            "team" => grains.GetGrain<ITeamGrain>(key).Note(envelope),
            "environment" => grains.GetGrain<IEnvironmentGrain>(key).Note(envelope),
            "subject" => grains.GetGrain<ISubjectGrain>(key).Note(envelope),
            "waiver" => grains.GetGrain<IWaiverGrain>(key).Note(envelope),
            "assessment" => grains.GetGrain<IAssessmentGrain>(key).Note(envelope),
            "policy-set" => grains.GetGrain<IPolicySetGrain>(PolicySetGrain.StreamName).Note(envelope),
            "audit-sample" => grains.GetGrain<IAuditSampleGrain>(key).Note(envelope),
            "erasure" => grains.GetGrain<IErasureGrain>(key).Note(envelope),
            "key" => grains.GetGrain<IApiKeyGrain>(key).Note(envelope),
            _ => Task.FromResult(false),
        }, time);
        if (!noted) await NoteInDayAsync(stream, useCase, refusal);
    }

    private Task NoteInDayAsync(string stream, string useCase, Refusal refusal)
    {
        var day = grains.GetGrain<IRefusalsGrain>(time.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        return StaleAttempts.RepeatAsync(() => day.Note(Attempt(stream, useCase, refusal)), time);
    }

    /// <summary>A refused caller may have aimed at anything, a megabyte of control characters included; histories keep names, and else only the kind.</summary>
    private static string Writable(string stream) =>
        stream.Split(':', 2) is [var kind, var key] && !Name.IsValid(key) && !Name.IsSubject(key) ? kind : stream;

    private Envelope<AttemptRefused> Attempt(string stream, string useCase, Refusal refusal) => new(
        new(useCase, refusal.Code, refusal.Why, Writable(stream), caller.Actor.Subject, time.GetUtcNow()), caller.Actor, caller.Context() with { Key = null, Body = null }, []);
}

/// <summary>A command, and the streams that must not have moved when its events are stored.</summary>
internal sealed record Prepared<TCommand>(TCommand Command, IReadOnlyList<Guard> Guards);
