namespace MLOpsGovernance.Reports.Layout.Elements;

/// <summary>One run of pages with the same size, margins, header and footer.</summary>
internal sealed class PageElement : Element
{
    public Size MinSize { get; set; } = PageSizes.A4;

    public Size MaxSize { get; set; } = PageSizes.A4;

    public float Left { get; set; }

    public float Right { get; set; }

    public float Top { get; set; }

    public float Bottom { get; set; }

    public Color Background { get; set; } = Colors.White;

    public Func<TextStyle, TextStyle>? Style { get; set; }

    public ContentDirection? Direction { get; set; }

    public ContainerElement? Under { get; set; }

    public ContainerElement? Over { get; set; }

    public ContainerElement? Header { get; set; }

    public ContainerElement? Content { get; set; }

    public ContainerElement? Footer { get; set; }

    public override IEnumerable<Element> Children => new[] { Under, Header, Content, Footer, Over }.OfType<Element>();

    public override void Inherit(Inherited around) => base.Inherit(around with { Style = Style?.Invoke(around.Style) ?? around.Style, Direction = Direction ?? around.Direction });

    /// <summary>The size of the page at hand: between the smallest and the largest allowed, as its content asks.</summary>
    public Size PageSize()
    {
        if (MinSize == MaxSize) return MaxSize;
        var plan = Plan(MaxSize);
        return new(Math.Clamp(plan.Width, MinSize.Width, MaxSize.Width), Math.Clamp(plan.Height, MinSize.Height, MaxSize.Height));
    }

    protected override SpacePlan Plan(Size space)
    {
        var width = space.Width - Left - Right;
        var (header, footer) = (Fixed(Header, "header", width, space.Height), Fixed(Footer, "footer", width, space.Height));
        if (header.Fit == Fit.Wrap) return header;
        if (footer.Fit == Fit.Wrap) return footer;
        var inner = new Size(width, space.Height - Top - Bottom - header.Height - footer.Height);
        if (inner.Width <= 0 || inner.Height <= 0)
            return SpacePlan.Wrap(this, $"margins, header ({header.Height:0.#} points) and footer ({footer.Height:0.#} points) leave nothing of a page of {space.Width:0.#} × {space.Height:0.#} points");
        var content = Content?.Measure(inner) ?? SpacePlan.Empty;
        return content.Fit switch
        {
            Fit.Wrap => content,
            Fit.Partial => SpacePlan.Partial(content.Width + Left + Right, content.Height + Top + Bottom + header.Height + footer.Height),
            _ => SpacePlan.Full(content.Width + Left + Right, content.Height + Top + Bottom + header.Height + footer.Height),
        };
    }

    protected override void Paint(Size space, PageContext page)
    {
        if (page.Canvas is { } canvas && Background.Alpha > 0)
        {
            using var paint = new SkiaSharp.SKPaint();
            paint.Color = Background.ToSkia();
            canvas.DrawRect(0, 0, space.Width, space.Height, paint);
        }

        Under?.Draw(space, page);
        var width = space.Width - Left - Right;
        var (header, footer) = (Fixed(Header, "header", width, space.Height), Fixed(Footer, "footer", width, space.Height));
        page.Move(Left, Top);
        Header?.Draw(new(width, header.Height), page);
        page.Move(0, header.Height);
        var inner = new Size(width, space.Height - Top - Bottom - header.Height - footer.Height);
        Content?.Draw(inner, page);
        page.Move(0, inner.Height);
        Footer?.Draw(new(width, footer.Height), page);
        page.Move(-Left, -Top - header.Height - inner.Height);
        Over?.Draw(space, page);
        foreach (var repeated in new[] { Under, Over, Header, Footer }) repeated?.Reset(fromTheStart: false);
    }

    private static SpacePlan Fixed(ContainerElement? slot, string name, float width, float height) => slot?.Measure(new(width, height)) switch
    {
        null => SpacePlan.Empty,
        { Fit: Fit.Partial } => SpacePlan.Wrap(slot, $"the page's {name} is higher than the page"),
        { } plan => plan,
    };
}

internal sealed class DocumentRoot : IDocumentContainer
{
    public List<PageElement> Pages { get; } = [];
}
