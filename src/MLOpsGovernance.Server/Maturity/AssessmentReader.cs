using Marten;
using MediatR;
using MLOpsGovernance.Advisor.Maturity;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Teams;
using Assessment = MLOpsGovernance.Domain.Maturity.Assessment;

namespace MLOpsGovernance.Server.Maturity;

internal sealed class AssessmentReader(IDocumentStore store, Registers registers, Grains grains, AssessmentResults results, ContentStore content, TeamMembership membership, Caller caller, SealingKeys sealing, TimeProvider time) :
    IRequestHandler<ReadAssessment, Result<AssessmentView>>, IRequestHandler<ExportAssessment, Result<AssessmentExport>>, IRequestHandler<ListAssessments, Result<Listed<AssessmentListing>>>,
    IRequestHandler<AskWhatIf, Result<WhatIfView>>, IRequestHandler<ReadSystemSheet, Result<SystemSheetView>>, IRequestHandler<ReadSkills, Result<Listed<DeclaredSkillsView>>>
{
    public static Refusal Unknown { get; } = new("assessment-unknown", "There is no such assessment.", RefusalKind.NotFound);

    private static Refusal Lost { get; } = new("snapshot-missing", "The store no longer has what this assessment was completed with, so nothing can be said of it.", RefusalKind.Conflict);

    public static Refusal UnknownSystem(Assessment assessment, string system) => new("model-unknown", $"Team {assessment.Team} has no model {system}.", RefusalKind.NotFound);

    public Task<Result<AssessmentView>> Handle(ReadAssessment request, CancellationToken cancellationToken) => ReadAsync(request.Id, cancellationToken);

    public async Task<Result<AssessmentView>> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id) is not { } read) return Unknown;
        var (a, _, edition) = read;
        if (await results.OfAsync(a, cancellationToken) is not { } snapshot) return Lost;
        List<ExemptionView> exemptions = [];
        foreach (var x in a.Exemptions.Values) exemptions.Add(new(x.Question, await sealing.OpenAsync(x.Reason, cancellationToken), x.AskedBy, x.Until, x.AgreedBy, x.AgreedAt, x.AgreedBy is not null && x.Until > snapshot.At));
        return new Result<AssessmentView>(
            new(
                id, a.Team, snapshot.Instrument, a.Completed is null ? "draft" : "completed", a.BegunBy, a.BegunAt, a.Completed?.CompletedBy, a.Completed?.CompletedAt, a.Completed?.Snapshot, snapshot.From, snapshot.At,
                a.Answers.Values.GroupBy(s => s.Respondent, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
                exemptions, [.. a.Marks.Values.Select(m => m.System).Distinct(StringComparer.Ordinal)], snapshot.Result, await TrendAsync(a, snapshot, cancellationToken)),
            Edition: edition);
    }

    public async Task<Result<AssessmentExport>> Handle(ExportAssessment request, CancellationToken cancellationToken)
    {
        if (await FindAsync(request.Id) is not { } read) return Unknown;
        if (await results.OfAsync(read.State, cancellationToken) is not { } snapshot) return Lost;
        List<AnswerExport> answers = [];
        foreach (var s in read.State.Answers.Values)
            answers.Add(new(s.Question, Text(s.Question), s.Respondent, s.Coverage, s.Mode, await sealing.OpenAsync(s.Note, cancellationToken), s.Reference, s.AnsweredAt, read.State.Reviews.GetValueOrDefault(s.Question)?.Reviewer));
        return new AssessmentExport(snapshot.Id, snapshot.Team, snapshot.Instrument, snapshot.From, snapshot.At, snapshot.Input, answers, snapshot.Result, snapshot.Systems);
    }

    public async Task<Result<Listed<AssessmentListing>>> Handle(ListAssessments request, CancellationToken cancellationToken)
    {
        var rows = await registers.ListAsync<AssessmentRow>(
            request.Page,
            all =>
            {
                if (request.Team is { } team) all = all.Where(r => r.Team == team);
                return request.Completed switch
                {
                    true => all.Where(r => r.CompletedAt != null),
                    false => all.Where(r => r.CompletedAt == null),
                    null => all,
                };
            },
            r => r.Id, cancellationToken);
        return rows.Value is { } list
            ? new Listed<AssessmentListing>([.. list.Items.Select(r => new AssessmentListing(r.Assessment, r.Team, r.Instrument, r.BegunBy, r.BegunAt, r.CompletedAt, r.Floor, r.Mean, r.EvidenceShare))], list.NextCursor, list.Behind)
            : rows.Refusal!;
    }

    public async Task<Result<WhatIfView>> Handle(AskWhatIf request, CancellationToken cancellationToken)
    {
        if (await FindAsync(request.Id) is not { } read) return Unknown;
        if (await results.OfAsync(read.State, cancellationToken) is not { } snapshot) return Lost;
        var w = WhatIf.Of(Advisor.Maturity.Assessment.Of(snapshot.Input, Instrument.Shipped), request.Question, AnswerScale.Score(request.Coverage ?? 1, request.Mode ?? 1), Instrument.Shipped);
        return new WhatIfView(w.Question, w.Score, w.Floor.From, w.Floor.To, w.MeanFrom, w.MeanTo, AssessmentResultViews.Changes(w.Levels));
    }

    public async Task<Result<SystemSheetView>> Handle(ReadSystemSheet request, CancellationToken cancellationToken)
    {
        if (await FindAsync(request.Id) is not { } read) return Unknown;
        if (read.State.Completed is not null)
            return (await results.OfAsync(read.State, cancellationToken))?.Systems.FirstOrDefault(s => s.System == request.System) is { } kept ? kept : UnknownSystem(read.State, request.System);
        return Name.IsValid(request.System) && await results.SheetAsync(read.State, request.System, cancellationToken) is { } sheet ? sheet : UnknownSystem(read.State, request.System);
    }

    public async Task<Result<Listed<DeclaredSkillsView>>> Handle(ReadSkills request, CancellationToken cancellationToken)
    {
        if (await FindAsync(request.Id) is not { } read) return Unknown;
        var (inTeam, _) = await membership.OfCallerAsync(read.State.Team);
        var everybody = caller.Actor.Holds(Roles.Administrator) || (inTeam && caller.Actor.Holds(Roles.EngineeringLead));
        var people = await results.PeopleAsync(read.State, cancellationToken);
        return new Listed<DeclaredSkillsView>([.. people.Where(p => read.State.Skills.ContainsKey(p.Name) && (everybody || p.Name == caller.Actor.Subject)).Select(p => new DeclaredSkillsView(p.Name, p.Roles, p.Skills))], null);
    }

    private async Task<Snapshot<Assessment>?> FindAsync(string id) =>
        Guid.TryParseExact(id, "D", out _) && await grains.Of<IAssessmentGrain>(id).Read() is { State.Exists: true } read ? read : null;

    /// <summary>Against the assessment of the same team that was completed last before this one.</summary>
    private async Task<TrendView?> TrendAsync(Assessment a, AssessmentSnapshot now, CancellationToken cancellationToken)
    {
        var until = a.Completed?.CompletedAt ?? time.GetUtcNow();
        await using var session = store.QuerySession();
        var row = await session.Query<AssessmentRow>().Where(r => r.Team == a.Team && r.CompletedAt < until && r.Assessment != a.Id).OrderByDescending(r => r.CompletedAt).FirstOrDefaultAsync(cancellationToken);
        if (row?.Snapshot is null || row.CompletedAt is not { } at) return null;
        if (await content.ReadAsync<AssessmentSnapshot>(row.Snapshot, cancellationToken) is not { } before || before.Instrument.Digest != Instrument.Shipped.Digest || now.Instrument.Digest != Instrument.Shipped.Digest)
            return new(row.Assessment, at, "it was made by another version of the instrument, or is not kept any more", null, null, null, null, [], [], new Dictionary<string, double?>(StringComparer.Ordinal));
        var t = Trend.Between(Advisor.Maturity.Assessment.Of(before.Input, Instrument.Shipped), Advisor.Maturity.Assessment.Of(now.Input, Instrument.Shipped));
        return new(row.Assessment, at, null, t.FloorBefore, t.FloorNow, t.MeanBefore, t.MeanNow, t.Better, t.Worse, t.Dimensions.ToDictionary(d => d.Dimension, d => d.Progress, StringComparer.Ordinal));
    }

    private static string Text(string question) => Instrument.Shipped.Find(question)?.Text
        ?? Instrument.Shipped.Statements.BuyOrBuild.Select(s => s.Question).Concat(Instrument.Shipped.Statements.Pipelines.Select(s => s.Question)).First(q => q.Id == question).Text;
}
