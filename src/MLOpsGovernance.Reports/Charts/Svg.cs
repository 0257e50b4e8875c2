using System.Globalization;
using System.Text;

namespace MLOpsGovernance.Reports.Charts;

/// <summary>Writes the plain SVG that pages show as it is and PDF draws as vectors. Coordinates are rounded, so that the same numbers give the same text on every machine.</summary>
internal sealed class Svg(float width, float height)
{
    private readonly StringBuilder _body = new();

    public float Width => width;

    public float Height => height;

    public void Line(float x1, float y1, float x2, float y2, string stroke, float thickness = 1, string? dashes = null) =>
        Add($"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" stroke=\"{stroke}\" stroke-width=\"{N(thickness)}\"{Dashes(dashes)}/>");

    public void Rectangle(float x, float y, float w, float h, string fill, string? stroke = null, float thickness = 0.75f, float radius = 0, string? dashes = null) =>
        Add($"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(Math.Max(0, w))}\" height=\"{N(Math.Max(0, h))}\" fill=\"{fill}\"{Stroke(stroke, thickness)}{(radius > 0 ? $" rx=\"{N(radius)}\"" : "")}{Dashes(dashes)}/>");

    public void Circle(float x, float y, float r, string fill, string? stroke = null, float thickness = 0.75f) =>
        Add($"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(r)}\" fill=\"{fill}\"{Stroke(stroke, thickness)}/>");

    public void Polygon(IEnumerable<(float X, float Y)> points, string fill, string? stroke = null, float thickness = 1, float opacity = 1, string? dashes = null) =>
        Add($"<polygon points=\"{Points(points)}\" fill=\"{fill}\"{(opacity < 1 ? $" fill-opacity=\"{N(opacity)}\"" : "")}{Stroke(stroke, thickness)}{Dashes(dashes)}/>");

    public void Polyline(IEnumerable<(float X, float Y)> points, string stroke, float thickness = 1.5f, string? dashes = null) =>
        Add($"<polyline points=\"{Points(points)}\" fill=\"none\"{Stroke(stroke, thickness)}{Dashes(dashes)} stroke-linejoin=\"round\"/>");

    public void Curve(float x1, float y1, float x2, float y2, string stroke, float thickness = 0.9f)
    {
        var middle = (x1 + x2) / 2;
        Add($"<path d=\"M{N(x1)} {N(y1)}C{N(middle)} {N(y1)} {N(middle)} {N(y2)} {N(x2)} {N(y2)}\" fill=\"none\"{Stroke(stroke, thickness)}/>");
    }

    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="room">Longer text ends in a sign that there is more; the table below the chart has it whole.</param>
    public void Text(float x, float y, string text, float size = 7.5f, string anchor = "start", string fill = Palette.Ink, bool bold = false, float room = float.MaxValue) =>
        Add($"<text x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{N(size)}\" fill=\"{fill}\"{(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"")}{(bold ? " font-weight=\"600\"" : "")}>{Escape(Letters.Within(text, size, room))}</text>");

    public string Done(string title) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {N(width)} {N(height)}\" role=\"img\" aria-label=\"{Escape(title)}\">{_body}</svg>";

    public static string Escape(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) clean.Append(c).Append(text[++i]);
            else clean.Append(c switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", '"' => "&quot;", '\'' => "&#39;", _ when char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' => "\uFFFD", _ when char.IsControl(c) => " ", _ => c.ToString() });
        }

        return clean.ToString();
    }

    private static string N(float value) => float.IsFinite(value) ? Math.Round(value, 2).ToString(CultureInfo.InvariantCulture) : "0";

    private static string Points(IEnumerable<(float X, float Y)> points) => string.Join(' ', points.Select(static p => $"{N(p.X)},{N(p.Y)}"));

    private static string Stroke(string? stroke, float thickness) => stroke is null ? "" : $" stroke=\"{stroke}\" stroke-width=\"{N(thickness)}\"";

    private static string Dashes(string? dashes) => dashes is null ? "" : $" stroke-dasharray=\"{dashes}\"";

    private void Add(string element) => _body.Append(element);
}
