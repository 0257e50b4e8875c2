using System.Globalization;
using MLOpsGovernance.Reports.Layout.Drawing;

namespace MLOpsGovernance.Reports.Engines;

/// <summary>How a document becomes bytes: by the layout layer on Skia.</summary>
internal static class PdfEngine
{
    private const int MostNamed = 20;

    public static (byte[] Pdf, int? Pages) Write(IDocument document, List<string> warnings)
    {
        try
        {
            var written = PdfWriter.Write(document, FontManager.Library);
            if (written.Missing.Count > 0)
                warnings.Add($"{written.Missing.Count} characters have no font here and are shown as a replacement: {string.Join(", ", written.Missing.Take(MostNamed).Select(static c => $"U+{c.ToString("X4", CultureInfo.InvariantCulture)}"))}{(written.Missing.Count > MostNamed ? " and more" : "")}. Install a font that has them, or name a folder with one.");
            return (written.Pdf, written.Pages);
        }
        catch (Exception e) when (e is DocumentLayoutException or DocumentDrawingException)
        {
            throw new ReportException(e.Message, e);
        }
    }

    public static void UseFonts(string? folder) => FontManager.UseFolder(folder);

    public static string? WhyNot()
    {
        try
        {
            FontManager.Library.EnsureAny();
            return null;
        }
        catch (DocumentDrawingException e)
        {
            return e.Message;
        }
    }

    /// <summary>Draws it on nothing, to know whether it can be drawn.</summary>
    public static bool CanRead(byte[] logo, bool svg)
    {
        try
        {
            if (svg) SvgPicture.Parse(System.Text.Encoding.UTF8.GetString(logo));
            else Image.FromBinaryData(logo).Dispose();
            return true;
        }
        catch (DocumentComposeException)
        {
            return false;
        }
    }
}
