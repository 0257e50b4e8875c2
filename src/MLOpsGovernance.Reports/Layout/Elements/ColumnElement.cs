namespace MLOpsGovernance.Reports.Layout.Elements;

/// <summary>Items from top to bottom, over as many pages as they need.</summary>
internal sealed class ColumnElement : Element
{
    private readonly List<ContainerElement> _items = [];
    private int _next;

    public float Spacing { get; set; }

    public override IEnumerable<Element> Children => _items;

    public IContainer Add()
    {
        var item = new ContainerElement();
        _items.Add(item);
        return item;
    }

    protected override SpacePlan Plan(Size space)
    {
        var (width, plan) = (0f, SpacePlan.Empty);
        var (bottom, stopped) = (0f, (SpacePlan?)null);
        foreach (var (_, top, part) in Placed(space))
        {
            if (part.Fit == Fit.Wrap)
            {
                stopped = part;
                break;
            }

            (width, bottom, plan) = (Math.Max(width, part.Width), top + part.Height, part);
            if (part.Fit != Fit.Partial) continue;
            stopped = part;
            break;
        }

        return (stopped, plan.Fit) switch
        {
            ({ Fit: Fit.Wrap } refused, Fit.Empty) => refused,
            (not null, _) => SpacePlan.Partial(width, bottom),
            (null, Fit.Empty) => SpacePlan.Empty,
            _ => SpacePlan.Full(width, bottom),
        };
    }

    protected override void Paint(Size space, PageContext page)
    {
        foreach (var (index, top, part) in Placed(space))
        {
            if (part.Fit == Fit.Wrap) return;
            page.Move(0, top);
            _items[index].Draw(new(space.Width, part.Fit == Fit.Partial ? space.Height - top : part.Height), page);
            page.Move(0, -top);
            if (part.Fit == Fit.Partial) return;
            _next = index + 1;
        }

        _next = _items.Count;
    }

    protected override void Restart(bool fromTheStart) => _next = 0;

    /// <summary>The items from where it stopped, those that take no space left out. The caller stops at what does not fit.</summary>
    private IEnumerable<(int Index, float Top, SpacePlan Plan)> Placed(Size space)
    {
        var top = 0f;
        for (var i = _next; i < _items.Count; i++)
        {
            var left = space.Height - top;
            var plan = left < -Tolerance ? SpacePlan.Wrap(this, "has no height left") : _items[i].Measure(new(space.Width, Math.Max(0, left)));
            if (plan.Fit == Fit.Empty) continue;
            yield return (i, top, plan);
            if (plan.Fit is Fit.Partial && plan.Height == 0) continue;
            top += plan.Height + Spacing;
        }
    }
}
