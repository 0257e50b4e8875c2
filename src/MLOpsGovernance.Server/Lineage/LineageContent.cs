using System.Buffers;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>The body of an OpenLineage client: an event or an array of them, plain or compressed with gzip. It is larger and deeper than other bodies may be, and members that nobody knows are kept.</summary>
internal sealed record LineageContent(JsonElement Json) : IEndpointParameterMetadataProvider
{
    /// <summary>As it is sent, and as it is once it is unpacked.</summary>
    public const int MostBytes = 5 * 1024 * 1024;

    private const int MostDepth = 256;

    public static async ValueTask<LineageContent?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var request = context.Request;
        if (!request.HasJsonContentType()) throw new BadRequestException(415, "unsupported-media-type", $"The body must be application/json; it is {request.ContentType ?? "of no stated type"}.");
        if (request.ContentLength > MostBytes) throw TooLarge();
        var packed = request.Headers.ContentEncoding.ToString() switch
        {
            "" or "identity" => false,
            "gzip" or "x-gzip" => true,
            _ => throw new BadRequestException(415, "unsupported-encoding", "The body may be sent as it is or with Content-Encoding: gzip."),
        };
        return new(Parse(await BytesAsync(request.Body, packed, context.RequestAborted)));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(JsonElement)));

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(Stream body, bool packed, CancellationToken cancellationToken)
    {
        try
        {
            // What is unpacked is counted as it comes, so nobody fills the memory with a few sent bytes.
            await using var unpacked = packed ? new GZipStream(body, CompressionMode.Decompress) : body;
            var buffer = new ArrayBufferWriter<byte>(16 * 1024);
            while (await unpacked.ReadAsync(buffer.GetMemory(8 * 1024), cancellationToken) is var count and > 0)
            {
                buffer.Advance(count);
                if (buffer.WrittenCount > MostBytes) throw TooLarge();
            }

            return buffer.WrittenMemory;
        }
        catch (InvalidDataException)
        {
            throw new BadRequestException(400, "malformed-gzip", "The body says that it is compressed with gzip, and cannot be unpacked.");
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes, new() { MaxDepth = MostDepth }).RootElement is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } json
                ? json
                : throw new BadRequestException(400, "wrong-type", "The body is an OpenLineage event, or an array of them.");
        }
        catch (JsonException e)
        {
            throw new BadRequestException(400, "malformed-json", $"The body is not JSON: it breaks off, goes wrong or is more than {MostDepth} levels deep at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static BadRequestException TooLarge() => new(413, "body-too-large", $"The body may hold at most {MostBytes} bytes, before and after it is unpacked.");
}
