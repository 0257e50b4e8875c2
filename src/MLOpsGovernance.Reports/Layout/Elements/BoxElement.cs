using SkiaSharp;

namespace MLOpsGovernance.Reports.Layout.Elements;

/// <summary>Background, borders and rounded corners. They take no space.</summary>
internal sealed class BoxElement : ContainerElement
{
    public Color? Fill { get; set; }

    public (float Angle, Color[] Colors)? FillGradient { get; set; }

    public Color Stroke { get; set; } = Colors.Black;

    public (float Angle, Color[] Colors)? StrokeGradient { get; set; }

    public float Top { get; set; }

    public float Right { get; set; }

    public float Bottom { get; set; }

    public float Left { get; set; }

    /// <summary>Of the corners: top left, top right, bottom right, bottom left.</summary>
    public float[] Radius { get; } = new float[4];

    /// <summary>How much of a border lies inside the edge; null as it comes: half, and all of it where corners are round.</summary>
    public float? Inside { get; set; }

    private bool Round => Radius.Any(static r => r > 0);

    protected override SpacePlan Plan(Size space) => Inner?.Measure(space) ?? SpacePlan.Full(0, 0);

    protected override void Paint(Size space, PageContext page)
    {
        if (page.Canvas is { } canvas)
        {
            PaintFill(canvas, space);
            base.Paint(space, page);
            PaintBorder(canvas, space);
        }
        else base.Paint(space, page);
    }

    private void PaintFill(SKCanvas canvas, Size space)
    {
        if (Fill is null && FillGradient is null) return;
        using var paint = new SKPaint();
        paint.IsAntialias = Round;
        paint.Color = (Fill ?? Colors.Black).ToSkia();
        if (FillGradient is { } g) paint.Shader = Gradients.Linear(space, g.Angle, g.Colors);
        if (Round) using (var shape = Shape(space, 0)) canvas.DrawRoundRect(shape, paint);
        else canvas.DrawRect(0, 0, space.Width, space.Height, paint);
        paint.Shader?.Dispose();
    }

    private void PaintBorder(SKCanvas canvas, Size space)
    {
        if (Top + Right + Bottom + Left <= 0) return;
        var inside = Inside ?? (Round ? 1 : 0.5f);
        using var paint = new SKPaint();
        paint.Color = Stroke.ToSkia();
        if (StrokeGradient is { } g) paint.Shader = Gradients.Linear(space, g.Angle, g.Colors);
        if (Round)
        {
            var width = Math.Max(Math.Max(Top, Bottom), Math.Max(Left, Right));
            (paint.Style, paint.StrokeWidth, paint.IsAntialias) = (SKPaintStyle.Stroke, width, true);
            using var shape = Shape(space, (inside - 0.5f) * width);
            canvas.DrawRoundRect(shape, paint);
        }
        else
        {
            var (l, t, r, b) = (-Left * (1 - inside), -Top * (1 - inside), space.Width + (Right * (1 - inside)), space.Height + (Bottom * (1 - inside)));
            if (Top > 0) canvas.DrawRect(new(l, t, r, t + Top), paint);
            if (Bottom > 0) canvas.DrawRect(new(l, b - Bottom, r, b), paint);
            if (Left > 0) canvas.DrawRect(new(l, t + Top, l + Left, b - Bottom), paint);
            if (Right > 0) canvas.DrawRect(new(r - Right, t + Top, r, b - Bottom), paint);
        }

        paint.Shader?.Dispose();
    }

    private SKRoundRect Shape(Size space, float inset)
    {
        var shape = new SKRoundRect();
        shape.SetRectRadii(new(inset, inset, space.Width - inset, space.Height - inset), [.. Radius.Select(r => new SKPoint(Math.Max(0, r - inset), Math.Max(0, r - inset)))]);
        return shape;
    }
}

internal static class Gradients
{
    public static SKColor ToSkia(this Color color) => new(color.Hex);

    /// <param name="angle">In degrees, clockwise; 0 runs from left to right.</param>
    public static SKShader Linear(Size space, float angle, Color[] colors)
    {
        var (sin, cos) = MathF.SinCos(angle * MathF.PI / 180);
        var half = (MathF.Abs(space.Width * cos) + MathF.Abs(space.Height * sin)) / 2;
        var (x, y) = (space.Width / 2, space.Height / 2);
        return SKShader.CreateLinearGradient(new(x - (cos * half), y - (sin * half)), new(x + (cos * half), y + (sin * half)), [.. colors.Select(ToSkia)], SKShaderTileMode.Clamp);
    }
}

internal sealed class LineElement(float thickness, bool vertical) : Element
{
    public Color Stroke { get; set; } = Colors.Black;

    public float[]? Dashes { get; set; }

    public Color[]? Gradient { get; set; }

    protected override SpacePlan Plan(Size space) => vertical
        ? thickness > space.Width + Tolerance ? SpacePlan.Wrap(this, $"is {thickness:0.#} points thick where {space.Width:0.#} are left") : SpacePlan.Full(thickness, 0)
        : thickness > space.Height + Tolerance ? SpacePlan.Wrap(this, $"is {thickness:0.#} points thick where {space.Height:0.#} are left") : SpacePlan.Full(0, thickness);

    protected override void Paint(Size space, PageContext page)
    {
        if (page.Canvas is not { } canvas || thickness <= 0) return;
        using var paint = new SKPaint();
        (paint.Style, paint.StrokeWidth, paint.Color) = (SKPaintStyle.Stroke, thickness, Stroke.ToSkia());
        if (Gradient is not null) paint.Shader = Gradients.Linear(space, vertical ? 90 : 0, Gradient);
        if (Dashes is { Length: > 0 }) paint.PathEffect = SKPathEffect.CreateDash(Dashes.Length % 2 == 0 ? Dashes : [.. Dashes, .. Dashes], 0);
        if (vertical) canvas.DrawLine(thickness / 2, 0, thickness / 2, space.Height, paint);
        else canvas.DrawLine(0, thickness / 2, space.Width, thickness / 2, paint);
        paint.PathEffect?.Dispose();
        paint.Shader?.Dispose();
    }
}
