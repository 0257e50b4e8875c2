namespace MLOpsGovernance.Domain.Findings;

/// <summary>How long a finding may stay open where nobody said otherwise: critical 7 days, high 30, medium 90, low 180.</summary>
public static class FindingDue
{
    public const int CriticalDays = 7, HighDays = 30, MediumDays = 90, LowDays = 180;

    public static DateTimeOffset After(DateTimeOffset opened, string severity) => opened.AddDays(severity switch
    {
        "critical" => CriticalDays,
        "high" => HighDays,
        "medium" => MediumDays,
        _ => LowDays,
    });
}
