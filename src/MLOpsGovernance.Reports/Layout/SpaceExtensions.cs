using MLOpsGovernance.Reports.Layout.Elements;

namespace MLOpsGovernance.Reports.Layout;

/// <summary>Space around and within. Consecutive calls of one family form one element; padding adds up.</summary>
public static class SpaceExtensions
{
    public static IContainer Padding(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToPoints(unit);
        return element.Join<PaddingElement>(p => { p.Left += v; p.Right += v; p.Top += v; p.Bottom += v; });
    }

    public static IContainer PaddingHorizontal(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToPoints(unit);
        return element.Join<PaddingElement>(p => { p.Left += v; p.Right += v; });
    }

    public static IContainer PaddingVertical(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToPoints(unit);
        return element.Join<PaddingElement>(p => { p.Top += v; p.Bottom += v; });
    }

    public static IContainer PaddingTop(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToPoints(unit);
        return element.Join<PaddingElement>(p => p.Top += v);
    }

    public static IContainer PaddingBottom(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToPoints(unit);
        return element.Join<PaddingElement>(p => p.Bottom += v);
    }

    public static IContainer PaddingLeft(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToPoints(unit);
        return element.Join<PaddingElement>(p => p.Left += v);
    }

    public static IContainer PaddingRight(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToPoints(unit);
        return element.Join<PaddingElement>(p => p.Right += v);
    }

    public static IContainer Width(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<ConstrainedElement>(c => (c.MinWidth, c.MaxWidth) = (v, v));
    }

    public static IContainer MinWidth(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<ConstrainedElement>(c => c.MinWidth = v);
    }

    public static IContainer MaxWidth(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<ConstrainedElement>(c => c.MaxWidth = v);
    }

    public static IContainer Height(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<ConstrainedElement>(c => (c.MinHeight, c.MaxHeight) = (v, v));
    }

    public static IContainer MinHeight(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<ConstrainedElement>(c => c.MinHeight = v);
    }

    public static IContainer MaxHeight(this IContainer element, float value, Unit unit = Unit.Point)
    {
        var v = value.ToSize(unit);
        return element.Join<ConstrainedElement>(c => c.MaxHeight = v);
    }

    public static IContainer Extend(this IContainer element) => element.Join<ExtendElement>(static e => (e.Across, e.Along) = (true, true));

    public static IContainer ExtendVertical(this IContainer element) => element.Join<ExtendElement>(static e => e.Along = true);

    public static IContainer ExtendHorizontal(this IContainer element) => element.Join<ExtendElement>(static e => e.Across = true);

    public static IContainer Shrink(this IContainer element) => element.Join<ShrinkElement>(static e => (e.Across, e.Along) = (true, true));

    public static IContainer ShrinkVertical(this IContainer element) => element.Join<ShrinkElement>(static e => e.Along = true);

    public static IContainer ShrinkHorizontal(this IContainer element) => element.Join<ShrinkElement>(static e => e.Across = true);

    public static IContainer AlignLeft(this IContainer element) => element.Join<AlignmentElement>(static e => e.Across = Across.Left);

    public static IContainer AlignCenter(this IContainer element) => element.Join<AlignmentElement>(static e => e.Across = Across.Center);

    public static IContainer AlignRight(this IContainer element) => element.Join<AlignmentElement>(static e => e.Across = Across.Right);

    public static IContainer AlignTop(this IContainer element) => element.Join<AlignmentElement>(static e => e.Along = Along.Top);

    public static IContainer AlignMiddle(this IContainer element) => element.Join<AlignmentElement>(static e => e.Along = Along.Middle);

    public static IContainer AlignBottom(this IContainer element) => element.Join<AlignmentElement>(static e => e.Along = Along.Bottom);
}
