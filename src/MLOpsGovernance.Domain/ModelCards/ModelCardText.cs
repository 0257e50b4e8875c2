using System.Text;

namespace MLOpsGovernance.Domain.ModelCards;

/// <summary>The same card for people, in Markdown. What was typed by somebody is shown as they typed it and never as markup.</summary>
public static class ModelCardText
{
    public static string Of(CardSubject subject)
    {
        var (model, version, text) = (subject.Model, subject.Version, new StringBuilder());
        Line($"# {subject.Name}, version {subject.Number}");
        Paragraph(subject.Purpose);
        Line("| | |", "|---|---|");
        Row("Team", model.Team);
        Row("Registered", CardSubject.Day(version.RegisteredAt));
        Row("Risk", model.ConfirmedRisk is { } risk ? $"{risk.EuAiAct} (EU AI Act), tier {risk.Tier}" : "not confirmed; judged as high, tier 1");
        Row("Purposes", string.Join(", ", model.Purposes));
        Row("Framework", version.Framework);
        Row("Artifact", version.ArtifactDigest);
        Row("Image", version.ImageDigest);
        Row("Commit", version.Commit);
        Row("Run", version.Run);
        Row("Supplier", version.Descriptor is { } d ? $"{d.Supplier}, {d.Product} {d.ProductVersion}".TrimEnd() : null);
        Line();

        Section("About", subject.Documentation is { } words ? [Escaped(words)] : []);
        Section("Data", Table(["Dataset", "Version", "Sensitivity", "Personal data", "Trained on"], subject.Datasets.Select(x => new[]
        {
            x.Reference.Name, x.Reference.Version, x.Class.Class.Sensitivity, x.Class.Class.PersonalData ? "yes" : "no", x.Trained ? "yes" : "source",
        })));
        Section("Metrics", Table(["Metric", "Value"], version.Metrics.OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => new[] { m.Name, CardSubject.Figure(m.Value) })));
        Section("Limitations", [.. subject.Limitations.Select(l => $"- {Escaped(l)}")]);
        return text.ToString();

        void Line(params string[] lines)
        {
            foreach (var line in lines is [] ? [""] : lines) text.Append(line).Append('\n');
        }

        void Paragraph(string? words)
        {
            Line();
            if (words is not null) Line(Escaped(words), "");
        }

        void Row(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) Line($"| {name} | {Cell(value)} |");
        }

        void Section(string title, IReadOnlyList<string> lines)
        {
            if (lines.Count == 0) return;
            Line($"## {title}", "");
            Line([.. lines]);
            Line();
        }
    }

    private static IReadOnlyList<string> Table(string[] head, IEnumerable<string[]> rows)
    {
        string[] body = [.. rows.Select(r => $"| {string.Join(" | ", r.Select(Cell))} |")];
        return body.Length == 0 ? [] : [$"| {string.Join(" | ", head)} |", $"|{string.Concat(Enumerable.Repeat("---|", head.Length))}", .. body];
    }

    private static string Cell(string text) => Escaped(text).ReplaceLineEndings(" ");

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text.Trim())
        {
            if (c is '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '<' or '>' or '#' or '|' or '~') escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
