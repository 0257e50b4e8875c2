using MediatR;
using MLOpsGovernance.Advisor.Maturity;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Maturity;

internal static class AssessmentEndpoints
{
    /// <param name="Instrument">Left out, the one that this version ships.</param>
    /// <param name="WindowDays">How far back what is recorded counts; left out, as the instrument says.</param>
    internal sealed record AssessmentBody(string Team, string? Instrument = null, int? WindowDays = null);

    /// <param name="Step">0 to 4, as the instrument describes them; or coverage and mode.</param>
    /// <param name="Coverage">0 (none), 0.25 (some), 0.5 (at least half) or 1 (most or all).</param>
    /// <param name="Mode">0, 0.5 (by hand, written down) or 1 (automated); left out for the questions of statements.</param>
    /// <param name="Reference">Digest of a document that bears it out.</param>
    internal sealed record AnswerBody(int? Step = null, double? Coverage = null, double? Mode = null, string? Note = null, string? Reference = null, string? About = null);

    internal sealed record AnswerReviewBody(string? Note = null, string? About = null);

    /// <param name="Until">Left out, twelve months from now.</param>
    internal sealed record ExemptionBody(string Reason, DateTimeOffset? Until = null, string? About = null);

    /// <param name="Targets">Scores from 0 to 1, by question.</param>
    /// <param name="Weights">By dimension; equal where nothing is said.</param>
    internal sealed record SettingsBody(IReadOnlyDictionary<string, double>? Targets = null, IReadOnlyDictionary<string, double>? Weights = null);

    /// <param name="Roles">As the instrument names them, beside the functions that the team has on record.</param>
    /// <param name="Skills">Proficiency by tool: 0 none, 1 aware, 2 with help, 3 independent, 4 leads.</param>
    internal sealed record SkillsBody(IReadOnlyDictionary<string, int> Skills, IReadOnlyList<string>? Roles = null);

    /// <param name="Mark">0, 0.5 or 1; null where the test does not apply.</param>
    internal sealed record MarkBody(double? Mark);

    /// <summary>An instrument as it is shipped; its digest covers all of it.</summary>
    internal sealed record InstrumentView(string Name, int Version, string Digest, int WindowDays, IReadOnlyList<string> Levels, IReadOnlyList<AnswerStep> Steps, IReadOnlyList<Dimension> Dimensions, IReadOnlyList<string> Scan,
        StatementCatalogue Statements, Advisor.CrossViews.ViewCatalogue Views, Advisor.People.SkillCatalogue People)
    {
        public static InstrumentView Of(Instrument i) => new(i.Name, i.Version, i.Digest, i.WindowDays, i.Levels, i.Steps, i.Dimensions, [.. i.Scan.Select(q => q.Id)], i.Statements, i.Views, i.People);
    }

    public static void MapMaturity(this IEndpointRouteBuilder api)
    {
        var instruments = api.MapGroup("/instruments").WithTags("Maturity");
        instruments.MapGet("", async (IMediator mediator, CancellationToken cancellationToken) => (await mediator.Send(new ListInstruments(), cancellationToken)).ToHttp())
            .Answers<Listed<InstrumentReference>>().WithSummary("The instruments that assessments are made by");
        instruments.MapGet("/{name}", async (string name, IMediator mediator, CancellationToken cancellationToken) => (await mediator.Send(new ReadInstrument(name), cancellationToken)).ToHttp())
            .Answers<InstrumentView>().WithSummary("An instrument: questions, why they matter, what counts as evidence, examples");

        var all = api.MapGroup("/assessments").WithTags("Maturity");
        all.MapPost("", async (Body<AssessmentBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new BeginAssessment(body.Value.Team, body.Value.Instrument, body.Value.WindowDays), cancellationToken)).ToHttp()).Answers<AssessmentView>(201).WithSummary("Begin an assessment of a team");
        all.MapGet("", async (string? team, bool? completed, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListAssessments(team, completed, page), cancellationToken)).ToHttp()).Answers<Listed<AssessmentListing>>().WithSummary("Assessments");
        var one = all.MapGroup("/{id}");
        one.MapGet("", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadAssessment(id), cancellationToken)).ToHttp()).Answers<AssessmentView>().WithSummary("An assessment and what it comes to");
        one.MapGet("/export", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ExportAssessment(id), cancellationToken)).ToHttp()).Answers<AssessmentExport>().WithSummary("Everything that an assessment rests on: questions, answers, evidence");
        one.MapGet("/what-if", async (string id, string question, double? coverage, double? mode, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new AskWhatIf(id, question, coverage, mode), cancellationToken)).ToHttp()).Answers<WhatIfView>().WithSummary("What would change if one question were answered otherwise");
        one.MapPost("/completion", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new CompleteAssessment(id), cancellationToken)).ToHttp()).Answers<AssessmentView>().WithSummary("Complete an assessment: freeze what it rests on and comes to");
        one.MapPut("/settings", async (string id, Body<SettingsBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new TuneAssessment(id, body.Value.Targets ?? new Dictionary<string, double>(StringComparer.Ordinal), body.Value.Weights ?? new Dictionary<string, double>(StringComparer.Ordinal)), cancellationToken)).ToHttp())
            .Answers<AssessmentView>().WithSummary("Set targets and weights");
        MapAnswers(one);
        MapPeople(one);
    }

    private static void MapAnswers(RouteGroupBuilder one)
    {
        one.MapPut("/answers/{question}", async (string id, string question, Body<AnswerBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new AnswerQuestion(id, question, body.Value.Step, body.Value.Coverage, body.Value.Mode, body.Value.Note, body.Value.Reference, body.Value.About), cancellationToken)).ToHttp())
            .Answers<AssessmentView>().WithSummary("Answer a question, or answer it anew");
        one.MapPost("/answers/{question}/review", async (string id, string question, OptionalBody<AnswerReviewBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReviewAnswer(id, question, body.Value?.Note, body.Value?.About), cancellationToken)).ToHttp())
            .Answers<AssessmentView>().WithSummary("Say, as somebody who did not answer, that you looked at what the answers refer to");
        one.MapPut("/exemptions/{question}", async (string id, string question, Body<ExemptionBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new AskExemption(id, question, body.Value.Reason, body.Value.Until, body.Value.About), cancellationToken)).ToHttp()).Answers<AssessmentView>().WithSummary("Say that a question does not apply");
        one.MapPost("/exemptions/{question}/agreement", async (string id, string question, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new AgreeExemption(id, question), cancellationToken)).ToHttp()).Answers<AssessmentView>().WithSummary("Agree, as another person, that a question does not apply");
        one.MapDelete("/exemptions/{question}", async (string id, string question, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new EndExemption(id, question), cancellationToken)).ToHttp()).Answers<AssessmentView>().WithSummary("Ask the question after all");
    }

    private static void MapPeople(RouteGroupBuilder one)
    {
        one.MapGet("/skills", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadSkills(id), cancellationToken)).ToHttp()).Answers<Listed<DeclaredSkillsView>>(200, 403).WithSummary("What people said they can do: your own, or as a lead your team's");
        one.MapPut("/skills/{subject}", async (string id, string subject, Body<SkillsBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new DeclareSkills(id, subject, body.Value.Roles ?? [], body.Value.Skills), cancellationToken)).ToHttp()).Answers<AssessmentView>().WithSummary("Say what you can do");
        one.MapGet("/systems/{model}", async (string id, string model, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadSystemSheet(id, model), cancellationToken)).ToHttp()).Answers<SystemSheetView>().WithSummary("The 28 tests of the ML Test Score of 2017 for one model, filled in from what is recorded");
        one.MapPut("/systems/{model}/tests/{test}", async (string id, string model, string test, Body<MarkBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new MarkSystemTest(id, model, test, body.Value.Mark), cancellationToken)).ToHttp()).Answers<SystemSheetView>().WithSummary("Confirm or change a mark");
        one.MapPost("/systems/{model}/tests/{test}/agreement", async (string id, string model, string test, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new AgreeSystemTestMark(id, model, test), cancellationToken)).ToHttp()).Answers<SystemSheetView>().WithSummary("Agree, as another person, to a mark above what is recorded");
    }
}
