using System.Buffers;
using System.IO.Pipelines;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>A JSON body, read strictly: whatever is wrong with it becomes a sentence that says what is allowed.</summary>
internal sealed record Body<T>(T Value) : IEndpointParameterMetadataProvider where T : class
{
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter) => new((await JsonBody.ReadAsync<T>(context, optional: false))!);

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>The same, where a request may come without a body.</summary>
internal sealed record OptionalBody<T>(T? Value) : IEndpointParameterMetadataProvider where T : class
{
    public static async ValueTask<OptionalBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter) => new(await JsonBody.ReadAsync<T>(context, optional: true));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: true));
}

/// <summary>A body that may be larger than others, such as a whole policy folder.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class BodyLimitAttribute(int mebibytes) : Attribute
{
    public int MostBytes { get; } = mebibytes * 1024 * 1024;
}

internal static class JsonBody
{
    public const int MostBytes = 1024 * 1024;

    public static async Task<T?> ReadAsync<T>(HttpContext context, bool optional) where T : class
    {
        var request = context.Request;
        if (optional && request.ContentLength is 0 or null && request.ContentType is null) return null;
        if (!request.HasJsonContentType())
            throw new BadRequestException(415, "unsupported-media-type", $"The body must be application/json; it is {request.ContentType ?? "of no stated type"}.");
        var most = typeof(T).GetCustomAttribute<BodyLimitAttribute>()?.MostBytes ?? MostBytes;
        if (request.ContentLength > most) throw TooLarge(most);
        // What is said of a body without a stated length is said here: the server's own limit comes after it.
        if (most > MostBytes && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = 2L * most;

        var bytes = await BytesAsync(request.BodyReader, most, context.RequestAborted);
        if (optional && bytes.Length == 0) return null;
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            JsonFaults.RefuseWhatIsNoValue(bytes.Span);
            return JsonSerializer.Deserialize<T>(bytes.Span, options) ?? throw new BadRequestException(400, "missing-body", "The body must be a JSON object, not null.");
        }
        catch (JsonException e)
        {
            throw JsonFaults.Explain(e, typeof(T), bytes);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(PipeReader reader, int most, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > most)
            {
                // Whoever takes what is left off the connection could not while this read is open.
                reader.AdvanceTo(read.Buffer.End);
                throw TooLarge(most);
            }

            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var bytes = read.Buffer.ToArray();
            reader.AdvanceTo(read.Buffer.End);
            return bytes;
        }
    }

    private static BadRequestException TooLarge(int most) => new(413, "body-too-large", $"The body may hold at most {most} bytes.");
}

/// <summary>The request cannot be read; becomes problem+json.</summary>
internal sealed class BadRequestException(int status, string code, string detail, IReadOnlyDictionary<string, string[]>? errors = null) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public IReadOnlyDictionary<string, string[]>? Errors { get; } = errors;
}
