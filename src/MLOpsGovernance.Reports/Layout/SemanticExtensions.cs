namespace MLOpsGovernance.Reports.Layout;

/// <summary>What builds the structure tree of tagged PDF elsewhere. Skia writes no tags, so these change nothing; the accessible form of a report is its HTML.</summary>
public static class SemanticExtensions
{
    public static IContainer SemanticIgnore(this IContainer container) => container;

    public static IContainer SemanticArticle(this IContainer container) => container;

    public static IContainer SemanticSection(this IContainer container) => container;

    public static IContainer SemanticDivision(this IContainer container) => container;

    public static IContainer SemanticBlockQuotation(this IContainer container) => container;

    public static IContainer SemanticCaption(this IContainer container) => container;

    public static IContainer SemanticIndex(this IContainer container) => container;

    public static IContainer SemanticTableOfContents(this IContainer container) => container;

    public static IContainer SemanticTableOfContentsItem(this IContainer container) => container;

    public static IContainer SemanticHeader1(this IContainer container) => container;

    public static IContainer SemanticHeader2(this IContainer container) => container;

    public static IContainer SemanticHeader3(this IContainer container) => container;

    public static IContainer SemanticHeader4(this IContainer container) => container;

    public static IContainer SemanticHeader5(this IContainer container) => container;

    public static IContainer SemanticHeader6(this IContainer container) => container;

    public static IContainer SemanticParagraph(this IContainer container) => container;

    public static IContainer SemanticList(this IContainer container) => container;

    public static IContainer SemanticListItem(this IContainer container) => container;

    public static IContainer SemanticListLabel(this IContainer container) => container;

    public static IContainer SemanticListItemBody(this IContainer container) => container;

    public static IContainer SemanticTable(this IContainer container) => container;

    public static IContainer SemanticQuote(this IContainer container) => container;

    public static IContainer SemanticCode(this IContainer container) => container;

    public static IContainer SemanticLanguage(this IContainer container, string language) => container;

    public static IContainer SemanticSpan(this IContainer container, string? alternativeText = null) => container;

    public static IContainer SemanticLink(this IContainer container, string alternativeText) => container;

    public static IContainer SemanticFigure(this IContainer container, string alternativeText) => container;

    public static IContainer SemanticImage(this IContainer container, string alternativeText) => container;

    public static IContainer SemanticFormula(this IContainer container, string alternativeText) => container;
}
