using System.Text;
using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.Rendering;

/// <summary>
/// The accessible form: one file without scripts, and without anything from elsewhere. Headings, tables with heads, a caption and a text for each chart; each value is
/// escaped, and only web addresses become links.
/// </summary>
internal static class HtmlRendering
{
    public static byte[] Of(ReportOutline outline, List<string> warnings)
    {
        var (content, html) = (outline.Content, new StringBuilder(64 * 1024));
        var frame = content.Frame;
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n")
            .Append($"<title>{E($"{content.Kind}: {content.Title}")}</title>\n<style>\n{HtmlStyle.Sheet}</style>\n</head>\n<body>\n<header>\n");
        if (HtmlLogo.Of(frame.Organisation.Logo, warnings) is { } logo) html.Append($"<img class=\"logo\" alt=\"\" src=\"{logo}\">\n");
        html.Append($"<p class=\"organisation\" dir=\"auto\">{E(frame.Organisation.Name)}</p>\n");
        if (frame.Classification is not null) html.Append($"<p class=\"marking\" dir=\"auto\">{E(frame.Classification)}</p>\n");
        html.Append($"<p class=\"kind\">{E(content.Kind)}</p>\n<h1 dir=\"auto\">{E(content.Title)}</h1>\n");
        if (!string.IsNullOrWhiteSpace(content.Subtitle)) html.Append($"<p class=\"subtitle\" dir=\"auto\">{E(content.Subtitle)}</p>\n");
        HtmlBlocks.Facts(html, [.. content.Cover, new("As of", Say.Exact(frame.AsOf)), new("Report", frame.ReportId), new("Issued by", Say.Text(frame.IssuedBy)), .. Origin(frame)]);
        if (Verification.Code(frame.VerificationUrl) is { } code) html.Append($"<p class=\"code\"><a href=\"{E(frame.VerificationUrl!)}\">{code}<span>Check this report</span></a></p>\n");
        html.Append("</header>\n<nav aria-label=\"Contents\">\n<h2>Contents</h2>\n<ol>\n");
        foreach (var section in outline.Sections.Prepend(content.Summary)) html.Append($"<li><a href=\"#{E(section.Id)}\">{E(section.Title)}</a></li>\n");
        html.Append("</ol>\n</nav>\n<main>\n");
        foreach (var section in outline.Sections.Prepend(content.Summary)) HtmlBlocks.Section(html, section);
        html.Append("</main>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    public static string E(string text) => Svg.Escape(text);

    private static IEnumerable<Fact> Origin(ReportFrame frame) => frame.Checkpoint is { } point
        ? [new("Log", point.Origin), new("Checkpoint", $"{Say.Count(point.TreeSize)} events, root {point.RootHash}"), new("Signed", Say.Exact(point.SignedAt))]
        : [new("Checkpoint", "none: the log had none yet", Tone.Unknown)];
}

internal static class HtmlLogo
{
    /// <summary>As data: what an image in a page holds is not run.</summary>
    public static string? Of(byte[]? logo, List<string> warnings)
    {
        if (logo is not { Length: > 3 }) return null;
        var type = logo switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
            [0xFF, 0xD8, ..] => "image/jpeg",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => "image/webp",
            _ when Encoding.UTF8.GetString(logo.AsSpan(0, Math.Min(300, logo.Length))).Contains("<svg", StringComparison.Ordinal) => "image/svg+xml",
            _ => null,
        };
        if (type is not null) return $"data:{type};base64,{Convert.ToBase64String(logo)}";
        warnings.Add("The organisation's logo could not be read and is left out: give PNG, JPEG, WebP or SVG.");
        return null;
    }
}
