namespace MLOpsGovernance.Reports.Engines;

/// <summary>How a document becomes bytes: by QuestPDF, whose licence the operator's configuration says, never we.</summary>
internal static class PdfEngine
{
    public static (byte[] Pdf, int? Pages) Write(IDocument document, List<string> warnings)
    {
        try
        {
            return (document.GeneratePdf(), null);
        }
        catch (Exception e) when (e is QuestPDF.Drawing.Exceptions.DocumentLayoutException or QuestPDF.Drawing.Exceptions.DocumentDrawingException)
        {
            throw new ReportException(e.Message, e);
        }
    }

    public static void UseFonts(string? folder)
    {
        if (folder is not null) QuestPDF.Settings.FontDiscoveryPaths.Add(folder);
    }

    public static string? WhyNot() => null;

    public static bool CanRead(byte[] logo, bool svg) => logo.Length > 0;
}
