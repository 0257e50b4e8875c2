using System.Collections.Concurrent;
using HarfBuzzSharp;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace MLOpsGovernance.Reports.Layout.Fonts;

/// <summary>One font of one file, opened once in a process: a second instance would be embedded a second time.</summary>
internal sealed class FontFace
{
    private readonly Lazy<Font> _shaping;
    private readonly ConcurrentDictionary<int, bool> _covered = new();
    private readonly Lazy<(float Ascent, float Descent, float Leading, float Underline, float Strikeout)> _metrics;

    public FontFace(SKTypeface typeface, string source, string? family = null)
    {
        (Typeface, Source, Family) = (typeface, source, family ?? typeface.FamilyName);
        _shaping = new(Open);
        _metrics = new(Measure);
    }

    public SKTypeface Typeface { get; }

    public string Source { get; }

    public string Family { get; }

    public int Weight => Typeface.FontWeight;

    public bool Slanted => Typeface.FontSlant != SKFontStyleSlant.Upright;

    public bool Condensed => Typeface.FontWidth < (int)SKFontStyleWidth.Normal;

    public Font Shaping => _shaping.Value;

    /// <summary>Above the baseline, for a size of one.</summary>
    public float Ascent => _metrics.Value.Ascent;

    public float Descent => _metrics.Value.Descent;

    public float Leading => _metrics.Value.Leading;

    /// <summary>Below the baseline, for a size of one.</summary>
    public float Underline => _metrics.Value.Underline;

    /// <summary>Above the baseline, for a size of one.</summary>
    public float Strikeout => _metrics.Value.Strikeout;

    public bool Covers(int codePoint) => _covered.GetOrAdd(codePoint, static (c, typeface) => typeface.ContainsGlyph(c), Typeface);

    public SKFont At(float size) => new(Typeface, size) { Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None, LinearMetrics = true, Subpixel = true };

    private Font Open()
    {
        using var stream = Typeface.OpenStream(out var index);
        using var blob = stream.ToHarfBuzzBlob();
        var face = new Face(blob, index) { UnitsPerEm = Typeface.UnitsPerEm, Index = index };
        face.MakeImmutable();
        var font = new Font(face);
        font.SetScale(Shaped.PerEm, Shaped.PerEm);
        font.SetFunctionsOpenType();
        return font;
    }

    private (float, float, float, float, float) Measure()
    {
        using var font = At(1000);
        var m = font.Metrics;
        return (-m.Ascent / 1000, m.Descent / 1000, m.Leading / 1000, (m.UnderlinePosition ?? 100) / 1000, -(m.StrikeoutPosition ?? -280) / 1000);
    }
}

/// <summary>Glyphs of a piece of text, for a size of one.</summary>
/// <param name="Clusters">Where in the text's UTF-8 form each glyph comes from.</param>
/// <param name="Plain">One glyph for each character, in their order: the text can be read back from the glyphs alone.</param>
internal sealed record Shaped(ushort[] Glyphs, float[] Advances, SKPoint[] Offsets, uint[] Clusters, byte[] Text, bool Plain, float Width)
{
    public const int PerEm = 65536;
}
