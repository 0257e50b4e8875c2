using MLOpsGovernance.Reports.Layout.Elements;

namespace MLOpsGovernance.Reports.Layout;

public static class FlowExtensions
{
    public static void Component<T>(this IContainer element, T component) where T : IComponent => component.Compose(element.Container());

    public static void Component<T>(this IContainer element) where T : IComponent, new() => new T().Compose(element.Container());

    public static void Element(this IContainer parent, Action<IContainer> handler) => handler(parent.Container());

    public static IContainer Element(this IContainer parent, Func<IContainer, IContainer> handler) => handler(parent.Container()).Container();

    public static void Element(this IContainer parent, IContainer child) => parent.Child = (IElement)child;

    public static IContainer ShowOnce(this IContainer element) => element.Put(new ShowOnceElement());

    public static IContainer SkipOnce(this IContainer element) => element.Put(new SkipOnceElement());

    /// <summary>Never split: it begins on the next page where it does not fit whole.</summary>
    public static IContainer ShowEntire(this IContainer element) => element.Put(new ShowEntireElement());

    /// <summary>Begins on the next page where it does not fit whole and less than this height is left.</summary>
    public static IContainer EnsureSpace(this IContainer element, float minHeight = 150) => element.Put(new EnsureSpaceElement(minHeight));

    public static void PageBreak(this IContainer element) => element.Put(new PageBreakElement());

    public static IContainer Container(this IContainer element) => element.Put(new ContainerElement());

    public static IContainer Hyperlink(this IContainer element, string url) => element.Put(new LinkElement(url, null));

    /// <summary>A target of links, and the base of the page numbers of a section.</summary>
    public static IContainer Section(this IContainer element, string sectionName) => element.Put(new SectionElement(sectionName));

    public static IContainer SectionLink(this IContainer element, string sectionName) => element.Put(new LinkElement(null, sectionName));

    public static IContainer ShowIf(this IContainer element, bool condition) => condition ? element.Container() : new ContainerElement();

    public static IContainer ShowIf(this IContainer element, Predicate<ShowIfContext> predicate) => element.Put(new ShowIfElement(predicate));

    public static IContainer DefaultTextStyle(this IContainer element, TextStyle textStyle) => element.Put(new DefaultStyleElement(textStyle.Over));

    public static IContainer DefaultTextStyle(this IContainer element, Func<TextStyle, TextStyle> handler) => element.Put(new DefaultStyleElement(handler));
}

public sealed class ShowIfContext
{
    internal ShowIfContext(int pageNumber, int? totalPages) => (PageNumber, TotalPages) = (pageNumber, totalPages);

    public int PageNumber { get; }

    /// <summary>Null while the pages are counted.</summary>
    public int? TotalPages { get; }
}
