using System.Globalization;
using System.Xml.Linq;
using SkiaSharp;

namespace MLOpsGovernance.Reports.Layout.Drawing;

/// <summary>How a shape looks, taken over from what is around it.</summary>
internal sealed record SvgLook(SKColor? Fill, SKColor? Stroke, float StrokeWidth, float[] Dashes, SKStrokeCap Cap, SKStrokeJoin Join, bool EvenOdd, float Opacity, float FontSize, bool Bold, string Anchor, string[] Families)
{
    public static SvgLook Usual { get; } = new(SKColors.Black, null, 1, [], SKStrokeCap.Butt, SKStrokeJoin.Miter, false, 1, 16, false, "start", []);

    public SvgLook With(XElement element)
    {
        var inline = (element.Attribute("style")?.Value ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static s => s.Split(':', 2)).Where(static s => s.Length == 2)
            .GroupBy(static s => s[0].Trim(), StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Last()[1].Trim(), StringComparer.Ordinal);
        string? Said(string name) => inline.GetValueOrDefault(name) ?? element.Attribute(name)?.Value;
        var opacity = Opacity * SvgValues.Number(Said("opacity"), 1);
        return this with
        {
            Opacity = opacity,
            Fill = Paint(Said("fill"), Fill, SvgValues.Number(Said("fill-opacity"), 1) * SvgValues.Number(Said("opacity"), 1)),
            Stroke = Paint(Said("stroke"), Stroke, SvgValues.Number(Said("stroke-opacity"), 1) * SvgValues.Number(Said("opacity"), 1)),
            StrokeWidth = SvgValues.Number(Said("stroke-width"), StrokeWidth),
            Dashes = Said("stroke-dasharray") is { } dashes ? dashes == "none" ? [] : [.. dashes.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(static d => SvgValues.Number(d, 0))] : Dashes,
            Cap = Said("stroke-linecap") switch { "round" => SKStrokeCap.Round, "square" => SKStrokeCap.Square, "butt" => SKStrokeCap.Butt, _ => Cap },
            Join = Said("stroke-linejoin") switch { "round" => SKStrokeJoin.Round, "bevel" => SKStrokeJoin.Bevel, "miter" => SKStrokeJoin.Miter, _ => Join },
            EvenOdd = Said("fill-rule") is { } rule ? rule == "evenodd" : EvenOdd,
            FontSize = SvgValues.Number(Said("font-size"), FontSize),
            Bold = Said("font-weight") is { } weight ? weight is "bold" or "600" or "700" or "800" or "900" : Bold,
            Anchor = Said("text-anchor") ?? Anchor,
            Families = Said("font-family") is { } families ? [.. families.Split(',').Select(static f => f.Trim(' ', '"', '\''))] : Families,
        };
    }

    private static SKColor? Paint(string? said, SKColor? around, float opacity)
    {
        var color = said switch { null => around, "none" or "transparent" => null, "currentColor" => SKColors.Black, _ => SvgValues.Colour(said) };
        return color?.WithAlpha((byte)Math.Round(color.Value.Alpha * Math.Clamp(opacity, 0, 1)));
    }
}

internal static class SvgValues
{
    public static float Number(string? text, float otherwise)
    {
        if (text is null || text.EndsWith('%')) return otherwise;
        var digits = text.AsSpan().Trim().TrimEnd("abcdefghijklmnopqrstuvwxyz");
        return float.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? number : otherwise;
    }

    /// <summary>#rgb, #rrggbb, rgb(r, g, b), or one of the names that logos use; black where it is none of these.</summary>
    public static SKColor Colour(string text)
    {
        if (text.StartsWith("rgb", StringComparison.Ordinal))
        {
            var parts = text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..].TrimEnd(')').Split(',');
            if (parts.Length >= 3) return new((byte)Number(parts[0], 0), (byte)Number(parts[1], 0), (byte)Number(parts[2], 0), parts.Length > 3 ? (byte)(255 * Number(parts[3], 1)) : (byte)255);
        }

        return text.ToUpperInvariant() switch
        {
            "WHITE" => SKColors.White,
            "RED" => SKColors.Red,
            "GREEN" => new(0, 128, 0),
            "BLUE" => SKColors.Blue,
            "GRAY" or "GREY" => SKColors.Gray,
            "YELLOW" => SKColors.Yellow,
            "ORANGE" => SKColors.Orange,
            _ => SKColor.TryParse(text, out var color) ? color : SKColors.Black,
        };
    }

    public static SKMatrix Matrix(string transform)
    {
        var matrix = SKMatrix.Identity;
        foreach (var step in transform.Split(')', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var open = step.IndexOf('(', StringComparison.Ordinal);
            if (open < 0) continue;
            var n = step[(open + 1)..].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(static v => Number(v, 0)).ToArray();
            float At(int i, float otherwise = 0) => i < n.Length ? n[i] : otherwise;
            var next = step[..open].Trim(' ', ',') switch
            {
                "translate" => SKMatrix.CreateTranslation(At(0), At(1)),
                "scale" => SKMatrix.CreateScale(At(0, 1), At(1, At(0, 1))),
                "rotate" => SKMatrix.CreateRotationDegrees(At(0), At(1), At(2)),
                "matrix" => new SKMatrix(At(0, 1), At(2), At(4), At(1), At(3, 1), At(5), 0, 0, 1),
                _ => SKMatrix.Identity,
            };
            matrix = matrix.PreConcat(next);
        }

        return matrix;
    }
}
