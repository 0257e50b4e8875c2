using System.Globalization;
using System.Text.Json;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>A mapping that is read by a fixed list of keys. What is missing, unknown or of the wrong form becomes an error with its place.</summary>
internal sealed class Section
{
    private readonly YamlMapping _mapping;
    private readonly string _what;

    private Section(string file, YamlMapping mapping, string what, Diagnostics diagnostics) =>
        (File, _mapping, _what, Diagnostics) = (file, mapping, what, diagnostics);

    public string File { get; }

    public Diagnostics Diagnostics { get; }

    public YamlNode Node => _mapping;

    /// <summary>Null, with an error, when the node is no mapping.</summary>
    /// <param name="keys">The keys that may appear; null for a mapping whose keys are names of the author.</param>
    public static Section? Open(string file, YamlNode node, string what, Diagnostics diagnostics, string[]? keys)
    {
        if (node is not YamlMapping mapping)
        {
            diagnostics.Error(file, node, "document.form", $"{what} must be a mapping of keys and values.");
            return null;
        }

        foreach (var entry in keys is null ? [] : mapping.Entries)
        {
            if (!keys!.Contains(entry.Key.Text, StringComparer.Ordinal))
                diagnostics.Error(file, entry.Key, "document.unknown-key", $"{what} has no key '{entry.Key.Text}'; it has {string.Join(", ", keys!)}.", Spelling.Nearest(entry.Key.Text, keys!));
        }

        return new(file, mapping, what, diagnostics);
    }

    public void Error(YamlNode at, string code, string message, string? suggestion = null) => Diagnostics.Error(File, at, code, message, suggestion);

    public bool Has(string key) => _mapping.Find(key) is not null;

    public YamlNode? Find(string key) => _mapping.Find(key)?.Value;

    public IEnumerable<YamlEntry> Entries => _mapping.Entries;

    public YamlNode? Require(string key)
    {
        var found = Find(key);
        if (found is null) Error(_mapping, "document.missing-key", $"{_what} needs '{key}'.");
        return found;
    }

    public Section? Map(string key, string[]? keys, bool required = true) =>
        (required ? Require(key) : Find(key)) is { } node ? Open(File, node, $"'{key}'", Diagnostics, keys) : null;

    /// <summary>Every item of a list of mappings.</summary>
    public IEnumerable<Section> Items(string key, string what, string[] keys, bool required = false)
    {
        if ((required ? Require(key) : Find(key)) is not { } node) yield break;
        if (node is not YamlSequence sequence)
        {
            Error(node, "document.form", $"'{key}' must be a list.");
            yield break;
        }

        foreach (var item in sequence.Items)
        {
            if (Open(File, item, what, Diagnostics, keys) is { } section) yield return section;
        }
    }

    /// <summary>A string that is not blank, or null with an error.</summary>
    public YamlScalar? Scalar(string key, bool required = true)
    {
        if ((required ? Require(key) : Find(key)) is not { } node) return null;
        if (node is not YamlScalar scalar)
        {
            Error(node, "document.form", $"'{key}' must be a text.");
            return null;
        }

        if (YamlJson.KindOf(scalar) != JsonValueKind.String)
        {
            Error(node, "document.form", scalar.Text.Length == 0 ? $"'{key}' must not be empty." : $"'{key}' must be a text; write \"{scalar.Text}\" in quotes.");
            return null;
        }

        if (!string.IsNullOrWhiteSpace(scalar.Text)) return scalar;
        Error(node, "document.form", $"'{key}' must not be blank.");
        return null;
    }

    public string? Text(string key, bool required = true) => Scalar(key, required)?.Text;

    public bool Flag(string key, bool otherwise)
    {
        if (Find(key) is not { } node) return otherwise;
        var kind = node is YamlScalar scalar ? YamlJson.KindOf(scalar) : JsonValueKind.Undefined;
        if (kind is JsonValueKind.True or JsonValueKind.False) return kind == JsonValueKind.True;
        Error(node, "document.form", $"'{key}' must be true or false.");
        return otherwise;
    }

    public long? Whole(string key, long least, long most)
    {
        if (Find(key) is not { } node) return null;
        if (node is YamlScalar { IsPlain: true } scalar && YamlJson.TryInteger(scalar.Text, out var value) && value >= least && value <= most) return value;
        Error(node, "document.form", string.Create(CultureInfo.InvariantCulture, $"'{key}' must be a whole number from {least} to {most}."));
        return null;
    }

    /// <summary>One of the words, or null with an error.</summary>
    public string? OneOf(string key, string[] words, bool required)
    {
        if (Scalar(key, required) is not { } scalar) return null;
        if (words.Contains(scalar.Text, StringComparer.Ordinal)) return scalar.Text;
        Error(scalar, "document.value", $"'{key}' must be one of {string.Join(", ", words)}, not '{scalar.Text}'.", Spelling.Nearest(scalar.Text, words));
        return null;
    }

    public IReadOnlyList<string> Texts(string key, bool required = false) => [.. Scalars(key, required).Select(static s => s.Text)];

    /// <summary>The texts of a list with their places.</summary>
    public IReadOnlyList<YamlScalar> Scalars(string key, bool required = false)
    {
        if ((required ? Require(key) : Find(key)) is not { } node) return [];
        if (node is not YamlSequence sequence)
        {
            Error(node, "document.form", $"'{key}' must be a list of texts.");
            return [];
        }

        var texts = new List<YamlScalar>();
        foreach (var item in sequence.Items)
        {
            if (item is YamlScalar scalar && YamlJson.KindOf(scalar) == JsonValueKind.String && scalar.Text.Length > 0) texts.Add(scalar);
            else Error(item, "document.form", $"'{key}' must be a list of texts; quote what looks like a number.");
        }

        return texts;
    }

    /// <summary>An RFC 3339 instant, or a date that means its first moment in UTC.</summary>
    public DateTimeOffset? Instant(string key, bool required)
    {
        if (Scalar(key, required) is not { } scalar) return null;
        var text = scalar.Text.Length == 10 ? scalar.Text + "T00:00:00Z" : scalar.Text;
        if (Instants.TryParse(text, out var value)) return value;
        Error(scalar, "document.value", $"'{key}' must be an RFC 3339 timestamp such as 2026-08-10T12:00:00Z.");
        return null;
    }
}
