using System.Text;
using System.Text.Json.Nodes;
using Microsoft.VisualBasic.FileIO;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Exports;
using MLOpsGovernance.Evidence.Receipts;

namespace MLOpsGovernance.Cli.Verification;

/// <summary>Events as they were exported, lines of JSON or CSV.</summary>
internal static class ExportFile
{
    private static readonly string[] Texts = ["id", "stream", "type", "at", "actor"];

    public static IEnumerable<ExportedEvent> Read(string file) => VerificationKeys.Text(file) is var text && text.StartsWith("\"sequence\"", StringComparison.Ordinal)
        ? Rows(text)
        : text.Split('\n').Where(line => line.Trim().Length > 0).Select(ExportedEvent.Parse);

    private static IEnumerable<ExportedEvent> Rows(string text)
    {
        using var rows = new TextFieldParser(new StringReader(text)) { TextFieldType = FieldType.Delimited, Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        var names = Next(rows)!;
        while (Next(rows) is { } cells) yield return Event(names.Zip(cells).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal));
    }

    private static string[]? Next(TextFieldParser rows)
    {
        try
        {
            return rows.ReadFields();
        }
        catch (MalformedLineException e)
        {
            throw new EvidenceRefusedException(EvidenceRefusals.Receipt, $"Line {e.LineNumber} is no line of CSV.", e);
        }
    }

    private static ExportedEvent Event(Dictionary<string, string> cells)
    {
        try
        {
            var shown = new JsonObject { ["version"] = long.Parse(cells["version"], System.Globalization.CultureInfo.InvariantCulture), ["data"] = JsonNode.Parse(cells["data"]) };
            // What would have been taken for a formula was begun with an apostrophe.
            foreach (var name in Texts) shown[name] = cells[name] is ['\'', '=' or '+' or '-' or '@', ..] guarded ? guarded[1..] : cells[name];
            return new(shown, Convert.FromBase64String(cells["leaf"]), Receipt.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(cells["receipt"]))), cells["apart"] is { Length: > 0 } apart ? Convert.FromBase64String(apart) : null);
        }
        catch (Exception e) when (e is KeyNotFoundException or FormatException or OverflowException or System.Text.Json.JsonException)
        {
            throw new EvidenceRefusedException(EvidenceRefusals.Receipt, "A row is not as it was exported.", e);
        }
    }
}
