namespace MLOpsGovernance.Reports.Layout;

public enum FontWeight { Thin = 100, ExtraLight = 200, Light = 300, Normal = 400, Medium = 500, SemiBold = 600, Bold = 700, ExtraBold = 800, Black = 900, ExtraBlack = 1000 }

internal enum FontPosition { Normal, Subscript, Superscript }

/// <summary>How text looks. A style says only what differs from the one around it.</summary>
public record class TextStyle
{
    internal TextStyle()
    {
    }

    public static TextStyle Default { get; } = new();

    internal Color? Color { get; init; }

    internal Color? Background { get; init; }

    internal IReadOnlyList<string>? Families { get; init; }

    internal float? Size { get; init; }

    internal float? LineFactor { get; init; }

    internal float? Letters { get; init; }

    internal float? Words { get; init; }

    internal bool? Slanted { get; init; }

    internal bool? Struck { get; init; }

    internal bool? Underlined { get; init; }

    internal bool? Overlined { get; init; }

    internal Color? LineColor { get; init; }

    internal float? LineThickness { get; init; }

    internal FontWeight? FontWeight { get; init; }

    internal FontPosition? Position { get; init; }

    /// <summary>OpenType features, sorted: <c>-liga</c> switches one off. Ligatures are off, so that text is found again as it was written.</summary>
    internal string? Features { get; init; }

    /// <summary>This style, and where it says nothing, the other one.</summary>
    internal TextStyle Over(TextStyle under) => new()
    {
        Color = Color ?? under.Color,
        Background = Background ?? under.Background,
        Families = Families ?? under.Families,
        Size = Size ?? under.Size,
        LineFactor = LineFactor ?? under.LineFactor,
        Letters = Letters ?? under.Letters,
        Words = Words ?? under.Words,
        Slanted = Slanted ?? under.Slanted,
        Struck = Struck ?? under.Struck,
        Underlined = Underlined ?? under.Underlined,
        Overlined = Overlined ?? under.Overlined,
        LineColor = LineColor ?? under.LineColor,
        LineThickness = LineThickness ?? under.LineThickness,
        FontWeight = FontWeight ?? under.FontWeight,
        Position = Position ?? under.Position,
        Features = Features ?? under.Features,
    };
}
