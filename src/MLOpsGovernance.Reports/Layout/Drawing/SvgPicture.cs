using System.Globalization;
using System.Xml.Linq;
using MLOpsGovernance.Reports.Layout.Elements;
using SkiaSharp;

namespace MLOpsGovernance.Reports.Layout.Drawing;

/// <summary>
/// The part of SVG that charts and logos use: groups, rectangles, circles, ellipses, lines, polygons, paths and text, with fill, stroke, dashes, opacity and transforms.
/// Scripts, references to other files, filters and style sheets are not read.
/// </summary>
internal sealed class SvgPicture
{
    private readonly XElement _root;
    private readonly SKRect _box;

    private SvgPicture(XElement root)
    {
        _root = root;
        var view = (root.Attribute("viewBox")?.Value ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(static n => SvgValues.Number(n, 0)).ToArray();
        Width = SvgValues.Number(root.Attribute("width")?.Value, view.Length == 4 ? view[2] : 0);
        Height = SvgValues.Number(root.Attribute("height")?.Value, view.Length == 4 ? view[3] : 0);
        if (!(Width > 0) || !(Height > 0)) throw new DocumentComposeException("The SVG says no size: give it a viewBox, or a width and a height.");
        _box = view.Length == 4 && view[2] > 0 && view[3] > 0 ? SKRect.Create(view[0], view[1], view[2], view[3]) : SKRect.Create(0, 0, Width, Height);
    }

    public float Width { get; }

    public float Height { get; }

    public static SvgPicture Parse(string svg)
    {
        try
        {
            var root = XDocument.Parse(svg).Root!;
            return root.Name.LocalName == "svg" ? new(root) : throw new DocumentComposeException($"The SVG begins with <{root.Name.LocalName}>.");
        }
        catch (System.Xml.XmlException e)
        {
            throw new DocumentComposeException($"The SVG cannot be read: {e.Message}");
        }
    }

    public void Draw(SKCanvas canvas, Size size, RenderContext context)
    {
        canvas.Save();
        var scale = Math.Min(size.Width / _box.Width, size.Height / _box.Height);
        canvas.Translate((size.Width - (_box.Width * scale)) / 2, (size.Height - (_box.Height * scale)) / 2);
        canvas.Scale(scale);
        canvas.Translate(-_box.Left, -_box.Top);
        canvas.ClipRect(_box);
        foreach (var element in _root.Elements()) Draw(canvas, element, SvgLook.Usual.With(_root), context);
        canvas.Restore();
    }

    private static void Draw(SKCanvas canvas, XElement element, SvgLook around, RenderContext context)
    {
        var look = around.With(element);
        canvas.Save();
        if (element.Attribute("transform")?.Value is { } transform)
        {
            var matrix = SvgValues.Matrix(transform);
            canvas.Concat(in matrix);
        }

        switch (element.Name.LocalName)
        {
            case "g" or "a" or "svg":
                foreach (var child in element.Elements()) Draw(canvas, child, look, context);
                break;
            case "text":
                SvgText.Draw(canvas, element, look, context);
                break;
            case var shape:
                using (var path = Shape(shape, element))
                {
                    if (path is not null) Fill(canvas, path, look);
                }

                break;
        }

        canvas.Restore();
    }

    private static void Fill(SKCanvas canvas, SKPath path, SvgLook look)
    {
        if (look.Fill is { } fill)
        {
            using var paint = new SKPaint { IsAntialias = true, Color = fill };
            path.FillType = look.EvenOdd ? SKPathFillType.EvenOdd : SKPathFillType.Winding;
            canvas.DrawPath(path, paint);
        }

        if (look.Stroke is not { } stroke || look.StrokeWidth <= 0) return;
        using var line = new SKPaint { IsAntialias = true, Color = stroke, Style = SKPaintStyle.Stroke, StrokeWidth = look.StrokeWidth, StrokeCap = look.Cap, StrokeJoin = look.Join };
        if (look.Dashes.Length > 0) line.PathEffect = SKPathEffect.CreateDash(look.Dashes.Length % 2 == 0 ? look.Dashes : [.. look.Dashes, .. look.Dashes], 0);
        canvas.DrawPath(path, line);
        line.PathEffect?.Dispose();
    }

    private static SKPath? Shape(string name, XElement element)
    {
        float At(string attribute) => SvgValues.Number(element.Attribute(attribute)?.Value, 0);
        var path = new SKPath();
        switch (name)
        {
            case "rect":
                var (rx, ry) = (At("rx"), At("ry"));
                var area = SKRect.Create(At("x"), At("y"), Math.Max(0, At("width")), Math.Max(0, At("height")));
                if (rx > 0 || ry > 0) path.AddRoundRect(area, rx > 0 ? rx : ry, ry > 0 ? ry : rx);
                else path.AddRect(area);
                return path;
            case "circle":
                path.AddCircle(At("cx"), At("cy"), At("r"));
                return path;
            case "ellipse":
                path.AddOval(SKRect.Create(At("cx") - At("rx"), At("cy") - At("ry"), 2 * At("rx"), 2 * At("ry")));
                return path;
            case "line":
                path.MoveTo(At("x1"), At("y1"));
                path.LineTo(At("x2"), At("y2"));
                return path;
            case "polyline" or "polygon":
                var numbers = (element.Attribute("points")?.Value ?? "").Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(static n => float.Parse(n, CultureInfo.InvariantCulture)).ToArray();
                path.AddPoly([.. numbers.Chunk(2).Where(static p => p.Length == 2).Select(static p => new SKPoint(p[0], p[1]))], close: name == "polygon");
                return path;
            case "path":
                path.Dispose();
                return SKPath.ParseSvgPathData(element.Attribute("d")?.Value ?? "");
            default:
                path.Dispose();
                return null;
        }
    }
}
