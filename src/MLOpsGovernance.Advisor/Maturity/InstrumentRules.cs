namespace MLOpsGovernance.Advisor.Maturity;

/// <summary>What must hold in an instrument beyond its shape.</summary>
internal static class InstrumentRules
{
    private static readonly string[] Efforts = ["days", "weeks", "months"];

    private static readonly string[] Kinds = ["share", "atLeastOne"];

    public static string? WhyUnusable(Instrument instrument)
    {
        var ids = instrument.Questions.Select(static q => q.Id).ToHashSet(StringComparer.Ordinal);
        return Shape(instrument) ?? instrument.Questions.Select(Question).FirstOrDefault(static why => why is not null)
            ?? Repeated("questions.json", instrument.Questions.Select(static q => q.Id))
            ?? Unknown("views.json", References(instrument), ids)
            ?? Unknown("views.json", instrument.Statements.Pipelines.SelectMany(static s => s.Traits), [.. instrument.Views.Traits.Select(static t => t.Id)])
            ?? Unknown("people.json", instrument.People.Roles.SelectMany(static r => r.Owns), ids)
            ?? Unknown("people.json", instrument.People.Roles.SelectMany(static r => r.RequiredGroups), [.. instrument.People.Groups.Select(static g => g.Id)])
            ?? Unknown("people.json", instrument.People.Roles.SelectMany(static r => r.WorksWith), [.. instrument.People.Roles.Select(static r => r.Id)])
            ?? Repeated("statements.json", instrument.Statements.BuyOrBuild.Select(static s => s.Question.Id).Concat(instrument.Statements.Pipelines.Select(static s => s.Question.Id)).Concat(ids))
            ?? Repeated("views.json", instrument.Views.Microsoft.Predicates.Concat(instrument.Views.Google.Predicates).Select(static p => p.Id));
    }

    private static string? Shape(Instrument instrument) => instrument switch
    {
        { Version: < 1 } => "questions.json: the version is a whole number from 1 on.",
        { WindowDays: < 1 or > 3660 } => "questions.json: the window is 1 to 3660 days.",
        { Levels.Count: not LevelRule.Highest + 1 } => "questions.json: there are five levels, 0 to 4.",
        { Steps.Count: 0 } => "questions.json: there is no answer scale.",
        _ when instrument.Steps.Where((step, i) => step.Step != i || !AnswerScale.Coverages.Contains(step.Coverage) || !AnswerScale.Modes.Contains(step.Mode)).Any() => "questions.json: a step of the answer scale is out of order or not on the scale.",
        _ when instrument.Dimensions.All(static d => !d.Core) => "questions.json: no dimension is core, so there would be no floor.",
        _ when instrument.Questions.FirstOrDefault(q => q.Examples.Count != instrument.Steps.Count) is { } q => $"questions.json: {q.Id} needs one example for each step of the answer scale.",
        _ when instrument.Dimensions.SelectMany(static d => d.Questions.Where(q => q.Dimension != d.Id)).FirstOrDefault() is { } q => $"questions.json: {q.Id} stands under another dimension.",
        _ => null,
    };

    private static string? Question(Question question) => question switch
    {
        { Level: < 1 or > LevelRule.Highest } => $"questions.json: {question.Id} is anchored at a level from 1 to 4.",
        { Weight: <= 0 } or { Weight: double.PositiveInfinity } => $"questions.json: {question.Id} needs a weight above 0.",
        _ when !Efforts.Contains(question.Effort) => $"questions.json: the effort of {question.Id} is days, weeks or months.",
        { Evidence: { Source: EvidenceSource.Attested, Of: not null } } => $"questions.json: {question.Id} is attested, so no event can tell.",
        { Evidence: { Source: not EvidenceSource.Attested } evidence } when evidence.Of is null || evidence.Enough is null or < 1 || !Kinds.Contains(evidence.Kind) => $"questions.json: {question.Id} must say of what, how and how many events tell.",
        _ => null,
    };

    private static IEnumerable<string> References(Instrument instrument) =>
    [
        .. instrument.Views.Microsoft.Predicates.SelectMany(static p => p.Questions),
        .. instrument.Views.Google.Predicates.SelectMany(static p => p.Questions),
        .. instrument.Views.MlTestScore.Tests.SelectMany(static t => t.Questions),
        .. instrument.Views.Traits.SelectMany(static t => t.Questions),
        .. instrument.Statements.BuyOrBuild.SelectMany(static s => s.Facts),
        .. instrument.Statements.Pipelines.SelectMany(static s => s.Facts),
    ];

    private static string? Unknown(string file, IEnumerable<string> references, HashSet<string> known) =>
        references.FirstOrDefault(r => !known.Contains(r)) is { } unknown ? $"{file}: {unknown} is not known." : null;

    private static string? Repeated(string file, IEnumerable<string> ids) =>
        ids.GroupBy(static id => id, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1)?.Key is { } twice ? $"{file}: {twice} stands there twice." : null;
}
