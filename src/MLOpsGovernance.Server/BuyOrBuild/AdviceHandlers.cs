using MediatR;
using MLOpsGovernance.Advisor.BuyOrBuild;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.BuyOrBuild;
using MLOpsGovernance.Server.Maturity;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.BuyOrBuild;

internal sealed class AdviceHandlers(Grains grains, AssessmentResults assessments, AdviceDesk desk, AdviceArchive archive, EventWriter writer, Registers registers, GrainCommands commands, Caller caller, TimeProvider time) :
    IRequestHandler<GiveAdvice, Result<AdviceView>>, IRequestHandler<ReadAdvice, Result<AdviceView>>, IRequestHandler<ExportAdvice, Result<AdviceExport>>,
    IRequestHandler<ListAdvice, Result<Listed<AdviceListing>>>
{
    private static Refusal Unknown { get; } = new("advice-unknown", "There is no such recommendation.", RefusalKind.NotFound);

    private static Refusal Busy { get; } = new("advice-busy", "Others wait for their recommendation already; try again in a minute.", RefusalKind.Conflict);

    public async Task<Result<AdviceView>> Handle(GiveAdvice request, CancellationToken cancellationToken)
    {
        var (body, (asked, faults)) = (request.Body, AdviceReading.Read(request.Body));
        if (asked is null) return Faults.Refused<Result<AdviceView>>(faults);
        var (assessment, refused) = await AssessedAsync(body, cancellationToken);
        if (refused is not null)
        {
            await commands.NoteAsync(request.Stream, UseCase.Of(request), refused);
            return refused;
        }

        var now = time.GetUtcNow();
        var kept = new KeptAdvice(body, AdviceFacts.OfAssessment(assessment), DateOnly.FromDateTime(now.UtcDateTime));
        if (await desk.WorkAsync(() => Reckon(asked), cancellationToken) is not { } numbers) return Busy;

        var id = caller.NewId("advice");
        var (requestDigest, resultDigest) = await archive.KeepAsync(kept, numbers, cancellationToken);
        var given = new AdviceGiven(
            id, body.Team ?? assessment?.Team, body.Assessment, assessment is null ? null : ContentStore.Of(assessment).Digest, requestDigest, resultDigest,
            [.. numbers.Portfolios.FirstOrDefault(p => p.Role == "recommended")?.Choice.Select(c => $"{c.Key}={c.Value}") ?? []], (long)asked.Seed, asked.Runs, caller.Actor.Subject, caller.Actor.Owner, now);
        try
        {
            // No key in the header: the id itself is made of it.
            await writer.AppendAsync(new($"advice:{id}", typeof(AdviceGiven), 0, [given], caller.Context() with { Key = null, Body = null }, []), CancellationToken.None);
        }
        catch (StaleActivationException) when (caller.IdempotencyKey is not null)
        {
            given = (await archive.FindAsync(id, cancellationToken))!;
        }

        return new Result<AdviceView>((await archive.ViewAsync(given, cancellationToken))!, Created: $"/api/v1/buy-or-build/{id}");
    }

    public async Task<Result<AdviceView>> Handle(ReadAdvice request, CancellationToken cancellationToken) =>
        await archive.FindAsync(request.Id, cancellationToken) is { } given && await archive.ViewAsync(given, cancellationToken) is { } view ? view : Unknown;

    public async Task<Result<AdviceExport>> Handle(ExportAdvice request, CancellationToken cancellationToken) =>
        await archive.FindAsync(request.Id, cancellationToken) is { } given && await archive.KeptAsync(given, cancellationToken) is { } kept ? new AdviceExport(given.Id, kept.Advice, kept.Numbers) : Unknown;

    public async Task<Result<Listed<AdviceListing>>> Handle(ListAdvice request, CancellationToken cancellationToken)
    {
        var rows = await registers.ListAsync<AdviceRow>(request.Page, all => request.Team is { } team ? all.Where(r => r.Advice.Team == team) : all, r => r.Id, cancellationToken);
        return rows.Value is { } list
            ? new Listed<AdviceListing>([.. list.Items.Select(r => new AdviceListing(r.Advice.Id, r.Advice.Team, r.Advice.Assessment, r.Advice.Recommended, r.Advice.By, r.Advice.At))], list.NextCursor, list.Behind)
            : rows.Refusal!;
    }

    private AdviceResultNumbers Reckon(AdviceRequest request)
    {
        var result = Advice.Of(request, desk.Cores);
        return AdviceNumbers.Of(result, DecisionDrivers.Of(request, result));
    }

    /// <summary>The assessment that it names, as it stands: that of another team than the one named is none.</summary>
    private async Task<(AssessmentSnapshot? Snapshot, Refusal? Refusal)> AssessedAsync(AdviceBody body, CancellationToken cancellationToken)
    {
        if (body.Team is { } team && !(await grains.Of<Teams.ITeamGrain>(team).Read()).State.Exists) return (null, new("team-unknown", $"There is no team named {team}.", RefusalKind.Unprocessable));
        if (body.Assessment is not { } id) return (null, null);
        var assessment = (await grains.Of<IAssessmentGrain>(id).Read()).State;
        if (!assessment.Exists) return (null, new("assessment-unknown", $"There is no assessment {id}.", RefusalKind.Unprocessable));
        if (body.Team is not null && body.Team != assessment.Team) return (null, new("assessment-of-another-team", $"Assessment {id} is of team {assessment.Team}, not of {body.Team}.", RefusalKind.Unprocessable));
        return await assessments.OfAsync(assessment, cancellationToken) is { } snapshot ? (snapshot, null) : (null, new("snapshot-missing", $"The store no longer has what assessment {id} was completed with.", RefusalKind.Conflict));
    }
}
