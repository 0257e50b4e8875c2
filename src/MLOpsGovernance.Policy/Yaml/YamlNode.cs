using YamlDotNet.Core;

namespace MLOpsGovernance.Policy.Yaml;

/// <summary>A YAML value with its place in the file: 1-based line and column.</summary>
internal abstract record YamlNode(int Line, int Column);

internal sealed record YamlMapping(IReadOnlyList<YamlEntry> Entries, int Line, int Column) : YamlNode(Line, Column)
{
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key.Text == key);
}

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

internal sealed record YamlSequence(IReadOnlyList<YamlNode> Items, int Line, int Column) : YamlNode(Line, Column);

/// <param name="Text">The text after folding and unescaping.</param>
/// <param name="Index">Where the scalar begins in the file's text.</param>
internal sealed record YamlScalar(string Text, ScalarStyle Style, string File, int Index, int Line, int Column) : YamlNode(Line, Column)
{
    public bool IsPlain => Style == ScalarStyle.Plain;

    /// <summary>
    /// The place of a position in <see cref="Text"/>. Folding changes white space only, so the n-th visible character of the text is the
    /// n-th visible character of the scalar in the file.
    /// </summary>
    public (int Line, int Column) Locate(int offset)
    {
        var visible = 0;
        for (var i = 0; i < Math.Min(offset, Text.Length); i++) visible += char.IsWhiteSpace(Text[i]) ? 0 : 1;

        var (at, line, column) = (Index, Line, Column);
        void Step()
        {
            if (File[at] == '\n') (line, column) = (line + 1, 1);
            else column++;
            at++;
        }

        if (Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            while (at < File.Length && File[at] != '\n') Step();
        }
        else if (Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted) Step();

        for (var left = visible; at < File.Length; Step())
        {
            if (char.IsWhiteSpace(File[at])) continue;
            if (left-- == 0) break;
        }

        return (line, column);
    }
}
