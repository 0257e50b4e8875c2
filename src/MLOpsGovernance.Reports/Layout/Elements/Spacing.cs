namespace MLOpsGovernance.Reports.Layout.Elements;

internal sealed class PaddingElement : ContainerElement
{
    public float Top { get; set; }

    public float Right { get; set; }

    public float Bottom { get; set; }

    public float Left { get; set; }

    protected override SpacePlan Plan(Size space)
    {
        if (Inner is null) return Top + Bottom > space.Height + Tolerance ? TooSmall(space) : SpacePlan.Full(Math.Min(space.Width, Math.Max(0, Left + Right)), Math.Max(0, Top + Bottom));
        var inside = Inside(space);
        if (inside.Width < -Tolerance || inside.Height < -Tolerance) return Inner.Measure(Size.Zero).Fit == Fit.Empty ? SpacePlan.Empty : TooSmall(space);
        var plan = Inner.Measure(inside);
        return plan.Fit is Fit.Empty or Fit.Wrap ? plan : plan.Resized(Math.Max(0, plan.Width + Left + Right), Math.Max(0, plan.Height + Top + Bottom));
    }

    protected override void Paint(Size space, PageContext page)
    {
        page.Move(Left, Top);
        Inner?.Draw(Inside(space), page);
        page.Move(-Left, -Top);
    }

    private Size Inside(Size space) => new(space.Width - Left - Right, space.Height - Top - Bottom);

    private SpacePlan TooSmall(Size space) => SpacePlan.Wrap(this, $"padding of {Left + Right:0.#} × {Top + Bottom:0.#} leaves nothing of {space.Width:0.#} × {space.Height:0.#} points");
}

internal sealed class ConstrainedElement : ContainerElement
{
    public float MinWidth { get; set; }

    public float MaxWidth { get; set; } = float.PositiveInfinity;

    public float MinHeight { get; set; }

    public float MaxHeight { get; set; } = float.PositiveInfinity;

    protected override SpacePlan Plan(Size space)
    {
        if (Inner?.Measure(Within(space)) is { Fit: Fit.Empty } nothing) return nothing;
        if (MinWidth > space.Width + Tolerance) return SpacePlan.Wrap(this, $"needs a width of {MinWidth:0.#} points where {space.Width:0.#} are left");
        if (MinHeight > space.Height + Tolerance) return SpacePlan.Wrap(this, $"needs a height of {MinHeight:0.#} points where {space.Height:0.#} are left");
        var plan = Inner?.Measure(Within(space)) ?? SpacePlan.Full(0, 0);
        return plan.Fit == Fit.Wrap ? plan : plan.Resized(Math.Max(MinWidth, plan.Width), Math.Max(MinHeight, plan.Height));
    }

    protected override void Paint(Size space, PageContext page) => Inner?.Draw(Within(space), page);

    private Size Within(Size space) => new(Math.Min(MaxWidth, space.Width), Math.Min(MaxHeight, space.Height));
}

internal enum Across { Unset, Left, Center, Right }

internal enum Along { Unset, Top, Middle, Bottom }

internal sealed class AlignmentElement : ContainerElement
{
    public Across Across { get; set; }

    public Along Along { get; set; }

    protected override void Paint(Size space, PageContext page)
    {
        if (Inner is null) return;
        var plan = Inner.Measure(space);
        if (plan.Fit is Fit.Empty or Fit.Wrap) return;
        var size = new Size(Across == Across.Unset ? space.Width : plan.Width, Along == Along.Unset ? space.Height : plan.Height);
        var x = Across switch { Across.Center => (space.Width - size.Width) / 2, Across.Right => space.Width - size.Width, _ => 0 };
        var y = Along switch { Along.Middle => (space.Height - size.Height) / 2, Along.Bottom => space.Height - size.Height, _ => 0 };
        page.Move(x, y);
        Inner.Draw(size, page);
        page.Move(-x, -y);
    }
}

internal sealed class ExtendElement : ContainerElement
{
    public bool Across { get; set; }

    public bool Along { get; set; }

    protected override SpacePlan Plan(Size space)
    {
        var plan = Inner?.Measure(space) ?? SpacePlan.Full(0, 0);
        return plan.Fit is Fit.Empty or Fit.Wrap ? plan : plan.Resized(Across ? space.Width : plan.Width, Along ? space.Height : plan.Height);
    }
}

internal sealed class ShrinkElement : ContainerElement
{
    public bool Across { get; set; }

    public bool Along { get; set; }

    protected override void Paint(Size space, PageContext page)
    {
        if (Inner is null) return;
        var plan = Inner.Measure(space);
        if (plan.Fit is not (Fit.Empty or Fit.Wrap)) Inner.Draw(new(Across ? plan.Width : space.Width, Along ? plan.Height : space.Height), page);
    }
}
