using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MLOpsGovernance.Cli.Manifests;

/// <summary>
/// One mapping of a manifest. A mistake is noted and reading goes on with a stand-in, so that all of them are found; the values are to be used
/// only after <see cref="ManifestMistakes.RefuseIfAny"/>.
/// </summary>
internal sealed partial class ManifestMap
{
    private readonly ManifestMistakes _mistakes;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly string _what;

    private ManifestMap(ManifestMistakes mistakes, Mark at, string what) => (_mistakes, At, _what) = (mistakes, at, what);

    public Mark At { get; }

    public static ManifestMap Of(ManifestMistakes mistakes, YamlNode node, string what, IReadOnlyList<string> allowed)
    {
        var map = new ManifestMap(mistakes, node.Start, what);
        if (node is not YamlMappingNode mapping)
        {
            mistakes.Add(node.Start, $"{what} is a mapping with the keys {string.Join(", ", allowed)}.");
            return map;
        }

        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } name } || !allowed.Contains(name, StringComparer.Ordinal))
            {
                var given = (key as YamlScalarNode)?.Value ?? "";
                var meant = Suggestion.For(given, allowed) is { } suggestion ? $" Did you mean '{suggestion}'?" : "";
                mistakes.Add(key.Start, $"unknown key '{given}' in {what}.{meant} Allowed: {string.Join(", ", allowed)}.");
                continue;
            }

            map._values[name] = value;
        }

        return map;
    }

    public bool Has(string key) => _values.ContainsKey(key);

    public void Wrong(string key, string why) => _mistakes.Add(_values.TryGetValue(key, out var node) ? node.Start : At, $"{key} of {_what}: {why}");

    public void Fixed(string key, string value)
    {
        if (Text(key) is var given && given != value && Has(key)) Wrong(key, $"'{given}' is not known. Write '{value}'.");
    }

    /// <summary>Exactly one of two keys is there.</summary>
    public void Either(string one, string other)
    {
        if (Has(one) == Has(other)) _mistakes.Add(At, $"{_what} has exactly one of {one} and {other}; here are {(Has(one) ? "both" : "none")}.");
    }

    public string Text(string key) => Scalar(key, required: true)?.Value ?? "";

    public string? OptionalText(string key) => Scalar(key, required: false)?.Value;

    public Located? OptionalLocated(string key) => Scalar(key, required: false) is { Value: { } text } node ? new(text, node.Start) : null;

    /// <summary>A piece of text that has to look like a digest.</summary>
    public string? OptionalDigest(string key)
    {
        var text = OptionalText(key);
        if (text is not null && !MLOpsGovernance.Evidence.Digest.IsWellFormed(text)) Wrong(key, $"'{text}' is no digest. Write sha256: and 64 lower-case hexadecimal digits.");
        return text;
    }

    /// <summary>A digest that must be there.</summary>
    public string Digest(string key)
    {
        if (!Has(key)) Missing(key);
        return OptionalDigest(key) ?? "";
    }

    public long? OptionalWhole(string key, long least, long most)
    {
        if (Scalar(key, required: false) is not { } node) return null;
        if (node.Style is ScalarStyle.Plain && long.TryParse(node.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && whole >= least && whole <= most) return whole;
        Wrong(key, string.Create(CultureInfo.InvariantCulture, $"'{node.Value}' is no whole number from {least} to {most}."));
        return null;
    }

    public long Whole(string key, long least, long most)
    {
        if (!Has(key)) Missing(key);
        return OptionalWhole(key, least, most) ?? least;
    }

    public decimal Number(string key)
    {
        if (Scalar(key, required: true) is not { } node) return 0;
        if (node.Style is ScalarStyle.Plain && decimal.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        Wrong(key, $"'{node.Value}' is no number.");
        return 0;
    }

    public bool Flag(string key)
    {
        if (Scalar(key, required: true) is not { } node) return false;
        if (node is not { Style: ScalarStyle.Plain, Value: "true" or "false" }) Wrong(key, $"'{node.Value}' is neither true nor false.");
        return node.Value == "true";
    }

    /// <summary>Null where the key is absent.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        if (Sequence(key) is not { } items) return null;
        List<string> texts = [];
        foreach (var item in items)
        {
            if (item is YamlScalarNode { Value: { } text } scalar && !IsNull(scalar)) texts.Add(text);
            else _mistakes.Add(item.Start, $"each entry of {key} in {_what} is text.");
        }

        return texts;
    }

    /// <summary>The numbers of a mapping by name; null where the key is absent.</summary>
    public IReadOnlyDictionary<string, double>? Numbers(string key)
    {
        if (!_values.TryGetValue(key, out var node)) return null;
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        if (node is not YamlMappingNode mapping)
        {
            Wrong(key, "it maps names to numbers: {accuracy: 0.97}.");
            return numbers;
        }

        foreach (var (name, value) in mapping.Children)
        {
            if (name is YamlScalarNode { Value: { } text } && value is YamlScalarNode { Style: ScalarStyle.Plain } scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                numbers[text] = number;
            else
                _mistakes.Add(value.Start, $"{key} of {_what}: '{value}' is no finite number.");
        }

        return numbers;
    }

    /// <summary>A list of mappings; null where the key is absent. No two may have the same <paramref name="identity"/>.</summary>
    public IReadOnlyList<T>? Each<T>(string key, IReadOnlyList<string> allowed, Func<ManifestMap, T> read, Func<T, string>? identity = null)
    {
        if (Sequence(key) is not { } items) return null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        List<T> entries = [];
        foreach (var item in items)
        {
            var entry = read(Of(_mistakes, item, $"an entry of {key}", allowed));
            if (identity is not null && !seen.Add(identity(entry))) _mistakes.Add(item.Start, $"'{identity(entry)}' stands twice in {key}.");
            entries.Add(entry);
        }

        return entries;
    }

    [return: MaybeNull]
    public T Child<T>(string key, IReadOnlyList<string> allowed, Func<ManifestMap, T> read) =>
        _values.TryGetValue(key, out var node) ? read(Of(_mistakes, node, key, allowed)) : default;

    private IList<YamlNode>? Sequence(string key)
    {
        if (!_values.TryGetValue(key, out var node)) return null;
        if (node is YamlSequenceNode sequence) return sequence.Children;
        Wrong(key, "it is a list: each entry begins with '- '.");
        return null;
    }

    private YamlScalarNode? Scalar(string key, bool required)
    {
        if (!_values.TryGetValue(key, out var node))
        {
            if (required) Missing(key);
            return null;
        }

        if (node is YamlScalarNode scalar && !IsNull(scalar)) return scalar;
        Wrong(key, node is YamlScalarNode ? "it is empty. Give a value, or leave the key out." : "it is a single value.");
        return null;
    }

    private void Missing(string key) => _mistakes.Add(At, $"{_what} has no {key}, which it needs.");

    private static bool IsNull(YamlScalarNode node) => node.Style is ScalarStyle.Plain && Null().IsMatch(node.Value ?? "");

    // The core schema of YAML 1.2.
    [GeneratedRegex(@"\A(~|null|Null|NULL)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Null();
}
