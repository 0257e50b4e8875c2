using MLOpsGovernance.Advisor.CrossViews;
using MLOpsGovernance.Advisor.People;

namespace MLOpsGovernance.Advisor.Maturity;

/// <summary>
/// What is asked, what counts as an answer and what as evidence: a versioned set of data, known by the digest of its files.
/// An assessment names version and digest, so that it reads the same however the instrument goes on.
/// </summary>
public sealed record Instrument(
    string Name,
    int Version,
    string Digest,
    int WindowDays,
    IReadOnlyList<string> Levels,
    IReadOnlyList<AnswerStep> Steps,
    IReadOnlyList<Dimension> Dimensions,
    StatementCatalogue Statements,
    ViewCatalogue Views,
    SkillCatalogue People)
{
    private static readonly Lazy<Instrument> Loaded = new(static () => InstrumentFiles.Load(InstrumentFiles.Shipped));

    /// <summary>The one that this version of the product ships.</summary>
    public static Instrument Shipped => Loaded.Value;

    public IReadOnlyList<Question> Questions { get; } = [.. Dimensions.SelectMany(static d => d.Questions)];

    /// <summary>The ten critical questions: a quarter of an hour, and a provisional result.</summary>
    public IEnumerable<Question> Scan => Questions.Where(static q => q.Critical);

    public Question? Find(string id) => Questions.FirstOrDefault(q => q.Id == id);
}
