using System.Text;
using System.Text.Json;

namespace MLOpsGovernance.Cli.Connection;

/// <summary>What the server answered, whole. <paramref name="RetryAfter"/> is how long it asked to be left alone, <paramref name="ETag"/> which state it shows.</summary>
internal sealed record Answer(int Status, string? MediaType, byte[] Body, TimeSpan? RetryAfter = null, string? Location = null, string? ETag = null)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly Lazy<JsonElement?> _json = new(() => Parse(Body));

    /// <summary>The body; null unless it is exactly one JSON object in valid UTF-8 in which no name stands twice.</summary>
    public JsonElement? Json => _json.Value;

    public bool IsSuccess => Status is 200 or 201;

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The stable code of a problem (RFC 9457).</summary>
    public string? Code => Json?.TextOf("code");

    /// <summary>Why it was not done, in one sentence and what the fields lack.</summary>
    public string Explanation
    {
        get
        {
            if (Json is not { } problem || (problem.TextOf("detail") ?? problem.TextOf("title")) is not { } detail)
                return Location is { } elsewhere
                    ? $"The server answered {Status} and points to {elsewhere}; redirects are not followed, give --server the final address."
                    : $"The server answered {Status} with {Described} instead of an explanation. Is --server the address of MLOpsGovernance?";

            var fields = problem.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.Object
                ? errors.EnumerateObject().Where(fault => fault.Value.ValueKind is JsonValueKind.Array)
                    .SelectMany(fault => fault.Value.EnumerateArray().Where(e => e.ValueKind is JsonValueKind.String).Select(e => $"\n  {fault.Name}: {e.GetString()}"))
                : [];
            return $"{detail} ({Status}{(Code is { } code ? $" {code}" : "")}){string.Concat(fields)}";
        }
    }

    public string Described => Body.Length == 0 ? "an empty body" : $"{MediaType ?? "an unnamed type"} of {Body.Length} bytes";

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(Utf8.GetString(body), new() { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or ArgumentException)
        {
            return null;
        }
    }
}
