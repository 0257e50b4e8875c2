using System.Buffers;
using System.Text.Json;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;
using MLOpsGovernance.Policy.Facts;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>Reads declared parameters: each has a type, bounds and a default that fits them.</summary>
internal static class ParameterReader
{
    public static (FactSchema Schema, byte[] Defaults) Read(string file, Section? parameters)
    {
        var declared = new List<KeyValuePair<string, FactType>>();
        var defaults = new List<YamlEntry>();
        foreach (var entry in parameters?.Entries ?? [])
        {
            if (!FactSchemaReader.IsName(parameters!, entry.Key) || Parameter(parameters!, entry) is not { } type) continue;
            declared.Add(new(entry.Key.Text, type.Type));
            defaults.Add(new(entry.Key, type.Default));
        }

        var schema = new FactSchema(file, declared, []);
        var json = YamlJson.Utf8(new YamlMapping(defaults, 1, 1));
        Verify(parameters, schema, json, defaults);
        return (schema, json);
    }

    private static (FactType Type, YamlNode Default)? Parameter(Section parameters, YamlEntry entry)
    {
        if (Section.Open(parameters.File, entry.Value, $"The parameter '{entry.Key.Text}'", parameters.Diagnostics, PolicyForm.Parameter.Names) is not { } section) return null;
        var (text, otherwise) = (section.Scalar("type"), section.Require("default"));
        if (text is null || otherwise is null) return null;
        try
        {
            var type = TypeText.Parse(text.Text, static _ => null);
            FactSchemaReader.Bounds(section, text, type, "policy");
            return (new(type, false, section.Whole("maxItems", 0, 100_000) ?? 100, section.Whole("maxLength", 0, 100_000) ?? 256,
                section.Has("enum") ? section.Texts("enum") : null, FactSchemaReader.Number(section, "minimum"), FactSchemaReader.Number(section, "maximum")), otherwise);
        }
        catch (FormatException e)
        {
            section.Error(text, "policy.type", e.Message + ".");
            return null;
        }
    }

    private static void Verify(Section? parameters, FactSchema schema, byte[] json, List<YamlEntry> defaults)
    {
        var (values, problem) = FactReader.Read(json, schema, Everything(schema));
        if (problem is not null) parameters!.Error(parameters.Node, "policy.parameter", $"The defaults cannot be read: {problem}.");
        for (var i = 0; i < values.Length; i++)
        {
            if (FirstError(values[i]) is { } wrong)
                parameters!.Error(defaults[i].Value, "policy.parameter", $"The default of '{schema.Names[i]}' does not fit its declaration: {wrong}.");
        }
    }

    public static bool[] Everything(FactSchema schema) => [.. schema.Names.Select(static _ => true)];

    /// <summary>The message of the first error inside a value.</summary>
    public static string? FirstError(in CelValue value)
    {
        if (value.Kind == CelKind.Error) return value.Failure.Message;
        if (value.Kind is not (CelKind.List or CelKind.Map)) return null;
        foreach (ref readonly var item in value.Kind == CelKind.List ? value.List.Items : value.Map.Values)
        {
            if (FirstError(item) is { } wrong) return wrong;
        }

        return null;
    }

    /// <summary>The defaults with some of them replaced, as JSON.</summary>
    public static byte[] Override(byte[] defaults, YamlMapping given)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        using (var document = JsonDocument.Parse(defaults))
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (given.Find(member.Name) is { } other)
                {
                    writer.WritePropertyName(member.Name);
                    writer.WriteRawValue(YamlJson.Utf8(other.Value));
                }
                else member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
