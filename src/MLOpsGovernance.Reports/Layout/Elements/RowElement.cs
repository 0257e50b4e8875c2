namespace MLOpsGovernance.Reports.Layout.Elements;

internal enum RowItemKind { Constant, Automatic, Relative }

internal sealed class RowItem(RowItemKind kind, float size) : ContainerElement
{
    public RowItemKind Kind => kind;

    public float Size => size;

    /// <summary>Drawn to its end: beside an item that goes on on the next page it does not begin anew.</summary>
    public bool Done { get; set; }
}

/// <summary>Items beside each other.</summary>
internal sealed class RowElement : Element
{
    private readonly List<RowItem> _items = [];

    public float Spacing { get; set; }

    public override IEnumerable<Element> Children => _items;

    public IContainer Add(RowItemKind kind, float size)
    {
        var item = new RowItem(kind, size);
        _items.Add(item);
        return item;
    }

    public override void Inherit(Inherited around)
    {
        if (around.Direction == ContentDirection.RightToLeft) _items.Reverse();
        base.Inherit(around);
    }

    protected override SpacePlan Plan(Size space)
    {
        var plans = Placed(space).Where(p => !p.Item.Done).ToList();
        if (plans.Count == 0) return SpacePlan.Empty;
        if (plans.FirstOrDefault(static p => p.Plan.Fit == Fit.Wrap) is { Item: not null } refused) return refused.Plan;
        if (plans.TrueForAll(static p => p.Plan.Fit == Fit.Empty)) return SpacePlan.Empty;
        var width = plans.Max(static p => p.Left + Math.Max(p.Plan.Width, p.Item.Kind == RowItemKind.Automatic ? 0 : p.Width));
        if (width > space.Width + Tolerance) return SpacePlan.Wrap(this, $"its items are {width:0.#} points wide where {space.Width:0.#} are left");
        var height = plans.Max(static p => p.Plan.Height);
        return plans.Exists(static p => p.Plan.Fit == Fit.Partial) ? SpacePlan.Partial(width, height) : SpacePlan.Full(width, height);
    }

    protected override void Paint(Size space, PageContext page)
    {
        foreach (var (item, left, width, plan) in Placed(space).ToList())
        {
            if (item.Done || plan.Fit == Fit.Wrap) continue;
            if (plan.Fit != Fit.Empty)
            {
                page.Move(left, 0);
                item.Draw(new(width, space.Height), page);
                page.Move(-left, 0);
            }

            item.Done = plan.IsDone;
        }
    }

    protected override void Restart(bool fromTheStart)
    {
        foreach (var item in _items) item.Done = false;
    }

    private IEnumerable<(RowItem Item, float Left, float Width, SpacePlan Plan)> Placed(Size space)
    {
        var automatic = _items.Where(static i => i.Kind == RowItemKind.Automatic).ToDictionary(static i => i, i => i.Measure(new(space.Width, Size.Infinity)).Width);
        var rest = space.Width - (Spacing * Math.Max(0, _items.Count - 1)) - automatic.Values.Sum() - _items.Where(static i => i.Kind == RowItemKind.Constant).Sum(static i => i.Size);
        var shares = _items.Where(static i => i.Kind == RowItemKind.Relative).Sum(static i => i.Size);
        var left = 0f;
        foreach (var item in _items)
        {
            var width = item.Kind switch
            {
                RowItemKind.Constant => item.Size,
                RowItemKind.Automatic => automatic[item],
                _ => shares > 0 ? Math.Max(0, rest) * item.Size / shares : 0,
            };
            yield return (item, left, width, item.Measure(new(width, space.Height)));
            left += width + Spacing;
        }
    }
}
