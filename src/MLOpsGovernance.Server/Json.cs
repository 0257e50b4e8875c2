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
        options.Converters.Add(EnumsAsCamelCase);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    }

    /// <summary>An enum's value as it stands in JSON.</summary>
    public static string EnumWord<T>(T value) where T : struct, Enum => Words<T>.Of[value];

    private static class Words<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of = Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        options.Converters.Add(EnumsAsCamelCase);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
