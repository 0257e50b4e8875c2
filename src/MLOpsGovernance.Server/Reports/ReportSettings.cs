using MLOpsGovernance.Reports;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Reports;

/// <summary>What stands on every report of this organisation.</summary>
/// <param name="Classification">The marking on every page; null for none.</param>
/// <param name="VerificationUrl">Where anybody can check a report; <c>{id}</c> stands for the report's id. Null leaves the code to scan out.</param>
/// <param name="Appetite">The limits that risk indicators are held against.</param>
internal sealed record ReportSettings(Organisation Organisation, string? Classification, string? VerificationUrl, string? FontFolder, RiskAppetite Appetite)
{
    private const int MostLogo = 512 * 1024;

    /// <exception cref="StartupException">A file that is named is not there, or a limit is no number.</exception>
    public static ReportSettings Of(IConfiguration settings)
    {
        var section = settings.GetSection("Reports");
        return new(
            new(section["Organisation"] is { Length: > 0 } name ? name : "MLOpsGovernance", Logo(section["LogoFile"])), section["Classification"], section["VerificationUrl"], Folder(section["FontFolder"]),
            new(Limit(section, "DenialRate", 0.2), Limit(section, "OverdueFindings", 0), Limit(section, "UnconfirmedClasses", 0), Limit(section, "LiveHighFindings", 0), Limit(section, "WaiversInForce", 5)));
    }

    private static byte[]? Logo(string? file)
    {
        if (file is not { Length: > 0 }) return null;
        if (!File.Exists(file)) throw new StartupException($"Reports__LogoFile names {file}, where there is no file.");
        return new FileInfo(file).Length <= MostLogo ? File.ReadAllBytes(file) : throw new StartupException($"Reports__LogoFile may have {MostLogo / 1024} KiB.");
    }

    private static string? Folder(string? folder) =>
        folder is not { Length: > 0 } ? null : Directory.Exists(folder) ? folder : throw new StartupException($"Reports__FontFolder names {folder}, where there is no folder.");

    private static double Limit(IConfigurationSection section, string name, double fallback) => section.GetValue($"Appetite:{name}", fallback) is var limit and >= 0 && double.IsFinite(limit)
        ? limit
        : throw new StartupException($"Reports__Appetite__{name} must be a number of at least 0.");
}

/// <param name="DenialRate">Part of the gate's decisions in the period that may be denials, 0 to 1.</param>
internal sealed record RiskAppetite(double DenialRate, double OverdueFindings, double UnconfirmedClasses, double LiveHighFindings, double WaiversInForce);
