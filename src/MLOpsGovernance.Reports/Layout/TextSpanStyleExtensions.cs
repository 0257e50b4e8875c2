namespace MLOpsGovernance.Reports.Layout;

public static class TextSpanStyleExtensions
{
    public static T Style<T>(this T descriptor, TextStyle style) where T : TextSpanDescriptor => descriptor.Restyled(style.Over);

    public static T FontColor<T>(this T descriptor, Color color) where T : TextSpanDescriptor => descriptor.Restyled(s => s.FontColor(color));

    public static T BackgroundColor<T>(this T descriptor, Color color) where T : TextSpanDescriptor => descriptor.Restyled(s => s.BackgroundColor(color));

    public static T FontFamily<T>(this T descriptor, params string[] values) where T : TextSpanDescriptor => descriptor.Restyled(s => s.FontFamily(values));

    public static T FontSize<T>(this T descriptor, float value) where T : TextSpanDescriptor => descriptor.Restyled(s => s.FontSize(value));

    public static T LineHeight<T>(this T descriptor, float? factor) where T : TextSpanDescriptor => descriptor.Restyled(s => s.LineHeight(factor));

    public static T LetterSpacing<T>(this T descriptor, float factor = 0) where T : TextSpanDescriptor => descriptor.Restyled(s => s.LetterSpacing(factor));

    public static T WordSpacing<T>(this T descriptor, float factor = 0) where T : TextSpanDescriptor => descriptor.Restyled(s => s.WordSpacing(factor));

    public static T Italic<T>(this T descriptor, bool value = true) where T : TextSpanDescriptor => descriptor.Restyled(s => s.Italic(value));

    public static T Strikethrough<T>(this T descriptor, bool value = true) where T : TextSpanDescriptor => descriptor.Restyled(s => s.Strikethrough(value));

    public static T Underline<T>(this T descriptor, bool value = true) where T : TextSpanDescriptor => descriptor.Restyled(s => s.Underline(value));

    public static T Overline<T>(this T descriptor, bool value = true) where T : TextSpanDescriptor => descriptor.Restyled(s => s.Overline(value));

    public static T DecorationColor<T>(this T descriptor, Color color) where T : TextSpanDescriptor => descriptor.Restyled(s => s.DecorationColor(color));

    public static T DecorationThickness<T>(this T descriptor, float factor) where T : TextSpanDescriptor => descriptor.Restyled(s => s.DecorationThickness(factor));

    public static T Thin<T>(this T descriptor) where T : TextSpanDescriptor => descriptor.Restyled(static s => s.Thin());

    public static T ExtraLight<T>(this T descriptor) where T : TextSpanDescriptor => descriptor.Restyled(static s => s.ExtraLight());

    public static T Light<T>(this T descriptor) where T : TextSpanDescriptor => descriptor.Restyled(static s => s.Light());

    public static T NormalWeight<T>(this T descriptor) where T : TextSpanDescriptor => descriptor.Restyled(static s => s.NormalWeight());

    public static T Medium<T>(this T descriptor) where T : TextSpanDescriptor => descriptor.Restyled(static s => s.Medium());

    public static T SemiBold<T>(this T descriptor) where T : TextSpanDescriptor => descriptor.Restyled(static s => s.SemiBold());

    public static T Bold<T>(this T descriptor) where T : TextSpanDescriptor => descriptor.Restyled(static s => s.Bold());

    public static T ExtraBold<T>(this T descriptor) where T : TextSpanDescriptor => descriptor.Restyled(static s => s.ExtraBold());

    public static T Black<T>(this T descriptor) where T : TextSpanDescriptor => descriptor.Restyled(static s => s.Black());

    public static T NormalPosition<T>(this T descriptor) where T : TextSpanDescriptor => descriptor.Restyled(static s => s.NormalPosition());

    public static T Subscript<T>(this T descriptor) where T : TextSpanDescriptor => descriptor.Restyled(static s => s.Subscript());

    public static T Superscript<T>(this T descriptor) where T : TextSpanDescriptor => descriptor.Restyled(static s => s.Superscript());

    public static T EnableFontFeature<T>(this T descriptor, string featureName) where T : TextSpanDescriptor => descriptor.Restyled(s => s.EnableFontFeature(featureName));

    public static T DisableFontFeature<T>(this T descriptor, string featureName) where T : TextSpanDescriptor => descriptor.Restyled(s => s.DisableFontFeature(featureName));

    private static T Restyled<T>(this T descriptor, Func<TextStyle, TextStyle> change) where T : TextSpanDescriptor
    {
        descriptor.Restyle(change);
        return descriptor;
    }
}
