using MLOpsGovernance.Reports.Layout.Typesetting;

namespace MLOpsGovernance.Reports.Layout;

public static class TextStyleExtensions
{
    public static TextStyle FontColor(this TextStyle style, Color color) => style with { Color = color };

    public static TextStyle BackgroundColor(this TextStyle style, Color color) => style with { Background = color };

    public static TextStyle FontFamily(this TextStyle style, params string[] values) => style with { Families = values };

    public static TextStyle FontSize(this TextStyle style, float value) => value > 0 ? style with { Size = value } : throw new ArgumentOutOfRangeException(nameof(value), value, "A font size is above zero.");

    public static TextStyle LineHeight(this TextStyle style, float? factor) => style with { LineFactor = factor };

    public static TextStyle LetterSpacing(this TextStyle style, float factor = 0) => style with { Letters = factor };

    public static TextStyle WordSpacing(this TextStyle style, float factor = 0) => style with { Words = factor };

    public static TextStyle Italic(this TextStyle style, bool value = true) => style with { Slanted = value };

    public static TextStyle Strikethrough(this TextStyle style, bool value = true) => style with { Struck = value };

    public static TextStyle Underline(this TextStyle style, bool value = true) => style with { Underlined = value };

    public static TextStyle Overline(this TextStyle style, bool value = true) => style with { Overlined = value };

    public static TextStyle DecorationColor(this TextStyle style, Color color) => style with { LineColor = color };

    public static TextStyle DecorationThickness(this TextStyle style, float factor) => style with { LineThickness = factor };

    public static TextStyle Weight(this TextStyle style, FontWeight weight) => style with { FontWeight = weight };

    public static TextStyle Thin(this TextStyle style) => style with { FontWeight = FontWeight.Thin };

    public static TextStyle ExtraLight(this TextStyle style) => style with { FontWeight = FontWeight.ExtraLight };

    public static TextStyle Light(this TextStyle style) => style with { FontWeight = FontWeight.Light };

    public static TextStyle NormalWeight(this TextStyle style) => style with { FontWeight = FontWeight.Normal };

    public static TextStyle Medium(this TextStyle style) => style with { FontWeight = FontWeight.Medium };

    public static TextStyle SemiBold(this TextStyle style) => style with { FontWeight = FontWeight.SemiBold };

    public static TextStyle Bold(this TextStyle style) => style with { FontWeight = FontWeight.Bold };

    public static TextStyle ExtraBold(this TextStyle style) => style with { FontWeight = FontWeight.ExtraBold };

    public static TextStyle Black(this TextStyle style) => style with { FontWeight = FontWeight.Black };

    public static TextStyle NormalPosition(this TextStyle style) => style with { Position = FontPosition.Normal };

    public static TextStyle Subscript(this TextStyle style) => style with { Position = FontPosition.Subscript };

    public static TextStyle Superscript(this TextStyle style) => style with { Position = FontPosition.Superscript };

    public static TextStyle EnableFontFeature(this TextStyle style, string featureName) => style with { Features = Switched(style.Features ?? LookOf.UsualFeatures, featureName, featureName) };

    public static TextStyle DisableFontFeature(this TextStyle style, string featureName) => style with { Features = Switched(style.Features ?? LookOf.UsualFeatures, featureName, $"-{featureName}") };

    private static string Switched(string features, string name, string asked)
    {
        if (name.Length != 4) throw new ArgumentException($"A font feature has a name of four letters, as liga or tnum, not '{name}'.", nameof(name));
        return string.Join(',', features.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(f => f.TrimStart('-') != name).Append(asked).Order(StringComparer.Ordinal));
    }
}
