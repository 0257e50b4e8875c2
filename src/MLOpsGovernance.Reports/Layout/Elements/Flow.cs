namespace MLOpsGovernance.Reports.Layout.Elements;

internal sealed class ShowEntireElement : ContainerElement
{
    protected override SpacePlan Plan(Size space) => base.Plan(space) switch
    {
        { Fit: Fit.Partial } part => SpacePlan.Wrap(Inner!, $"must stay whole, but only {part.Height:0.#} points of it fit into a height of {space.Height:0.#}"),
        var plan => plan,
    };
}

internal sealed class EnsureSpaceElement(float height) : ContainerElement
{
    private bool _begun;

    protected override SpacePlan Plan(Size space) => base.Plan(space) switch
    {
        { Fit: Fit.Partial } when !_begun && space.Height < height - Tolerance => SpacePlan.Wrap(this, $"wants {height:0.#} points of height to begin where {space.Height:0.#} are left"),
        var plan => plan,
    };

    protected override void Paint(Size space, PageContext page)
    {
        _begun = true;
        base.Paint(space, page);
    }

    protected override void Restart(bool fromTheStart) => _begun = false;
}

internal sealed class ShowOnceElement : ContainerElement
{
    private bool _shown;

    protected override SpacePlan Plan(Size space) => _shown ? SpacePlan.Empty : base.Plan(space);

    protected override void Paint(Size space, PageContext page)
    {
        if (_shown) return;
        _shown = base.Plan(space).IsDone;
        base.Paint(space, page);
    }

    /// <summary>Repeating headers are reset for every page; what is shown once stays shown.</summary>
    protected override void Restart(bool fromTheStart) => _shown &= !fromTheStart;
}

internal sealed class SkipOnceElement : ContainerElement
{
    private bool _skipped;

    protected override SpacePlan Plan(Size space) => _skipped ? base.Plan(space) : SpacePlan.Empty;

    protected override void Paint(Size space, PageContext page)
    {
        if (_skipped) base.Paint(space, page);
        _skipped = true;
    }

    protected override void Restart(bool fromTheStart) => _skipped &= !fromTheStart;
}

/// <summary>Ends the page, once.</summary>
internal sealed class PageBreakElement : Element
{
    private bool _broken;

    protected override SpacePlan Plan(Size space) => _broken ? SpacePlan.Empty : SpacePlan.Partial(0, 0);

    protected override void Paint(Size space, PageContext page) => _broken = true;

    protected override void Restart(bool fromTheStart) => _broken = false;
}

internal sealed class ShowIfElement(Predicate<ShowIfContext> predicate) : ContainerElement
{
    private RenderContext? _context;

    public override void Inherit(Inherited around)
    {
        _context = around.Context;
        base.Inherit(around);
    }

    protected override SpacePlan Plan(Size space) => Shown ? base.Plan(space) : SpacePlan.Empty;

    protected override void Paint(Size space, PageContext page)
    {
        if (Shown) base.Paint(space, page);
    }

    private bool Shown => predicate(new(_context?.Page ?? 1, _context?.TotalPages));
}

internal sealed class SectionElement(string section) : ContainerElement
{
    public override string Name => $"Section '{section}'";

    protected override void Paint(Size space, PageContext page)
    {
        page.Enter(section);
        base.Paint(space, page);
    }
}

/// <summary>A link: to an address, or to a section of this document.</summary>
internal sealed class LinkElement(string? url, string? section) : ContainerElement
{
    protected override void Paint(Size space, PageContext page)
    {
        var plan = Inner?.Measure(space) ?? SpacePlan.Empty;
        if (plan.Fit is Fit.Empty or Fit.Wrap) return;
        page.Link(new(0, 0, space.Width, plan.Height), url, section);
        base.Paint(space, page);
    }
}

internal sealed class DefaultStyleElement(Func<TextStyle, TextStyle> change) : ContainerElement
{
    public override void Inherit(Inherited around) => base.Inherit(around with { Style = change(around.Style) });
}
