using MLOpsGovernance.Reports.Layout.Elements;

namespace MLOpsGovernance.Reports.Layout;

/// <summary>Backgrounds and borders. Consecutive calls form one box, and later ones overwrite; none takes space.</summary>
public static class BoxExtensions
{
    public static IContainer Border(this IContainer element, float all, Color color) => element.Border(all).BorderColor(color);

    public static IContainer Background(this IContainer element, Color color) => element.Join<BoxElement>(b => b.Fill = color);

    public static IContainer BackgroundLinearGradient(this IContainer element, float angle, Color[] colors) => element.Join<BoxElement>(b => b.FillGradient = (angle, colors));

    public static IContainer BorderColor(this IContainer element, Color color) => element.Join<BoxElement>(b => b.Stroke = color);

    public static IContainer BorderLinearGradient(this IContainer element, float angle, Color[] colors) => element.Join<BoxElement>(b => b.StrokeGradient = (angle, colors));

    public static IContainer Border(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<BoxElement>(b => (b.Top, b.Right, b.Bottom, b.Left) = (v, v, v, v));
    }

    public static IContainer BorderVertical(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<BoxElement>(b => (b.Left, b.Right) = (v, v));
    }

    public static IContainer BorderHorizontal(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<BoxElement>(b => (b.Top, b.Bottom) = (v, v));
    }

    public static IContainer BorderLeft(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<BoxElement>(b => b.Left = v);
    }

    public static IContainer BorderRight(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<BoxElement>(b => b.Right = v);
    }

    public static IContainer BorderTop(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<BoxElement>(b => b.Top = v);
    }

    public static IContainer BorderBottom(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<BoxElement>(b => b.Bottom = v);
    }

    public static IContainer CornerRadius(this IContainer element, float value = 0, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<BoxElement>(b => Array.Fill(b.Radius, v));
    }

    public static IContainer CornerRadiusTopLeft(this IContainer element, float value = 0, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<BoxElement>(b => b.Radius[0] = v);
    }

    public static IContainer CornerRadiusTopRight(this IContainer element, float value = 0, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<BoxElement>(b => b.Radius[1] = v);
    }

    public static IContainer CornerRadiusBottomLeft(this IContainer element, float value = 0, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<BoxElement>(b => b.Radius[3] = v);
    }

    public static IContainer CornerRadiusBottomRight(this IContainer element, float value = 0, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<BoxElement>(b => b.Radius[2] = v);
    }

    public static IContainer BorderAlignmentOutside(this IContainer element) => element.Join<BoxElement>(static b => b.Inside = 0);

    public static IContainer BorderAlignmentMiddle(this IContainer element) => element.Join<BoxElement>(static b => b.Inside = 0.5f);

    public static IContainer BorderAlignmentInside(this IContainer element) => element.Join<BoxElement>(static b => b.Inside = 1);
}
