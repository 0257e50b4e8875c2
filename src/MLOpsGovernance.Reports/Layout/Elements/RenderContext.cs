using MLOpsGovernance.Reports.Layout.Fonts;
using MLOpsGovernance.Reports.Layout.Typesetting;
using SkiaSharp;

namespace MLOpsGovernance.Reports.Layout.Elements;

/// <summary>What one rendering knows: fonts, words already shaped, where sections lie, and what is to be told afterwards.</summary>
internal sealed class RenderContext(FontLibrary fonts) : IDisposable
{
    private readonly Dictionary<string, (int First, int Last)> _sections = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _missing = [];
    private readonly Dictionary<(FontFace Face, float Size), SKFont> _sized = [];
    private readonly Dictionary<TextStyle, LookOf> _looks = [];

    public FontLibrary Fonts => fonts;

    public Shaper Shaper { get; } = new();

    public int Page { get; private set; } = 1;

    /// <summary>Null until the pages were counted.</summary>
    public int? TotalPages { get; private set; }

    /// <summary>Code points that no font here can show.</summary>
    public IReadOnlyCollection<int> Missing => _missing;

    /// <summary>For drawing text; its colour is set for each run.</summary>
    public SKPaint Ink { get; } = new() { IsAntialias = true };

    public SKTextBlobBuilder Runs { get; } = new();

    public SKFont FontOf(FontFace face, float size)
    {
        if (!_sized.TryGetValue((face, size), out var font)) _sized[(face, size)] = font = face.At(size);
        return font;
    }

    public void Dispose()
    {
        Shaper.Dispose();
        Ink.Dispose();
        Runs.Dispose();
        foreach (var font in _sized.Values) font.Dispose();
    }

    public LookOf LookOf(TextStyle style)
    {
        if (!_looks.TryGetValue(style, out var look)) _looks[style] = look = new(style, fonts);
        return look;
    }

    public void Miss(int codePoint) => _missing.Add(codePoint);

    public (int First, int Last)? Section(string name) => _sections.TryGetValue(name, out var pages) ? pages : null;

    public void Turn() => Page++;

    public void Counted()
    {
        TotalPages = Page - 1;
        Page = 1;
    }

    /// <summary>True when the section begins here.</summary>
    public bool Enter(string section)
    {
        if (TotalPages is not null) return _sections.TryGetValue(section, out var known) && known.First == Page;
        if (_sections.TryGetValue(section, out var pages))
        {
            _sections[section] = (pages.First, Page);
            return false;
        }

        _sections[section] = (Page, Page);
        return true;
    }
}

/// <summary>One page being drawn; without a canvas while pages are only counted.</summary>
internal sealed class PageContext(RenderContext context, SKCanvas? canvas)
{
    private readonly HashSet<string> _entered = new(StringComparer.Ordinal);

    public RenderContext Context => context;

    public SKCanvas? Canvas => canvas;

    public void Move(float x, float y)
    {
        if (x != 0 || y != 0) canvas?.Translate(x, y);
    }

    public void Enter(string section)
    {
        if (context.Enter(section) && _entered.Add(section)) canvas?.DrawNamedDestinationAnnotation(new(0, 0), Target(section));
    }

    public void Link(SKRect area, string? url, string? section)
    {
        if (canvas is null) return;
        if (url is not null) canvas.DrawUrlAnnotation(area, url);
        else if (section is not null && context.Section(section) is not null) canvas.DrawLinkDestinationAnnotation(area, Target(section));
    }

    /// <summary>Names of targets in a PDF are bytes of plain letters.</summary>
    private static string Target(string section) => Uri.EscapeDataString(section);
}
