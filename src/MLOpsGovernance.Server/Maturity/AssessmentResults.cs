using System.Text.Json;
using MLOpsGovernance.Advisor.CrossViews;
using MLOpsGovernance.Advisor.Maturity;
using MLOpsGovernance.Advisor.Maturity.History;
using MLOpsGovernance.Advisor.People;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Teams;
using Assessment = MLOpsGovernance.Domain.Maturity.Assessment;
using Exemption = MLOpsGovernance.Advisor.Maturity.Exemption;

namespace MLOpsGovernance.Server.Maturity;

/// <summary>What an assessment comes to as it stands: what people said, set against what is recorded.</summary>
internal sealed class AssessmentResults(TeamHistories histories, PoliciesInForce policies, ContentStore content, Grains grains, SealingKeys sealing, TimeProvider time)
{
    private const double DaysOfAMonth = 365.25 / 12;

    /// <summary>Of a completed one as it was frozen, else as it is now; null where the store no longer has what was frozen.</summary>
    public async Task<AssessmentSnapshot?> OfAsync(Assessment assessment, CancellationToken cancellationToken) => assessment.Completed is { } completed
        ? await content.ReadAsync<AssessmentSnapshot>(completed.Snapshot, cancellationToken)
        : await NowAsync(assessment, cancellationToken);

    public async Task<AssessmentSnapshot> NowAsync(Assessment assessment, CancellationToken cancellationToken)
    {
        var (instrument, now) = (Instrument.Shipped, time.GetUtcNow());
        var (history, observed) = await histories.OfAsync(assessment.Team, now.AddDays(-assessment.WindowDays), now, cancellationToken);
        var input = Input(assessment, HistoryEvidence.Of(history), now);
        var people = await PeopleAsync(assessment, cancellationToken);
        return new(
            assessment.Id!, assessment.Team, new(assessment.Instrument, assessment.InstrumentVersion, assessment.InstrumentDigest), history.From, now, input,
            AssessmentResultViews.Of(Advisor.Maturity.Assessment.Of(input, instrument), instrument, people.Count == 0 ? null : TeamSkills.Profile(people, instrument.People), people.Count, observed, Statements(assessment)),
            await Task.WhenAll(assessment.Marks.Values.Select(m => m.System).Distinct(StringComparer.Ordinal).Select(system => SheetAsync(assessment, history, system))));
    }

    /// <summary>The 28 tests of one system; null where the team has no such model.</summary>
    public async Task<SystemSheetView?> SheetAsync(Assessment assessment, string system, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (history, _) = await histories.OfAsync(assessment.Team, now.AddDays(-assessment.WindowDays), now, cancellationToken);
        return history.Models.Any(m => m.Name == system) ? await SheetAsync(assessment, history, system) : null;
    }

    public async Task<IReadOnlyList<Person>> PeopleAsync(Assessment assessment, CancellationToken cancellationToken)
    {
        var members = (await grains.Of<ITeamGrain>(assessment.Team).Read()).State.Members;
        var people = members.ToDictionary(m => m.Key, m => new Person(m.Key, m.Value.Functions, new Dictionary<string, int>(StringComparer.Ordinal)), StringComparer.Ordinal);
        foreach (var (subject, kept) in assessment.Skills)
        {
            // Where the key was destroyed nothing is known of that person any more.
            if (await sealing.OpenAsync(kept, cancellationToken) is not { } text || JsonSerializer.Deserialize<DeclaredSkills>(text, Json.Lenient) is not { } declared) continue;
            people[subject] = new(subject, [.. (people.GetValueOrDefault(subject)?.Roles ?? []).Union(declared.Roles, StringComparer.Ordinal)], declared.Skills);
        }

        return assessment.Skills.IsEmpty ? [] : [.. people.Values.OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    private static AssessmentInput Input(Assessment a, IReadOnlyList<Measurement> evidence, DateTimeOffset now) => new(
        [.. a.Answers.Values.Where(s => !Instruments.IsStatement(s.Question)).Select(s => new GivenAnswer(s.Question, s.Respondent, s.Coverage, s.Mode))],
        evidence,
        // A document that nobody else looked at is named all the same: then it counts at most as done by hand.
        [.. a.Answers.Values.Where(s => !Instruments.IsStatement(s.Question)).GroupBy(s => s.Question, StringComparer.Ordinal).Where(g => a.Reviews.ContainsKey(g.Key) || g.Any(s => s.Reference is not null)).Select(g => Attested(a, g.Key, now))],
        [.. a.Exemptions.Values.Where(x => x.AgreedBy is not null).Select(x => new Exemption(x.Question, x.AskedBy, x.AgreedBy!, x.Until))],
        a.Targets, a.Weights, now);

    private static Attestation Attested(Assessment a, string question, DateTimeOffset now) =>
        a.Reviews.GetValueOrDefault(question) is { } review ? new(question, true, (now - review.ReviewedAt).TotalDays / DaysOfAMonth) : new(question, false, 0);

    private static IReadOnlyList<StatementAnswerView> Statements(Assessment a) =>
        [.. a.Answers.Values.Where(s => Instruments.IsStatement(s.Question)).GroupBy(s => s.Question, StringComparer.Ordinal).Select(g => new StatementAnswerView(g.Key, [.. g.Select(s => new ClaimView(s.Respondent, s.Coverage))]))];

    private async Task<SystemSheetView> SheetAsync(Assessment assessment, TeamHistory history, string system)
    {
        var instrument = Instrument.Shipped;
        var kinds = (await policies.NowAsync())?.EvidenceKinds ?? [];
        var model = history.Models.FirstOrDefault(m => m.Name == system);
        List<TestRuns> runs = [.. instrument.Views.MlTestScore.Tests.Select(t => Runs(t, model, history.From, kinds.Where(k => k.Serves.Intersect(t.Questions, StringComparer.Ordinal).Any()).Select(k => k.Code).ToHashSet(StringComparer.Ordinal)))];
        var marks = assessment.Marks.Values.Where(m => m.System == system).ToList();
        List<ConfirmedMark> confirmed = [.. marks.Select(m => new ConfirmedMark(m.Test, m.Mark, m.MarkedBy, m.AgreedBy))];
        // What nobody has agreed to yet and is above what is recorded does not count.
        var waiting = confirmed.Where(c => SystemTestSheet.Faults(runs, [c], instrument).Any()).Select(c => c.Test).ToHashSet(StringComparer.Ordinal);
        var sheet = SystemTestSheet.Of(runs, [.. confirmed.Where(c => !waiting.Contains(c.Test))], instrument);
        return new(
            system, [.. sheet.Tests.Select(t => new SystemTestView(t.Test.Id, t.Test.Section, t.Test.Statement, t.Proposed, t.Mark, t.Confirmed, waiting.Contains(t.Test.Id)))],
            TestScoreView.Of(sheet.Strict), TestScoreView.Of(sheet.Lenient), sheet.NotApplicable, "The score says that tests are there, not that they pass.");
    }

    /// <summary>Documents of a kind that serves the test's questions; reviews, releases, stages and rollbacks are there without any.</summary>
    private static TestRuns Runs(SystemTest test, HistoricModel? model, DateTimeOffset from, HashSet<string> kinds)
    {
        if (model is null) return new(test.Id, 0, 0);
        var documents = model.Versions.SelectMany(v => v.Documents).Where(d => kinds.Contains(d.Kind) && d.ProducedAt >= from).ToList();
        var reviews = test.Questions.Contains("D3.3", StringComparer.Ordinal) ? model.Versions.SelectMany(v => v.Reviews).Count(r => r.At >= from) : 0;
        var released = model.Deployments.Where(d => d.At >= from).ToList();
        var automated = (test.Questions.Contains("D5.2", StringComparer.Ordinal) ? released.Count(d => !d.BrokenGlass) : 0)
            + (test.Questions.Contains("D5.4", StringComparer.Ordinal) ? released.Count(d => d.Stage != "full") : 0)
            + (test.Questions.Contains("D5.5", StringComparer.Ordinal) ? released.Count(d => d.Rollback) : 0);
        return new(test.Id, automated + documents.Count(d => d.ByMachine), reviews + documents.Count(d => !d.ByMachine));
    }
}

/// <summary>What is sealed of a person.</summary>
internal sealed record DeclaredSkills(IReadOnlyList<string> Roles, IReadOnlyDictionary<string, int> Skills);
