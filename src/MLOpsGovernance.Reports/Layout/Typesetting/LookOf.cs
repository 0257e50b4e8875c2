using MLOpsGovernance.Reports.Layout.Fonts;

namespace MLOpsGovernance.Reports.Layout.Typesetting;

/// <summary>A style with everything decided: what typesetting works with.</summary>
internal sealed class LookOf
{
    public const string UsualFeatures = "-liga";

    private static readonly string[] Nothing = [];

    private readonly FontLibrary _fonts;
    private readonly Dictionary<int, FontFace?> _faces = [];
    private readonly IReadOnlyList<string> _families;
    private readonly int _weight;
    private readonly bool _slanted;

    public LookOf(TextStyle style, FontLibrary fonts)
    {
        _fonts = fonts;
        (_families, _weight, _slanted) = (style.Families ?? Nothing, (int)(style.FontWeight ?? FontWeight.Normal), style.Slanted ?? false);
        Style = style;
        Nominal = style.Size ?? 12;
        Size = style.Position is FontPosition.Subscript or FontPosition.Superscript ? Nominal * 0.62f : Nominal;
        Raise = style.Position switch { FontPosition.Superscript => Nominal * 0.35f, FontPosition.Subscript => -Nominal * 0.15f, _ => 0 };
        First = fonts.First(_families, _weight, _slanted);
        Features = style.Features ?? UsualFeatures;
        Color = style.Color ?? Colors.Black;
        Background = style.Background ?? Colors.Transparent;
    }

    public TextStyle Style { get; }

    public FontFace First { get; }

    /// <summary>As asked; lines are as high as this needs.</summary>
    public float Nominal { get; }

    /// <summary>As drawn: smaller above and below the line.</summary>
    public float Size { get; }

    public float Raise { get; }

    public string Features { get; }

    public Color Color { get; }

    public Color Background { get; }

    public float Letters => (Style.Letters ?? 0) * Size;

    public float Words => (Style.Words ?? 0) * Size;

    public bool Decorated => Style.Underlined == true || Style.Struck == true || Style.Overlined == true || Background.Alpha > 0;

    public float Ascent => Style.LineFactor is { } factor ? (First.Ascent * Nominal) + (((factor * Nominal) - Natural) / 2) : First.Ascent * Nominal;

    public float Descent => Style.LineFactor is { } factor ? (First.Descent * Nominal) + (((factor * Nominal) - Natural) / 2) : (First.Descent + First.Leading) * Nominal;

    private float Natural => (First.Ascent + First.Descent) * Nominal;

    /// <summary>Null where no font here has the character.</summary>
    public FontFace? FaceOf(int codePoint)
    {
        if (!_faces.TryGetValue(codePoint, out var face)) _faces[codePoint] = face = _fonts.For(codePoint, _families, _weight, _slanted);
        return face;
    }
}
