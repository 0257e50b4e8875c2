namespace MLOpsGovernance.Reports.Layout.Elements;

internal enum Fit
{
    /// <summary>Nothing to draw, or nothing any more.</summary>
    Empty,

    /// <summary>Not even the beginning fits.</summary>
    Wrap,

    /// <summary>A part fits; the rest goes on on the next page.</summary>
    Partial,

    Full,
}

/// <param name="Why">For <see cref="Fit.Wrap"/>: what was needed and what there was.</param>
/// <param name="Blame">The innermost element that did not fit.</param>
internal readonly record struct SpacePlan(Fit Fit, float Width, float Height, string? Why = null, Element? Blame = null)
{
    public static SpacePlan Empty => default;

    public bool IsDone => Fit is Fit.Empty or Fit.Full;

    public static SpacePlan Full(float width, float height) => new(Fit.Full, width, height);

    public static SpacePlan Partial(float width, float height) => new(Fit.Partial, width, height);

    public static SpacePlan Wrap(Element blame, string why) => new(Fit.Wrap, 0, 0, why, blame);

    public SpacePlan Resized(float width, float height) => this with { Width = width, Height = height };
}

/// <summary>
/// Something that takes space on pages. It answers how much of it fits, draws that part, and remembers where it stopped; once drawn to its end it answers
/// <see cref="Fit.Empty"/> until it is reset.
/// </summary>
internal abstract class Element : IElement
{
    /// <summary>What rounding may add up to.</summary>
    public const float Tolerance = 0.01f;

    private Size _asked;
    private SpacePlan? _answer;

    public virtual IEnumerable<Element> Children => [];

    /// <summary>How it is called in an error.</summary>
    public virtual string Name => GetType().Name.Replace("Element", "", StringComparison.Ordinal);

    /// <summary>Changes nothing: asked twice, it answers the same.</summary>
    public SpacePlan Measure(Size space)
    {
        if (_answer is { } answer && _asked == space) return answer;
        var plan = Plan(space);
        (_asked, _answer) = (space, plan);
        return plan;
    }

    /// <summary>Draws what <see cref="Measure"/> said fits into this space.</summary>
    public void Draw(Size space, PageContext page)
    {
        Paint(space, page);
        _answer = null;
    }

    /// <summary>Hands down what is inherited, once, before anything is measured.</summary>
    public virtual void Inherit(Inherited around)
    {
        foreach (var child in Children) child.Inherit(around);
    }

    /// <summary>Back to the beginning: of the document, or only to be drawn once more, as headers are on each page.</summary>
    public void Reset(bool fromTheStart)
    {
        _answer = null;
        Restart(fromTheStart);
        foreach (var child in Children) child.Reset(fromTheStart);
    }

    protected abstract SpacePlan Plan(Size space);

    protected abstract void Paint(Size space, PageContext page);

    protected virtual void Restart(bool fromTheStart)
    {
    }
}

/// <summary>What an element takes over from those around it.</summary>
internal sealed record Inherited(TextStyle Style, ContentDirection Direction, RenderContext Context);
