using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace MLOpsGovernance.Policy.Yaml;

/// <summary>YAML values as JSON by the core schema of YAML 1.2: what digests are taken over, and what test facts become.</summary>
internal static class YamlJson
{
    public static byte[] Utf8(YamlNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Write(node, writer);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(YamlNode node, Utf8JsonWriter to)
    {
        switch (node)
        {
            case YamlMapping mapping:
                to.WriteStartObject();
                foreach (var entry in mapping.Entries)
                {
                    to.WritePropertyName(entry.Key.Text);
                    Write(entry.Value, to);
                }

                to.WriteEndObject();
                break;
            case YamlSequence sequence:
                to.WriteStartArray();
                foreach (var item in sequence.Items) Write(item, to);
                to.WriteEndArray();
                break;
            case YamlScalar scalar: WriteScalar(scalar, to); break;
        }
    }

    private static void WriteScalar(YamlScalar scalar, Utf8JsonWriter to)
    {
        switch (KindOf(scalar))
        {
            case JsonValueKind.Null: to.WriteNullValue(); break;
            case JsonValueKind.True: to.WriteBooleanValue(true); break;
            case JsonValueKind.False: to.WriteBooleanValue(false); break;
            case JsonValueKind.Number when TryInteger(scalar.Text, out var integer): to.WriteNumberValue(integer); break;
            case JsonValueKind.Number: to.WriteNumberValue(double.Parse(scalar.Text, CultureInfo.InvariantCulture)); break;
            default: to.WriteStringValue(scalar.Text); break;
        }
    }

    /// <summary>What a plain scalar means; everything quoted or in a block is a string.</summary>
    public static JsonValueKind KindOf(YamlScalar scalar) => !scalar.IsPlain ? JsonValueKind.String : scalar.Text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => JsonValueKind.Null,
        "true" or "True" or "TRUE" => JsonValueKind.True,
        "false" or "False" or "FALSE" => JsonValueKind.False,
        _ when IsNumber(scalar.Text) => JsonValueKind.Number,
        _ => JsonValueKind.String,
    };

    private static bool IsNumber(string text)
    {
        if (TryInteger(text, out _)) return true;
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return text.AsSpan().ContainsAnyInRange('0', '9')
            && double.TryParse(text, styles, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
    }

    public static bool TryInteger(string text, out long value)
    {
        var digits = text.AsSpan();
        if (digits.StartsWith("0x", StringComparison.Ordinal))
            return long.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }
}
