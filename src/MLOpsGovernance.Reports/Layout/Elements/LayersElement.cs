namespace MLOpsGovernance.Reports.Layout.Elements;

internal sealed class LayersElement : Element
{
    private readonly List<ContainerElement> _layers = [];
    private ContainerElement? _primary;

    public override IEnumerable<Element> Children => _layers;

    public IContainer Add(bool primary)
    {
        var layer = new ContainerElement();
        if (primary) _primary = _primary is null ? layer : throw new DocumentComposeException("Layers has a primary layer already; exactly one decides the size.");
        _layers.Add(layer);
        return layer;
    }

    public void Check()
    {
        if (_primary is null) throw new DocumentComposeException("Layers has no primary layer; exactly one decides the size.");
    }

    protected override SpacePlan Plan(Size space) => _primary!.Measure(space);

    protected override void Paint(Size space, PageContext page)
    {
        foreach (var layer in _layers)
        {
            if (layer == _primary || layer.Measure(space).Fit is Fit.Full or Fit.Partial) layer.Draw(space, page);
        }
    }
}

/// <summary>Before and after repeat on each page around the content.</summary>
internal sealed class DecorationElement : Element
{
    private ContainerElement? _before;
    private ContainerElement? _content;
    private ContainerElement? _after;

    public override IEnumerable<Element> Children => new[] { _before, _content, _after }.OfType<Element>();

    public IContainer Before() => Slot(ref _before, "before");

    public IContainer Content() => Slot(ref _content, "content");

    public IContainer After() => Slot(ref _after, "after");

    protected override SpacePlan Plan(Size space)
    {
        var (before, after) = (Measured(_before, space), Measured(_after, space));
        foreach (var around in new[] { before, after })
        {
            if (around.Fit == Fit.Wrap) return around;
            if (around.Fit == Fit.Partial) return SpacePlan.Wrap(this, $"what repeats around its content does not fit into a height of {space.Height:0.#} points");
        }

        var left = space.Height - before.Height - after.Height;
        if (left < -Tolerance) return SpacePlan.Wrap(this, $"what repeats around its content needs {before.Height + after.Height:0.#} points of height where {space.Height:0.#} are left");
        var content = _content?.Measure(new(space.Width, left)) ?? SpacePlan.Empty;
        return content.Fit is Fit.Wrap or Fit.Empty
            ? content
            : content.Resized(Math.Max(content.Width, Math.Max(before.Width, after.Width)), before.Height + content.Height + after.Height);
    }

    protected override void Paint(Size space, PageContext page)
    {
        var (before, after) = (Measured(_before, space), Measured(_after, space));
        var inner = new Size(space.Width, space.Height - before.Height - after.Height);
        var content = _content?.Measure(inner) ?? SpacePlan.Empty;
        Repeat(_before, new(space.Width, before.Height), 0, page);
        page.Move(0, before.Height);
        _content?.Draw(new(space.Width, content.Fit == Fit.Partial ? inner.Height : content.Height), page);
        page.Move(0, -before.Height);
        Repeat(_after, new(space.Width, after.Height), before.Height + content.Height, page);
    }

    private static SpacePlan Measured(ContainerElement? around, Size space) => around?.Measure(space) ?? SpacePlan.Empty;

    private static void Repeat(ContainerElement? around, Size space, float top, PageContext page)
    {
        if (around is null) return;
        page.Move(0, top);
        around.Draw(space, page);
        page.Move(0, -top);
        around.Reset(fromTheStart: false);
    }

    private static ContainerElement Slot(ref ContainerElement? slot, string name) => slot is null ? slot = new() : throw new DocumentComposeException($"Decoration has its {name} already.");
}
