namespace MLOpsGovernance.Reports.Layout.Elements;

internal enum InlinedAlignment { Left, Center, Right, Justify, SpaceAround }

/// <summary>Items in lines, as words are.</summary>
internal sealed class InlinedElement : Element
{
    private readonly List<ContainerElement> _items = [];
    private int _next;

    public float VerticalSpacing { get; set; }

    public float HorizontalSpacing { get; set; }

    public Along Baseline { get; set; } = Along.Top;

    public InlinedAlignment Alignment { get; set; }

    public override IEnumerable<Element> Children => _items;

    public IContainer Add()
    {
        var item = new ContainerElement();
        _items.Add(item);
        return item;
    }

    protected override SpacePlan Plan(Size space)
    {
        var lines = Lines(space, out var refused);
        if (_next >= _items.Count) return SpacePlan.Empty;
        if (lines.Count == 0) return refused ?? SpacePlan.Empty;
        var width = lines.Max(static l => l.Width);
        var last = lines[^1];
        return refused is null ? SpacePlan.Full(width, last.Top + last.Height) : SpacePlan.Partial(width, last.Top + last.Height);
    }

    protected override void Paint(Size space, PageContext page)
    {
        var lines = Lines(space, out var refused);
        foreach (var line in lines)
        {
            var free = Math.Max(0, space.Width - line.Width);
            var (x, gap) = Alignment switch
            {
                InlinedAlignment.Center => (free / 2, 0),
                InlinedAlignment.Right => (free, 0),
                InlinedAlignment.Justify => (0, free / Math.Max(1, line.Items.Count - 1)),
                InlinedAlignment.SpaceAround => (free / (line.Items.Count + 1), free / (line.Items.Count + 1)),
                _ => (0f, 0f),
            };
            foreach (var (item, plan) in line.Items)
            {
                var y = line.Top + (Baseline switch { Along.Middle => (line.Height - plan.Height) / 2, Along.Bottom => line.Height - plan.Height, _ => 0 });
                page.Move(x, y);
                item.Draw(new(plan.Width, plan.Height), page);
                page.Move(-x, -y);
                x += plan.Width + HorizontalSpacing + gap;
            }

            _next = line.Until;
        }

        if (refused is null) _next = _items.Count;
    }

    protected override void Restart(bool fromTheStart) => _next = 0;

    private List<Line> Lines(Size space, out SpacePlan? refused)
    {
        refused = null;
        List<Line> lines = [];
        List<(ContainerElement, SpacePlan)> items = [];
        var (width, height, top) = (0f, 0f, 0f);
        for (var i = _next; i < _items.Count; i++)
        {
            var plan = _items[i].Measure(new(space.Width, Size.Infinity));
            if (plan.Fit == Fit.Empty) continue;
            if (plan.Fit != Fit.Full)
            {
                refused = plan with { Fit = Fit.Wrap };
                break;
            }

            if (items.Count > 0 && width + HorizontalSpacing + plan.Width > space.Width + Tolerance && !Close(i)) return Refused(space, out refused);
            width += plan.Width + (items.Count > 0 ? HorizontalSpacing : 0);
            height = Math.Max(height, plan.Height);
            items.Add((_items[i], plan));
        }

        return items.Count > 0 && !Close(_items.Count) ? Refused(space, out refused) : lines;

        bool Close(int until)
        {
            if (top + height > space.Height + Tolerance) return false;
            lines.Add(new(top, width, height, until, items));
            (items, top, width, height) = ([], top + height + VerticalSpacing, 0, 0);
            return true;
        }

        List<Line> Refused(Size within, out SpacePlan? why)
        {
            why = SpacePlan.Wrap(items[0].Item1, $"needs {height:0.#} points of height where {within.Height - top:0.#} are left");
            return lines;
        }
    }

    private sealed record Line(float Top, float Width, float Height, int Until, List<(ContainerElement Item, SpacePlan Plan)> Items);
}
