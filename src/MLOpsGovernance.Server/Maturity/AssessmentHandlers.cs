using System.Text.Json;
using MediatR;
using MLOpsGovernance.Advisor;
using MLOpsGovernance.Advisor.Maturity;
using MLOpsGovernance.Advisor.People;
using MLOpsGovernance.Domain.Maturity;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Teams;

namespace MLOpsGovernance.Server.Maturity;

internal sealed class AssessmentHandlers(Grains grains, GrainCommands commands, AssessmentReader reader, AssessmentResults results, ContentStore content, Caller caller, SealingKeys sealing) :
    IRequestHandler<BeginAssessment, Result<AssessmentView>>, IRequestHandler<AnswerQuestion, Result<AssessmentView>>, IRequestHandler<ReviewAnswer, Result<AssessmentView>>,
    IRequestHandler<AskExemption, Result<AssessmentView>>, IRequestHandler<AgreeExemption, Result<AssessmentView>>, IRequestHandler<EndExemption, Result<AssessmentView>>, IRequestHandler<TuneAssessment, Result<AssessmentView>>,
    IRequestHandler<DeclareSkills, Result<AssessmentView>>, IRequestHandler<MarkSystemTest, Result<SystemSheetView>>, IRequestHandler<AgreeSystemTestMark, Result<SystemSheetView>>, IRequestHandler<CompleteAssessment, Result<AssessmentView>>
{
    public async Task<Result<AssessmentView>> Handle(BeginAssessment request, CancellationToken cancellationToken)
    {
        var (id, instrument) = (caller.NewId("assessment"), Instruments.Find(request.Instrument ?? Instruments.Names[0])!);
        var exists = (await grains.Of<ITeamGrain>(request.Team).Read()).State.Exists;
        var outcome = await commands.ExecuteAsync(Grain(id), $"assessment:{id}", new Domain.Maturity.BeginAssessment(
            id, request.Team, exists, instrument.Name, instrument.Version, instrument.Digest, request.WindowDays ?? instrument.WindowDays));
        return outcome.Refusal is { } refusal ? refusal : await reader.ReadAsync(id, cancellationToken) with { Created = $"/api/v1/assessments/{id}" };
    }

    public async Task<Result<AssessmentView>> Handle(AnswerQuestion request, CancellationToken cancellationToken)
    {
        var step = request.Step is { } s ? Instrument.Shipped.Steps[s] : null;
        var note = await sealing.SealAsync(request.Note, request.About ?? caller.Actor.Subject, cancellationToken);
        return await ExecuteAsync(request.Id, new Domain.Maturity.AnswerQuestion(request.Question, step?.Coverage ?? request.Coverage!.Value, step?.Mode ?? request.Mode ?? 1, note, request.Reference), cancellationToken);
    }

    public async Task<Result<AssessmentView>> Handle(ReviewAnswer request, CancellationToken cancellationToken) =>
        await ExecuteAsync(request.Id, new Domain.Maturity.ReviewAnswer(request.Question, await sealing.SealAsync(request.Note, request.About ?? caller.Actor.Subject, cancellationToken)), cancellationToken);

    public async Task<Result<AssessmentView>> Handle(AskExemption request, CancellationToken cancellationToken) =>
        await ExecuteAsync(request.Id, new Domain.Maturity.AskExemption(request.Question, await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken), request.Until), cancellationToken);

    public Task<Result<AssessmentView>> Handle(AgreeExemption request, CancellationToken cancellationToken) => ExecuteAsync(request.Id, new Domain.Maturity.AgreeExemption(request.Question), cancellationToken);

    public Task<Result<AssessmentView>> Handle(EndExemption request, CancellationToken cancellationToken) => ExecuteAsync(request.Id, new Domain.Maturity.EndExemption(request.Question), cancellationToken);

    public async Task<Result<AssessmentView>> Handle(TuneAssessment request, CancellationToken cancellationToken)
    {
        var now = (await Grain(request.Id).Read()).State;
        // Weights are judged together with those that were set before: together they must not come to nothing.
        var weights = new Dictionary<string, double>(now.Weights, StringComparer.Ordinal);
        foreach (var (name, value) in request.Weights) weights[name] = value;
        var faults = AssessmentFaults.Of(AssessmentInput.Empty(DateTimeOffset.MinValue) with { Targets = request.Targets, Weights = weights }, Instrument.Shipped);
        return faults.Count > 0 ? Faults.Refused<Result<AssessmentView>>(faults)
            : await ExecuteAsync(request.Id, new Domain.Maturity.TuneAssessment(Named(request.Targets), Named(request.Weights)), cancellationToken);
    }

    public async Task<Result<AssessmentView>> Handle(DeclareSkills request, CancellationToken cancellationToken)
    {
        InputFault[] faults = [.. SkillFaults.Of([new Person(request.Subject, request.TeamRoles, request.Skills)], Instrument.Shipped.People).Select(f => f with { Field = f.Field.Replace("people[0].", "", StringComparison.Ordinal) })];
        if (faults.Length > 0) return Faults.Refused<Result<AssessmentView>>(faults);
        var skills = await sealing.SealAsync(JsonSerializer.Serialize(new DeclaredSkills(request.TeamRoles, request.Skills), Json.Lenient), request.Subject, cancellationToken);
        return await ExecuteAsync(request.Id, new Domain.Maturity.DeclareSkills(request.Subject, skills), cancellationToken);
    }

    public Task<Result<SystemSheetView>> Handle(MarkSystemTest request, CancellationToken cancellationToken) =>
        MarkAsync(request.Id, request.System, new Domain.Maturity.MarkSystemTest(request.System, request.Test, request.Mark), cancellationToken);

    public Task<Result<SystemSheetView>> Handle(AgreeSystemTestMark request, CancellationToken cancellationToken) =>
        MarkAsync(request.Id, request.System, new Domain.Maturity.AgreeSystemTestMark(request.System, request.Test), cancellationToken);

    public async Task<Result<AssessmentView>> Handle(CompleteAssessment request, CancellationToken cancellationToken)
    {
        var now = (await Grain(request.Id).Read()).State;
        var command = new Domain.Maturity.CompleteAssessment("", 0, null, 0, 0, 0, false, true);
        if (now is { Exists: true, Completed: null })
        {
            var snapshot = await results.NowAsync(now, cancellationToken);
            var result = snapshot.Result;
            var digest = await content.KeepAsync(ContentStore.Of(snapshot), cancellationToken);
            command = new(digest, now.Edition, result.Floor, result.Mean, result.Answered, result.EvidenceShare, result.ClaimsOnly, result.Questions.All(q => q.Final is null && q.Claim is null));
        }

        return await ExecuteAsync(request.Id, command, cancellationToken);
    }

    private IAssessmentGrain Grain(string id) => grains.Of<IAssessmentGrain>(id);

    private async Task<Result<AssessmentView>> ExecuteAsync(string id, AssessmentCommand command, CancellationToken cancellationToken)
    {
        var outcome = await commands.ExecuteAsync(Grain(id), $"assessment:{id}", command);
        return outcome.Refusal is { } refusal ? refusal : await reader.ReadAsync(id, cancellationToken);
    }

    private async Task<Result<SystemSheetView>> MarkAsync(string id, string system, AssessmentCommand command, CancellationToken cancellationToken)
    {
        var assessment = (await Grain(id).Read()).State;
        if (assessment.Exists && await results.SheetAsync(assessment, system, cancellationToken) is null) return AssessmentReader.UnknownSystem(assessment, system);
        var outcome = await commands.ExecuteAsync(Grain(id), $"assessment:{id}", command);
        if (outcome.Refusal is { } refusal) return refusal;
        return (await results.SheetAsync((await Grain(id).Read()).State, system, cancellationToken))!;
    }

    private static IReadOnlyList<NamedNumber> Named(IReadOnlyDictionary<string, double> numbers) => [.. numbers.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => new NamedNumber(n.Key, n.Value))];
}
