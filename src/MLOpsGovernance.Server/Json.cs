using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLOpsGovernance.Server;

/// <summary>The one JSON of the service: camelCase, enums as camelCase words, unknown fields of a command refused, no duplicates.</summary>
internal static class Json
{
    public static JsonStringEnumConverter EnumsAsCamelCase { get; } = new(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

    /// <summary>For answers, and for what is kept: unknown fields are ignored, so that older readers survive newer writers.</summary>
    public static JsonSerializerOptions Lenient { get; } = Create();

    public static void Strict(JsonSerializerOptions options)
    {
        Dialect(options);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
    }

    /// <summary>An enum's value as it stands in JSON.</summary>
    public static string EnumWord<T>(T value) where T : struct, Enum => Words<T>.Of[value];

    /// <summary>What all JSON of the service has in common, stored events included.</summary>
    public static void Dialect(JsonSerializerOptions options)
    {
        options.Converters.Insert(0, EnumsAsCamelCase);
        options.Converters.Insert(0, new UtcTime());
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // Answers are application/json and never part of a page, so '>' need not become an escape.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }

    public static string Time(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>RFC 3339 with a zone, in UTC; no other way of writing a time.</summary>
    public static bool TryReadTime(string? text, out DateTimeOffset time)
    {
        time = default;
        return text is { Length: >= 20 and <= 40 } && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
    }

    /// <summary>RFC 3339 in UTC with a Z. A time without a zone is refused: nobody can know which it means.</summary>
    private sealed class UtcTime : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryReadTime(reader.GetString(), out var time) ? time : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Time(value));
    }

    private static class Words<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of = Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Dialect(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
