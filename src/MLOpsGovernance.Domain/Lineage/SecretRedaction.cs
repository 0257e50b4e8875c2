using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MLOpsGovernance.Domain.Lineage;

/// <summary>
/// Writes a body as it is kept: without passwords and tokens, which stand in connection strings and Spark properties, and with its members in one order, so that the same body has the same digest. Numbers stay as they were written.
/// </summary>
public static partial class SecretRedaction
{
    public const string Redacted = "***";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <exception cref="InvalidOperationException">A text in it is no Unicode.</exception>
    public static ReadOnlyMemory<byte> Write(JsonElement body)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, Options)) Write(writer, body, secret: false);
        return buffer.WrittenMemory;
    }

    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny('=', '@', ':')) return text;
        var without = UserInfo().Replace(text, "${scheme}");
        return Assignment().Replace(without, $"${{name}}{Redacted}");
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, bool secret)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var (name, member) in Members(value))
                {
                    writer.WritePropertyName(name);
                    Write(writer, member, IsSecret(name));
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(writer, item, secret);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(secret ? Redacted : Of(value.GetString()!));
                break;
            default:
                writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
                break;
        }
    }

    /// <summary>Of a member that is given twice the last counts, as everywhere.</summary>
    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement value)
    {
        List<(string Name, JsonElement Value)> members = [.. value.EnumerateObject().Select(p => (p.Name, p.Value))];
        // Stable, so that of equal names the last comes last.
        var ordered = members.OrderBy(m => m.Name, StringComparer.Ordinal).ToList();
        for (var i = 0; i < ordered.Count; i++)
            if (i + 1 == ordered.Count || ordered[i + 1].Name != ordered[i].Name) yield return ordered[i];
    }

    private static bool IsSecret(string name) => name.Length is >= 3 and <= 200 && SecretName().IsMatch(name);

    // Azure names a container there: abfss://{container}@{account}.
    [GeneratedRegex(@"(?<scheme>\b(?!abfss?:|wasbs?:)[A-Za-z][A-Za-z0-9+.-]{0,40}://)[^/\s@'""<>]{1,500}@", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"(?<name>\b[\w.-]{0,60}?(password|passwd|pwd|token|secret|api_?key|access_?key|sig)\s{0,2}=\s{0,2})[^;&,\s'""}]{1,2000}", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(password|passwd|pwd|secret|api[._-]?key|access[._-]?key|(auth|access|bearer|refresh|session)[._-]?token)\z|\Atoken\z|secret[._-]?key", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SecretName();
}
