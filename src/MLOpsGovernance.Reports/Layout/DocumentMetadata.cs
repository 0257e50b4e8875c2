namespace MLOpsGovernance.Reports.Layout;

/// <summary>What a reader's "document properties" show. The times are part of the file: they are given, never taken from a clock.</summary>
public sealed class DocumentMetadata
{
    public static DocumentMetadata Default => new();

    public string? Title { get; set; }

    public string? Author { get; set; }

    public string? Subject { get; set; }

    public string? Keywords { get; set; }

    public string? Creator { get; set; }

    public string? Producer { get; set; }

    public string? Language { get; set; }

    public DateTimeOffset CreationDate { get; set; }

    public DateTimeOffset ModifiedDate { get; set; }
}

public sealed class DocumentSettings
{
    public const int DefaultRasterDpi = 72;

    public static DocumentSettings Default => new();

    public bool PdfA { get; set; }

    public PDFA_Conformance PDFA_Conformance { get; set; }

    public PDFUA_Conformance PDFUA_Conformance { get; set; }

    public bool CompressDocument { get; set; } = true;

    public ImageCompressionQuality ImageCompressionQuality { get; set; } = ImageCompressionQuality.High;

    public int ImageRasterDpi { get; set; } = DefaultRasterDpi * 4;

    public ContentDirection ContentDirection { get; set; }
}

public enum PDFA_Conformance { None = 0, PDFA_2A = 3, PDFA_2B = 4, PDFA_2U = 5, PDFA_3A = 6, PDFA_3B = 7, PDFA_3U = 8 }

public enum PDFUA_Conformance { None = 0, PDFUA_1 = 1 }

public enum ImageCompressionQuality { Best = 0, VeryHigh = 1, High = 2, Medium = 3, Low = 4, VeryLow = 5 }

public enum ContentDirection { LeftToRight = 0, RightToLeft = 1 }
