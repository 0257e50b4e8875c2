namespace MLOpsGovernance.Reports.Charts;

/// <summary>A picture of numbers. It says its finding in a sentence, and its numbers go with it in a table, so nothing is only to be seen.</summary>
public abstract record Chart
{
    /// <summary>What is shown.</summary>
    public required string Title { get; init; }

    /// <summary>What it shows: a sentence, not a description of the chart.</summary>
    public required string Finding { get; init; }

    /// <summary>Height in points that it wants at the width of a page.</summary>
    public abstract float Height { get; }

    /// <summary>Heads of the table of its numbers.</summary>
    public abstract IReadOnlyList<string> NumberHeads { get; }

    /// <summary>The table of its numbers; as many cells as there are heads. A cell is a text, a number or nothing.</summary>
    public abstract IEnumerable<IReadOnlyList<object?>> NumberRows { get; }

    /// <summary>Nothing to draw: the report says so in words.</summary>
    public virtual bool IsEmpty => !NumberRows.Any();

    /// <summary>As SVG, which a page shows as it is and PDF draws as vectors.</summary>
    public string ToSvg(float width, float height)
    {
        var svg = new Svg(width, height);
        Draw(svg);
        return svg.Done($"{Title}. {Finding}");
    }

    internal abstract void Draw(Svg svg);

    /// <summary>Names of the series with their colours and dashes, in a line at the top.</summary>
    internal static void Legend(Svg svg, IEnumerable<(string Name, string Color, string? Dashes)> series, float left = 0)
    {
        var x = left;
        foreach (var (name, color, dashes) in series)
        {
            svg.Line(x, 6, x + 16, 6, color, 2.5f, dashes);
            svg.Text(x + 20, 8.7f, name, 7.5f, fill: Palette.Ink, room: 160);
            x += 34 + Math.Min(160, Letters.Width(name, 7.5f));
        }
    }
}
