using MLOpsGovernance.Advisor.Maturity;

namespace MLOpsGovernance.Server.Maturity;

/// <summary>The instruments that this version ships, by name, or by name and version.</summary>
internal static class Instruments
{
    private static readonly HashSet<string> Statements =
        [.. Instrument.Shipped.Statements.BuyOrBuild.Select(s => s.Question.Id), .. Instrument.Shipped.Statements.Pipelines.Select(s => s.Question.Id)];

    public static IReadOnlyList<string> Names { get; } = [Instrument.Shipped.Name, $"{Instrument.Shipped.Name}@{Instrument.Shipped.Version}"];

    public static Instrument? Find(string name) => Names.Contains(name, StringComparer.Ordinal) ? Instrument.Shipped : null;

    /// <summary>Whether it is one of the 48, or a question of its own for a statement.</summary>
    public static bool Asks(string question) => Instrument.Shipped.Find(question) is not null || Statements.Contains(question);

    public static bool IsStatement(string question) => Statements.Contains(question);

    public static bool HasTest(string test) => Instrument.Shipped.Views.MlTestScore.Tests.Any(t => t.Id == test);
}
