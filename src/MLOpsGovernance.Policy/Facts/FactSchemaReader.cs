using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Documents;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Facts;

/// <summary>Reads the document of kind FactSchema.</summary>
internal sealed class FactSchemaReader
{
    private static readonly string[] FactKeys = ["type", "optional", "maxItems", "maxLength", "enum", "minimum", "maximum", "description"];

    private readonly Dictionary<string, ObjectType> _types = new(StringComparer.Ordinal);
    private readonly List<RecordShape> _records = [];
    private long _maxItems = Extent.DefaultItems;
    private long _maxLength = Extent.DefaultLength;

    public static FactSchema? Read(string file, YamlNode root, Diagnostics diagnostics)
    {
        if (Section.Open(file, root, "A fact schema", diagnostics, ["apiVersion", "kind", "metadata", "spec"]) is not { } document) return null;
        if (document.Map("metadata", ["name", "version", "title", "description", "owner"]) is { } metadata)
        {
            metadata.Text("name");
            metadata.Text("version");
        }

        return document.Map("spec", ["defaults", "types", "facts"]) is { } spec ? new FactSchemaReader().Spec(file, spec) : null;
    }

    private FactSchema? Spec(string file, Section spec)
    {
        if (spec.Map("defaults", ["maxItems", "maxLength"], required: false) is { } defaults)
        {
            _maxItems = defaults.Whole("maxItems", 0, 1_000_000) ?? _maxItems;
            _maxLength = defaults.Whole("maxLength", 0, 1_000_000) ?? _maxLength;
        }

        // Named first, because types may refer to each other.
        var types = spec.Map("types", null, required: false);
        foreach (var entry in types?.Entries ?? [])
        {
            if (IsName(spec, entry.Key)) _types.TryAdd(entry.Key.Text, new ObjectType(entry.Key.Text));
        }

        foreach (var entry in types?.Entries ?? []) Type(spec, entry);
        if (spec.Map("facts", null) is not { } facts) return null;

        var read = new List<KeyValuePair<string, FactType>>();
        foreach (var entry in facts.Entries)
        {
            if (!IsName(facts, entry.Key)) continue;
            if (entry.Key.Text is "now" or "params" or "variables")
                facts.Error(entry.Key, "schema.reserved", $"'{entry.Key.Text}' is taken: expressions see the clock, parameters and variables under these names.");
            if (Fact(facts, entry) is not { } fact) continue;
            if (fact.Optional)
                facts.Error(entry.Value, "schema.optional-fact", $"A whole fact cannot be optional, because has() asks for fields; make a field of '{entry.Key.Text}' optional.");
            read.Add(new(entry.Key.Text, fact));
        }

        return new(file, read, _records);
    }

    internal static bool IsName(Section at, YamlScalar name)
    {
        if (name.Text.Length is > 0 and <= 64 && !char.IsAsciiDigit(name.Text[0]) && name.Text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')) return true;
        at.Error(name, "schema.name", $"'{name.Text}' is no name: letters, digits and '_', not beginning with a digit, at most 64.");
        return false;
    }

    private void Type(Section spec, YamlEntry entry)
    {
        if (!_types.TryGetValue(entry.Key.Text, out var type)) return;
        if (Section.Open(spec.File, entry.Value, $"The type '{entry.Key.Text}'", spec.Diagnostics, ["fields", "description"]) is not { } section) return;
        if (section.Map("fields", null) is not { } fields) return;

        var (names, facts) = (new List<string>(), new List<FactType>());
        foreach (var field in fields.Entries)
        {
            if (Fact(fields, field) is not { } fact) continue;
            names.Add(field.Key.Text);
            facts.Add(fact);
        }

        type.Fields = [.. names.Zip(facts, static (name, fact) => new ObjectField(name, fact.Type, fact.Optional, fact.Bounds, fact.Enum))];
        _records.Add(new(names, facts, type));
    }

    private FactType? Fact(Section parent, YamlEntry entry)
    {
        if (Section.Open(parent.File, entry.Value, $"'{entry.Key.Text}'", parent.Diagnostics, FactKeys) is not { } section) return null;
        if (section.Scalar("type") is not { } text) return null;
        try
        {
            var type = TypeText.Parse(text.Text, name => _types.GetValueOrDefault(name));
            Bounds(section, text, type, "schema");
            return new(type, section.Flag("optional", false),
                section.Whole("maxItems", 0, 1_000_000) ?? _maxItems, section.Whole("maxLength", 0, 1_000_000) ?? _maxLength,
                section.Has("enum") ? section.Texts("enum") : null, Number(section, "minimum"), Number(section, "maximum"));
        }
        catch (FormatException e)
        {
            section.Error(text, "schema.type", e.Message + ".", Spelling.Nearest(text.Text, _types.Keys));
            return null;
        }
    }

    /// <summary>Bounds are declared where they mean something, and a map is keyed by what JSON can spell.</summary>
    internal static void Bounds(Section section, YamlScalar text, CelType type, string family)
    {
        var leaf = Leaf(type);
        Applies("maxItems", type.Kind is TypeKind.List or TypeKind.Map or TypeKind.Dyn);
        Applies("maxLength", leaf.Kind is TypeKind.String or TypeKind.Bytes or TypeKind.Dyn || type.Kind == TypeKind.Map);
        Applies("enum", leaf.Kind == TypeKind.String);
        Applies("minimum", leaf.Kind is TypeKind.Int or TypeKind.UInt or TypeKind.Double);
        Applies("maximum", leaf.Kind is TypeKind.Int or TypeKind.UInt or TypeKind.Double);
        if (Keys(type).Any(static k => k.Kind is not (TypeKind.String or TypeKind.Int or TypeKind.Dyn)))
            section.Error(text, $"{family}.type", $"'{text.Text}' has keys that JSON cannot spell; a map is keyed by string or int.");

        void Applies(string key, bool applies)
        {
            if (!applies && section.Find(key) is { } node) section.Error(node, $"{family}.ignored", $"'{key}' means nothing for the type {text.Text}; it would be ignored.");
        }
    }

    private static IEnumerable<CelType> Keys(CelType type) => type.Parameters.SelectMany(Keys).Concat(type.Kind == TypeKind.Map ? [type.Parameters[0]] : []);

    private static CelType Leaf(CelType type) => type.Kind is TypeKind.List or TypeKind.Map ? Leaf(type.Parameters[^1]) : type;

    internal static double? Number(Section section, string key)
    {
        if (section.Find(key) is not { } node) return null;
        if (node is YamlScalar { IsPlain: true } scalar && double.TryParse(scalar.Text, System.Globalization.CultureInfo.InvariantCulture, out var value)) return value;
        section.Error(node, "document.form", $"'{key}' must be a number.");
        return null;
    }
}
