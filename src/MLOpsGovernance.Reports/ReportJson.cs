using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MLOpsGovernance.Reports.Advice;
using MLOpsGovernance.Reports.AuditPeriods;
using MLOpsGovernance.Reports.Compliance;
using MLOpsGovernance.Reports.Portfolio;
using MLOpsGovernance.Reports.Recalls;

namespace MLOpsGovernance.Reports;

/// <summary>Report models as JSON: properties in the order in which they are declared, numbers that are none as <c>"NaN"</c>, so that equal models are equal text.</summary>
public static class ReportJson
{
    public static JsonSerializerOptions Options { get; } = Made();

    public static byte[] Write(Report report) => JsonSerializer.SerializeToUtf8Bytes(report, report.GetType(), Options);

    /// <exception cref="JsonException">It is no report of a known kind.</exception>
    public static Report Read(ReadOnlySpan<byte> json)
    {
        using var document = JsonDocument.Parse(json.ToArray());
        var kind = document.RootElement.TryGetProperty("kind", out var said) ? said.GetString() : null;
        var type = kind switch
        {
            "model-compliance" => typeof(ModelComplianceReport),
            "portfolio" => typeof(PortfolioReport),
            "audit-period" => typeof(AuditPeriodReport),
            "maturity" => typeof(MaturityReport),
            "recall" => typeof(RecallReport),
            _ => throw new JsonException($"'{kind}' is no kind of report; there are model-compliance, portfolio, audit-period, maturity and recall."),
        };
        return (Report)document.RootElement.Deserialize(type, Options)!;
    }

    private static JsonSerializerOptions Made()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Names in any script are readable; what HTML could take for markup stays escaped.
            Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
            WriteIndented = true,
            NewLine = "\n",
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
