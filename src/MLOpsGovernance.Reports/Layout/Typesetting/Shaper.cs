using System.Globalization;
using System.Text;
using HarfBuzzSharp;
using MLOpsGovernance.Reports.Layout.Fonts;
using SkiaSharp;

namespace MLOpsGovernance.Reports.Layout.Typesetting;

/// <summary>Shapes words once: reports say the same words thousands of times. Belongs to one rendering.</summary>
internal sealed class Shaper : IDisposable
{
    private readonly Dictionary<(FontFace Face, string Features, bool RightToLeft), Dictionary<string, Shaped>> _known = [];
    private readonly HarfBuzzSharp.Buffer _buffer = new();

    public void Dispose() => _buffer.Dispose();

    public Shaped Shape(ReadOnlySpan<char> text, FontFace face, string features, bool rightToLeft)
    {
        if (!_known.TryGetValue((face, features, rightToLeft), out var words)) _known[(face, features, rightToLeft)] = words = new(StringComparer.Ordinal);
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var known)) return known;
        return lookup[text] = Made(text.ToString(), face, features, rightToLeft);
    }

    private Shaped Made(string text, FontFace face, string features, bool rightToLeft)
    {
        _buffer.ClearContents();
        _buffer.AddUtf16(text);
        _buffer.GuessSegmentProperties();
        _buffer.Direction = rightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        face.Shaping.Shape(_buffer, [.. features.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Parsed)]);

        var infos = _buffer.GetGlyphInfoSpan();
        var positions = _buffer.GetGlyphPositionSpan();
        var (glyphs, advances, offsets, clusters) = (new ushort[infos.Length], new float[infos.Length], new SKPoint[infos.Length], new uint[infos.Length]);
        var (plain, width) = (infos.Length == text.Length && !rightToLeft, 0f);
        for (var i = 0; i < infos.Length; i++)
        {
            glyphs[i] = (ushort)infos[i].Codepoint;
            advances[i] = positions[i].XAdvance / (float)Shaped.PerEm;
            offsets[i] = new(positions[i].XOffset / (float)Shaped.PerEm, -positions[i].YOffset / (float)Shaped.PerEm);
            clusters[i] = (uint)Encoding.UTF8.GetByteCount(text.AsSpan(0, (int)infos[i].Cluster));
            width += advances[i];
            plain &= infos[i].Cluster == i && offsets[i] == SKPoint.Empty;
        }

        return new(glyphs, advances, offsets, clusters, Encoding.UTF8.GetBytes(text), plain, width);
    }

    private static Feature Parsed(string feature) => new(Tag.Parse(feature.TrimStart('-')), feature.StartsWith('-') ? 0u : 1u, 0, uint.MaxValue);

    /// <summary>Characters that are shown by nothing, with any font.</summary>
    public static bool Invisible(int codePoint) =>
        codePoint is '\t' or 0x200B or 0x200C or 0x200D or 0xFEFF or 0x00AD || codePoint is >= 0xFE00 and <= 0xFE0F || (codePoint < 0x10000 && char.GetUnicodeCategory((char)codePoint) is UnicodeCategory.Format or UnicodeCategory.Control);
}
