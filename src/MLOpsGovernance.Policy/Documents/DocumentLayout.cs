using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>Formats one file by moving its lines.</summary>
internal static class DocumentLayout
{
    /// <summary>The formatted text, or null with errors.</summary>
    public static string? Format(PolicyFile file, Diagnostics diagnostics)
    {
        file = file with { Text = file.Text.TrimStart('\uFEFF') };
        if (YamlReader.Read(file, diagnostics) is not { } before || DocumentHead.Read(file.Path, before, diagnostics) is not { } kind) return null;
        var form = kind switch { DocumentHead.Policy => PolicyForm.Document, DocumentHead.PolicyTest => PolicyTestForm.Document, _ => null };
        var lines = file.Text.ReplaceLineEndings("\n").Split('\n').ToList();
        if (form is not null) Order(file, form, ref lines);
        var text = Tidy(file, lines);

        var after = YamlReader.Read(file with { Text = text }, new Diagnostics());
        if (after is not null && Meaning(after) == Meaning(before) && Comments(text).SequenceEqual(Comments(file.Text), StringComparer.Ordinal)) return text;
        diagnostics.Error(file.Path, 1, 1, "format.unsafe", "The file cannot be formatted without changing what it says; it is left as it is.");
        return null;
    }

    private static string Meaning(YamlNode root) => Digest.Sha256(CanonicalJson.Of(YamlJson.Utf8(root).AsMemory()));

    private static IEnumerable<string> Comments(string text) =>
        text.Split('\n').Where(static l => l.Contains('#', StringComparison.Ordinal)).Select(static l => l.Trim().TrimStart('-', ' ')).Order(StringComparer.Ordinal);

    /// <summary>One mapping after the other, each time by the places that the lines have then.</summary>
    private static void Order(PolicyFile file, Form form, ref List<string> lines)
    {
        for (var turn = 0; turn < 10_000; turn++)
        {
            var diagnostics = new Diagnostics();
            if (YamlReader.Read(file with { Text = string.Join('\n', lines) }, diagnostics) is not YamlMapping root) return;
            if (Disordered(root, form, lines.Count + 1, lines) is not { } found) return;
            lines = Moved(lines, found);
        }
    }

    /// <param name="Starts">The line on which each entry begins, comments above it included, in the order of the file; 1-based.</param>
    /// <param name="End">The line behind the last entry.</param>
    private sealed record Block(YamlMapping Mapping, Form Form, int[] Starts, int End);

    private static Block? Disordered(YamlMapping mapping, Form form, int end, List<string> lines)
    {
        if (mapping.Entries.Count == 0 || !IsBlock(mapping)) return null;
        // What stands above the first key of the file is about the file.
        var starts = mapping.Entries.Select((e, i) => i == 0 && (e.Key.Column == 1 || !string.IsNullOrWhiteSpace(Before(e.Key, lines))) ? e.Key.Line : Above(e.Key, lines)).ToArray();
        var places = mapping.Entries.Select(e => Array.IndexOf(form.Names, e.Key.Text)).ToList();
        if (places.Contains(-1)) return null;
        if (!places.SequenceEqual(places.Order())) return new(mapping, form, starts, end);
        for (var i = 0; i < mapping.Entries.Count; i++)
        {
            var next = i + 1 < starts.Length ? starts[i + 1] : end;
            if (Below(mapping.Entries[i].Value, form.Find(mapping.Entries[i].Key.Text)!.Value, next, lines) is { } found) return found;
        }

        return null;
    }

    private static Block? Below(YamlNode node, FormValue value, int end, List<string> lines)
    {
        switch (node, value)
        {
            case (YamlMapping mapping, FormValue.Record record): return Disordered(mapping, record.Form, end, lines);
            case (YamlMapping named, FormValue.Named { Value: FormValue.Record inner }) when IsBlock(named):
                for (var i = 0; i < named.Entries.Count; i++)
                {
                    var next = i + 1 < named.Entries.Count ? Above(named.Entries[i + 1].Key, lines) : end;
                    if (Below(named.Entries[i].Value, inner, next, lines) is { } found) return found;
                }

                return null;
            case (YamlSequence list, FormValue.Records records):
                for (var i = 0; i < list.Items.Count; i++)
                {
                    var next = i + 1 < list.Items.Count ? Above(list.Items[i + 1], lines) : end;
                    if (list.Items[i] is YamlMapping item && Disordered(item, records.Form, next, lines) is { } found) return found;
                }

                return null;
            default: return null;
        }
    }

    /// <summary>Whether every key begins a line of its own, at one depth; a flow mapping is the author's own line.</summary>
    private static bool IsBlock(YamlMapping mapping) =>
        mapping.Entries.Zip(mapping.Entries.Skip(1)).All(static pair => pair.Second.Key.Line > pair.First.Key.Line && pair.Second.Key.Column == pair.First.Key.Column)
        && (mapping.Entries.Count == 0 || mapping.Column == mapping.Entries[0].Key.Column);

    /// <summary>The first of the comment lines that stand right above something at its depth, or its own line.</summary>
    private static int Above(YamlNode node, List<string> lines)
    {
        var line = node.Line;
        while (line > 1 && lines[line - 2].TrimStart() is ['#', ..] && Indent(lines[line - 2]) == Indent(lines[node.Line - 1])) line--;
        return line;
    }

    private static string Before(YamlScalar key, List<string> lines) => lines[key.Line - 1][..(key.Column - 1)];

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;

    private static List<string> Moved(List<string> lines, Block block)
    {
        var (first, column) = (block.Starts[0], block.Mapping.Entries[0].Key.Column);
        // The dash of a list item stays where it is, whichever key comes to stand behind it.
        var dash = Before(block.Mapping.Entries[0].Key, lines);
        var parts = block.Mapping.Entries.Select((entry, i) =>
        {
            var (from, to) = (block.Starts[i], i + 1 < block.Starts.Length ? block.Starts[i + 1] : block.End);
            var part = lines.GetRange(from - 1, to - from);
            if (i == 0) part[0] = new string(' ', column - 1) + part[0][(column - 1)..];
            return (Place: Array.IndexOf(block.Form.Names, entry.Key.Text), Lines: part);
        }).OrderBy(static p => p.Place).Select(static p => p.Lines).ToList();

        // An empty line parts an item from the next one and stays behind the last key.
        var behind = parts.SelectMany(static p => Trailing(p)).Distinct(StringComparer.Ordinal).Take(1).ToList();
        var moved = parts.SelectMany(static p => p.Take(p.Count - Trailing(p).Count())).ToList();
        if (moved[0].TrimStart() is ['#', ..] && dash.Contains('-', StringComparison.Ordinal)) moved[0] = dash + moved[0].TrimStart();
        else moved[0] = dash + moved[0][(column - 1)..];
        return [.. lines.Take(first - 1), .. moved, .. behind, .. lines.Skip(block.End - 1)];
    }

    private static IEnumerable<string> Trailing(List<string> part) => Enumerable.Reverse(part).TakeWhile(string.IsNullOrWhiteSpace).ToList();

    private static string Tidy(PolicyFile file, List<string> lines)
    {
        var held = Held(YamlReader.Read(file with { Text = string.Join('\n', lines) }, new Diagnostics()), lines);
        var tidy = new List<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = held.Contains(i + 1) ? lines[i] : lines[i].TrimEnd();
            if (line.Length == 0 && !held.Contains(i + 1) && (tidy.Count == 0 || tidy[^1].Length == 0)) continue;
            tidy.Add(line);
        }

        while (tidy.Count > 0 && tidy[^1].Length == 0) tidy.RemoveAt(tidy.Count - 1);
        return string.Join('\n', tidy) + "\n";
    }

    /// <summary>Lines inside texts of several lines, whose blanks may mean something.</summary>
    private static HashSet<int> Held(YamlNode? root, List<string> lines)
    {
        var held = new HashSet<int>();
        var pending = new Stack<(YamlNode Node, int End)>();
        if (root is not null) pending.Push((root, lines.Count + 1));
        while (pending.TryPop(out var at))
        {
            switch (at.Node)
            {
                case YamlMapping mapping:
                    for (var i = 0; i < mapping.Entries.Count; i++) pending.Push((mapping.Entries[i].Value, i + 1 < mapping.Entries.Count ? mapping.Entries[i + 1].Key.Line : at.End));
                    break;
                case YamlSequence list:
                    for (var i = 0; i < list.Items.Count; i++) pending.Push((list.Items[i], i + 1 < list.Items.Count ? list.Items[i + 1].Line : at.End));
                    break;
                case YamlScalar { IsPlain: false } text:
                    // Empty lines and comments before the next thing are no part of the text.
                    var end = at.End;
                    while (end > text.Line + 1 && string.IsNullOrWhiteSpace(lines[end - 2])) end--;
                    for (var line = text.Line; end > text.Line + 1 && line < end; line++) held.Add(line);
                    break;
            }
        }

        return held;
    }
}
