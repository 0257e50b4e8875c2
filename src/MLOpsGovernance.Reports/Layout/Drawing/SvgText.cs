using System.Xml.Linq;
using MLOpsGovernance.Reports.Layout.Elements;
using MLOpsGovernance.Reports.Layout.Typesetting;
using SkiaSharp;

namespace MLOpsGovernance.Reports.Layout.Drawing;

/// <summary>One line of text in a picture, with the fonts and the typesetting of the document around it.</summary>
internal static class SvgText
{
    public static void Draw(SKCanvas canvas, XElement element, SvgLook look, RenderContext context)
    {
        var text = element.Value.ReplaceLineEndings(" ").Trim();
        if (text.Length == 0 || look.Fill is not { } fill) return;
        var style = TextStyle.Default.FontSize(Math.Max(0.1f, look.FontSize)).FontColor((uint)fill).FontFamily(look.Families).Weight(look.Bold ? FontWeight.SemiBold : FontWeight.Normal).EnableFontFeature("tnum");
        var paragraphs = new Pieces(context).Of([new() { Text = text, Style = style }], style, ContentDirection.LeftToRight);
        var line = new Lines(context.Shaper).Of(paragraphs, float.MaxValue, 0)[0] with { Indent = 0 };
        var x = SvgValues.Number(element.Attribute("x")?.Value, 0) - (look.Anchor switch { "middle" => line.Width / 2, "end" => line.Width, _ => 0 });
        canvas.Translate(x, SvgValues.Number(element.Attribute("y")?.Value, 0) - line.Ascent);
        LinePainter.Draw(line, line.Width, 0, TextAlignment.Left, new(context, canvas));
    }
}
