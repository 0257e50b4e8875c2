using System.Collections;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>Says in plain words what is wrong with a body: the parser's own words speak of .NET types.</summary>
internal static partial class JsonFaults
{
    public static BadRequestException Explain(JsonException e, Type body, ReadOnlyMemory<byte> bytes)
    {
        if (!IsJson(bytes, out var where)) return new(400, "malformed-json", $"The body is not JSON: {where}");

        var path = (e.Path ?? "$") is "$" ? "body" : (e.Path ?? "$").TrimStart('$').TrimStart('.');
        if (Unmapped().Match(e.Message) is { Success: true } unknown)
        {
            var field = unknown.Groups["name"].Value;
            return One(field, "unknown-field", $"'{field}' is not a field here; the fields are {string.Join(", ", Fields(Owner(body, e.Path)))}.");
        }

        if (Missing().Match(e.Message) is { Success: true } missing)
        {
            var names = missing.Groups["names"].Value.Replace("'", "", StringComparison.Ordinal);
            return One((path == "body" ? "" : $"{path}.") + names.Split(',')[0].Trim(), "missing-field", $"required and missing: {names}.");
        }

        return One(path, "wrong-type", $"is not {Expected(body, e.Path)}.");
    }

    /// <summary>No list holds null, and text is whole characters: the serializer lets the first through and stumbles over half a surrogate pair.</summary>
    public static void RefuseWhatIsNoValue(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var (lists, field) = (new Stack<bool>(), "body");
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) lists.Push(reader.TokenType == JsonTokenType.StartArray);
            else if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject) lists.Pop();
            else if (reader.TokenType is JsonTokenType.PropertyName) field = Text(ref reader, "body");
            else if (reader.TokenType is JsonTokenType.String) Text(ref reader, field);
            else if (reader.TokenType == JsonTokenType.Null && lists.TryPeek(out var inList) && inList) throw One(field, "wrong-type", "a list holds no null.");
        }
    }

    private static string Text(ref Utf8JsonReader reader, string field)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw One(field, "malformed-json", $"the text at byte {reader.TokenStartIndex + 1} is not Unicode; text is whole characters in UTF-8.");
        }
    }

    private static BadRequestException One(string field, string code, string why) =>
        new(400, code, $"{field}: {why}", new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [why] });

    private static bool IsJson(ReadOnlyMemory<byte> bytes, out string where)
    {
        try
        {
            using var _ = JsonDocument.Parse(bytes, new() { AllowDuplicateProperties = false });
            where = "";
            return true;
        }
        catch (JsonException e)
        {
            where = e.Message.Contains("uplicate", StringComparison.Ordinal)
                ? "a field is given twice."
                : $"it breaks off or goes wrong at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.";
            return false;
        }
        catch (InvalidOperationException)
        {
            // How the reader says that a name is no text.
            where = "the name of a field is no Unicode text, it holds half of a surrogate pair.";
            return false;
        }
    }

    /// <summary>The type whose field the path names, as far as records tell.</summary>
    private static Type Owner(Type body, string? path)
    {
        var type = body;
        foreach (var step in Steps(path).SkipLast(1)) type = Next(type, step) ?? type;
        return type;
    }

    private static string Expected(Type body, string? path)
    {
        var type = body;
        foreach (var step in Steps(path)) type = Next(type, step) ?? type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? "a text"
            : type == typeof(bool) ? "true or false"
            : type == typeof(int) ? "a whole number from -2147483648 to 2147483647"
            : type == typeof(long) ? "a whole number"
            : type == typeof(double) || type == typeof(decimal) ? "a number"
            : type == typeof(DateTimeOffset) ? "a time as in RFC 3339, such as 2026-01-31T12:00:00Z"
            : type == typeof(DateOnly) ? "a date such as 2026-01-31"
            : typeof(IDictionary).IsAssignableFrom(type) || type.Name.Contains("Dictionary", StringComparison.Ordinal) ? "an object"
            : typeof(IEnumerable).IsAssignableFrom(type) ? "a list"
            : $"an object with the fields {string.Join(", ", Fields(type))}";
    }

    private static IEnumerable<string> Steps(string? path) =>
        (path ?? "$").TrimStart('$').Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(s => s.Contains('[', StringComparison.Ordinal) ? new[] { s[..s.IndexOf('[', StringComparison.Ordinal)], "[]" } : [s]);

    private static Type? Next(Type type, string step) =>
        step == "[]" ? type.IsGenericType ? type.GetGenericArguments()[^1] : null
        : type.IsGenericType && type.Name.Contains("Dictionary", StringComparison.Ordinal) ? type.GetGenericArguments()[1]
        : type.GetProperties().FirstOrDefault(p => string.Equals(JsonNamingPolicy.CamelCase.ConvertName(p.Name), step, StringComparison.Ordinal))?.PropertyType;

    private static IEnumerable<string> Fields(Type type) => type.GetProperties().Where(p => p.Name != "EqualityContract").Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));

    [GeneratedRegex("JSON property '(?<name>[^']*)' could not be mapped", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unmapped();

    [GeneratedRegex("missing required properties including: (?<names>.*?)\\.?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Missing();
}
