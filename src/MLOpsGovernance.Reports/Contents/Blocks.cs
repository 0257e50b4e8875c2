using MLOpsGovernance.Reports.Charts;

namespace MLOpsGovernance.Reports.Contents;

/// <summary>What a report says, before it is a PDF or a page: both are drawn from this, so that neither says more than the other.</summary>
internal sealed record ReportContent
{
    public required ReportFrame Frame { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public string? Subtitle { get; init; }

    /// <summary>The summary is page one, under a heading that says what a cover says. Otherwise a cover comes first.</summary>
    public bool StandsAlone { get; init; }

    /// <summary>What is said on the cover beside the usual.</summary>
    public IReadOnlyList<Fact> Cover { get; init; } = [];

    /// <summary>The page that stands alone.</summary>
    public required Section Summary { get; init; }

    public IReadOnlyList<Section> Sections { get; init; } = [];
}

internal sealed record Section(string Id, string Title, IReadOnlyList<Block> Blocks)
{
    /// <summary>What the section is about, in a sentence under its heading.</summary>
    public string? Lead { get; init; }
}

internal abstract record Block;

internal sealed record Heading(string Text) : Block;

internal sealed record Prose(string Text) : Block;

internal sealed record Points(IReadOnlyList<string> Items, string Empty) : Block;

internal sealed record Facts(IReadOnlyList<Fact> Items) : Block;

internal sealed record Fact(string Label, string Value, Tone Tone = Tone.Neutral);

/// <summary>The answer, set apart.</summary>
internal sealed record Verdict(string Word, string Text, Tone Tone) : Block;

/// <summary>Numbers that stand for themselves.</summary>
internal sealed record Figures(IReadOnlyList<Figure> Items) : Block;

internal sealed record Figure(string Value, string Label, string? Note = null, Tone Tone = Tone.Neutral);

internal sealed record Asked(IReadOnlyList<Portfolio.AskedDecision> Decisions, string Empty) : Block;

internal sealed record Indicators(IReadOnlyList<Portfolio.RiskIndicator> Items, string Empty) : Block;

/// <param name="NumbersFollow">The table right after it holds its numbers already.</param>
internal sealed record Drawn(Chart Chart, string Empty = Say.None, bool NumbersFollow = false) : Block;

internal enum Align { Left, Right }

/// <param name="Weight">Its share of the width, beside the others.</param>
/// <param name="Points">A width that never changes, for dates and short words; then the weight does not count.</param>
internal sealed record Column(string Head, float Weight = 1, Align Align = Align.Left, float? Points = null);

internal sealed record Cell(string Text, Tone? Tone = null, string? Url = null, bool Code = false)
{
    public static implicit operator Cell(string? text) => new(text ?? "–");
}

/// <summary>Rows in are rows out.</summary>
internal sealed record Grid(string Title, IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows, string Empty = Say.None) : Block;
