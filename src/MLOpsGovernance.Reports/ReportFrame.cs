namespace MLOpsGovernance.Reports;

/// <summary>What every report says about itself, on its cover and on every page.</summary>
public sealed record ReportFrame
{
    /// <summary>The report's own id, under which it is recorded.</summary>
    public required string ReportId { get; init; }

    /// <summary>The moment whose state it shows. It is the only time in a report that is not data: nothing is taken from a clock.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Who issued it, as shown; null where nobody in particular did (a schedule).</summary>
    public string? IssuedBy { get; init; }

    public required Organisation Organisation { get; init; }

    /// <summary>The marking on every page, for instance <c>Confidential</c>; null for none.</summary>
    public string? Classification { get; init; }

    /// <summary>The state of the log that it was drawn from; null where there was none yet.</summary>
    public ReportCheckpoint? Checkpoint { get; init; }

    /// <summary>Where anybody can check this report; becomes the code to scan. Null for none.</summary>
    public string? VerificationUrl { get; init; }
}

/// <param name="Logo">PNG, JPEG, WebP, or SVG as UTF-8; null for none. What cannot be read is left out with a warning.</param>
public sealed record Organisation(string Name, byte[]? Logo = null);

/// <param name="Origin">Name of the log.</param>
/// <param name="TreeSize">How many events it held.</param>
/// <param name="RootHash">As base64, as in the signed checkpoint.</param>
public sealed record ReportCheckpoint(string Origin, long TreeSize, string RootHash, DateTimeOffset? SignedAt = null);

/// <summary>A span of time, its end not included.</summary>
public sealed record ReportPeriod(DateTimeOffset From, DateTimeOffset To);

/// <summary>How something stands. It is shown in colour and as a word, never in colour alone.</summary>
public enum Tone
{
    Neutral,
    Good,
    Attention,
    Bad,

    /// <summary>Nothing is known, which is not good.</summary>
    Unknown,
}

/// <summary>A sum of money. Both parts may be odd: negative, or not a number where an estimate has no value.</summary>
public sealed record Money(double Amount, string Currency);
