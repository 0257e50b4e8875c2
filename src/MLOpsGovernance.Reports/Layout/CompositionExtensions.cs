using MLOpsGovernance.Reports.Layout.Elements;

namespace MLOpsGovernance.Reports.Layout;

public static class CompositionExtensions
{
    public static void Column(this IContainer element, Action<ColumnDescriptor> handler) => handler(new(element.Put(new ColumnElement())));

    public static void Row(this IContainer element, Action<RowDescriptor> handler) => handler(new(element.Put(new RowElement())));

    public static void Layers(this IContainer element, Action<LayersDescriptor> handler)
    {
        var layers = element.Put(new LayersElement());
        handler(new(layers));
        layers.Check();
    }

    public static void Decoration(this IContainer element, Action<DecorationDescriptor> handler) => handler(new(element.Put(new DecorationElement())));

    public static void Inlined(this IContainer element, Action<InlinedDescriptor> handler) => handler(new(element.Put(new InlinedElement())));

    public static LineDescriptor LineVertical(this IContainer element, float thickness, Unit unit = Unit.Point) => new(element.Put(new LineElement(thickness.ToSize(unit), vertical: true)));

    public static LineDescriptor LineHorizontal(this IContainer element, float thickness, Unit unit = Unit.Point) => new(element.Put(new LineElement(thickness.ToSize(unit), vertical: false)));
}

public sealed class ColumnDescriptor
{
    private readonly ColumnElement _column;

    internal ColumnDescriptor(ColumnElement column) => _column = column;

    public void Spacing(float value, Unit unit = Unit.Point) => _column.Spacing = value.ToPoints(unit);

    public IContainer Item() => _column.Add();
}

public sealed class RowDescriptor
{
    private readonly RowElement _row;

    internal RowDescriptor(RowElement row) => _row = row;

    public void Spacing(float spacing, Unit unit = Unit.Point) => _row.Spacing = spacing.ToPoints(unit);

    public IContainer RelativeItem(float size = 1) => _row.Add(RowItemKind.Relative, size);

    public IContainer ConstantItem(float size, Unit unit = Unit.Point) => _row.Add(RowItemKind.Constant, size.ToSize(unit));

    public IContainer AutoItem() => _row.Add(RowItemKind.Automatic, 0);
}

public sealed class LayersDescriptor
{
    private readonly LayersElement _layers;

    internal LayersDescriptor(LayersElement layers) => _layers = layers;

    public IContainer Layer() => _layers.Add(primary: false);

    public IContainer PrimaryLayer() => _layers.Add(primary: true);
}

public sealed class DecorationDescriptor
{
    private readonly DecorationElement _decoration;

    internal DecorationDescriptor(DecorationElement decoration) => _decoration = decoration;

    public IContainer Before() => _decoration.Before();

    public void Before(Action<IContainer> handler) => handler(Before());

    public IContainer Content() => _decoration.Content();

    public void Content(Action<IContainer> handler) => handler(Content());

    public IContainer After() => _decoration.After();

    public void After(Action<IContainer> handler) => handler(After());
}

public sealed class InlinedDescriptor
{
    private readonly InlinedElement _inlined;

    internal InlinedDescriptor(InlinedElement inlined) => _inlined = inlined;

    public void Spacing(float value, Unit unit = Unit.Point)
    {
        VerticalSpacing(value, unit);
        HorizontalSpacing(value, unit);
    }

    public void VerticalSpacing(float value, Unit unit = Unit.Point) => _inlined.VerticalSpacing = value.ToPoints(unit);

    public void HorizontalSpacing(float value, Unit unit = Unit.Point) => _inlined.HorizontalSpacing = value.ToPoints(unit);

    public void BaselineTop() => _inlined.Baseline = Along.Top;

    public void BaselineMiddle() => _inlined.Baseline = Along.Middle;

    public void BaselineBottom() => _inlined.Baseline = Along.Bottom;

    public void AlignLeft() => _inlined.Alignment = InlinedAlignment.Left;

    public void AlignCenter() => _inlined.Alignment = InlinedAlignment.Center;

    public void AlignRight() => _inlined.Alignment = InlinedAlignment.Right;

    public void AlignJustify() => _inlined.Alignment = InlinedAlignment.Justify;

    public void AlignSpaceAround() => _inlined.Alignment = InlinedAlignment.SpaceAround;

    public IContainer Item() => _inlined.Add();
}

public class LineDescriptor
{
    private readonly LineElement _line;

    internal LineDescriptor(LineElement line) => _line = line;

    public LineDescriptor LineColor(Color color)
    {
        _line.Stroke = color;
        return this;
    }

    public LineDescriptor LineDashPattern(float[] dashPattern, Unit unit = Unit.Point)
    {
        _line.Dashes = [.. dashPattern.Select(d => d.ToSize(unit))];
        return this;
    }

    public LineDescriptor LineGradient(Color[] colors)
    {
        _line.Gradient = colors;
        return this;
    }
}
