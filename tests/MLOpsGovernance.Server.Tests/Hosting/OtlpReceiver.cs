using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Tests.Hosting;

internal sealed record ReceivedSpan(string Service, string Scope, string TraceId, string SpanId, string Parent, string Name, int Kind, Dictionary<string, string> Attributes)
{
    /// <summary>The kind of a span that answers a request from outside.</summary>
    public const int Server = 2;

    public override string ToString() => $"{Scope}: {Name} ({string.Join(", ", Attributes.Select(a => $"{a.Key}={a.Value}"))}) {SpanId} in {Parent}";
}

/// <param name="Kind">counter, histogram or gauge.</param>
internal sealed record ReceivedMetric(string Service, string Scope, string Name, string Unit, string Kind, IReadOnlyList<ReceivedPoint> Points);

/// <param name="Value">The sum of a counter, the number of measurements of a histogram.</param>
/// <param name="Buckets">How many measurements fell between the bounds of a histogram.</param>
internal sealed record ReceivedPoint(Dictionary<string, string> Attributes, double Value, IReadOnlyList<ulong> Buckets)
{
    public override string ToString() => $"{Value} ({string.Join(", ", Attributes.Select(a => $"{a.Key}={a.Value}"))})";
}

internal sealed record ReceivedLog(string Service, string Scope, string Severity, string Body, string TraceId);

/// <summary>
/// A collector that keeps what it receives by OTLP: over gRPC on one port, over HTTP with protobuf on another. The messages are those of
/// opentelemetry-proto 1.x: traces, metrics and logs, each with their resource and scope.
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = [];
    private readonly ConcurrentQueue<ReceivedLog> _logs = [];
    private readonly ConcurrentDictionary<string, ReceivedMetric> _metrics = new(StringComparer.Ordinal);

    private OtlpReceiver(WebApplication app, int grpc, int http) => (_app, Grpc, Http) = (app, At(grpc), At(http));

    public Uri Grpc { get; }

    public Uri Http { get; }

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    public IReadOnlyCollection<ReceivedLog> Logs => _logs;

    /// <summary>The last report of each metric.</summary>
    public IReadOnlyCollection<ReceivedMetric> Metrics => [.. _metrics.Values];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var (grpc, http) = (LoopbackPort.Free(), LoopbackPort.Free());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(grpc, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.ListenLocalhost(http, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var receiver = new OtlpReceiver(app, grpc, http);
        app.MapPost("/v1/{signal}", async (string signal, HttpContext context) =>
        {
            receiver.Keep(signal, await BodyAsync(context));
            context.Response.ContentType = "application/x-protobuf";
        });
        app.MapPost("/opentelemetry.proto.collector.{signal}.v1.{service}/Export", async (string signal, HttpContext context) =>
        {
            var framed = await BodyAsync(context);
            framed.Span[0].ShouldBe((byte)0, "not compressed");
            receiver.Keep(signal == "trace" ? "traces" : signal, framed.Slice(5, BinaryPrimitives.ReadInt32BigEndian(framed.Span[1..])));
            context.Response.ContentType = "application/grpc";
            context.Response.AppendTrailer("grpc-status", "0");
            await context.Response.Body.WriteAsync(new byte[5]);
        });
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Uri At(int port) => new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private void Keep(string signal, ReadOnlyMemory<byte> message)
    {
        foreach (var ofResource in ProtoField.Read(message).Where(f => f.Number == 1))
        {
            var service = Attributes(ofResource.One(1).Fields(1)).GetValueOrDefault("service.name", "");
            foreach (var ofScope in ofResource.Fields(2))
            {
                var scope = ofScope.One(1).One(1).Text;
                foreach (var item in ofScope.Fields(2))
                {
                    switch (signal)
                    {
                        case "traces":
                            _spans.Enqueue(new(service, scope, item.One(1).Hex, item.One(2).Hex, item.One(4).Hex, item.One(5).Text, (int)item.One(6).Value, Attributes(item.Fields(9))));
                            break;
                        case "metrics":
                            var metric = Metric(service, scope, item);
                            _metrics[$"{scope} {metric.Name}"] = metric;
                            break;
                        case "logs":
                            _logs.Enqueue(new(service, scope, item.One(3).Text, item.One(5).One(1).Text, item.One(9).Hex));
                            break;
                        default:
                            throw new InvalidDataException($"OTLP has no signal {signal}.");
                    }
                }
            }
        }
    }

    private static ReceivedMetric Metric(string service, string scope, ProtoField metric)
    {
        var data = metric.Fields(5, 7, 9).Single();
        return new(service, scope, metric.One(1).Text, metric.One(3).Text, data.Number switch { 7 => data.One(3).Value == 1 ? "counter" : "gauge", 9 => "histogram", _ => "gauge" },
            [.. data.Fields(1).Select(p => data.Number == 9
                ? new ReceivedPoint(Attributes(p.Fields(9)), p.One(4).Value, [.. p.Fields(6).SelectMany(Counts)])
                : new ReceivedPoint(Attributes(p.Fields(7)), p.Fields(4).Select(f => f.Double).Concat(p.Fields(6).Select(f => (double)f.Value)).First(), []))]);
    }

    /// <summary>Repeated fixed64, which may come packed into one field or one by one.</summary>
    private static IEnumerable<ulong> Counts(ProtoField field)
    {
        if (field.Bytes.Length == 0) return [field.Value];
        return Enumerable.Range(0, field.Bytes.Length / 8).Select(i => BinaryPrimitives.ReadUInt64LittleEndian(field.Bytes.Span[(i * 8)..]));
    }

    private static Dictionary<string, string> Attributes(IEnumerable<ProtoField> pairs) => pairs.ToDictionary(
        p => p.One(1).Text,
        p => ProtoField.Read(p.One(2).Bytes).Select(v => v.Number switch
        {
            1 => v.Text,
            2 => v.Value == 1 ? "true" : "false",
            4 => v.Double.ToString(CultureInfo.InvariantCulture),
            _ => v.Value.ToString(CultureInfo.InvariantCulture),
        }).FirstOrDefault(""), StringComparer.Ordinal);
}
