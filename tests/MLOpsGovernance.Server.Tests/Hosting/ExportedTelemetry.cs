using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.Hosting;

/// <summary>What a server process sent to a collector by OTLP while a model was registered, checked, approved and checked again.</summary>
public abstract class ExportedTelemetry(Database database, bool grpc) : IAsyncLifetime
{
    private ServerProcess _server = null!;

    internal OtlpReceiver Received { get; private set; } = null!;

    /// <summary>The decision that denied, and the one that allowed.</summary>
    internal Answer Denied { get; private set; } = null!;

    internal Answer Allowed { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Received = await OtlpReceiver.StartAsync();
        // gRPC is what the exporter speaks unless it is told otherwise.
        (string, string)[] endpoint = grpc
            ? [("OTEL_EXPORTER_OTLP_ENDPOINT", Received.Grpc.ToString())]
            : [("OTEL_EXPORTER_OTLP_ENDPOINT", Received.Http.ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_SERVICE_NAME", "gate-of-flowers")];
        _server = await ServerProcess.StartAsync(await database.NewDatabaseAsync(nameof(ExportedTelemetry)),
            [.. endpoint, ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_BLRP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "200")]);

        var (ann, carl, eve, pipeline) = (_server.As("dev:contributor:ann"), _server.As("dev:compliance-officer:carl"), _server.As("dev:model-validator:eve"), _server.As("dev:pipeline"));
        await World.Must(201, ann.PostJsonAsync("/teams", new { name = "flowers" }));
        await World.Must(201, ann.PostJsonAsync("/datasets", new { name = "iris", team = "flowers" }));
        await World.Must(201, ann.PostJsonAsync("/datasets/iris/versions", new { version = "1", digest = World.Artifact }));
        await World.Must(200, carl.PutJsonAsync("/datasets/iris/classification", new { sensitivity = "public", personalData = false }));
        await World.Must(201, ann.PostJsonAsync("/models", new { name = "m", team = "flowers", purpose = "tell flowers apart" }));
        await World.Must(200, carl.PutJsonAsync("/models/m/risk", new { euAiAct = "minimal", tier = 3, reason = "a toy" }));
        await World.Must(201, ann.PostJsonAsync("/models/m/versions", World.Version()));
        var question = new { model = "m", version = 1, environment = "production", artifactDigest = World.Artifact };
        Denied = await World.Must(200, pipeline.PostJsonAsync("/policy-checks", question));
        await World.Must(403, pipeline.PostJsonAsync("/teams", new { name = "refused" }));
        await World.Must(201, ann.PostJsonAsync("/models/m/versions/1/reviews"));
        await World.Must(201, eve.PostJsonAsync("/models/m/versions/1/approvals", new { outcome = "approved", role = "model-validator", reason = "evaluated" }));
        Allowed = await World.Must(200, pipeline.PostJsonAsync("/policy-checks", question));
        await LocalPostgresTest.UntilAsync(() => Task.FromResult(Has(Denied) && Has(Allowed) && Checks() >= 2 && Knows("mlgov.audit.size") && Knows("mlgov.audit.differs")), TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _server.DisposeAsync();
        await Received.DisposeAsync();
    }

    internal static string TraceOf(Answer decision) => decision.Json!["traceId"]!.GetValue<string>();

    private bool Has(Answer decision) => Received.Spans.Any(s => s.TraceId == TraceOf(decision) && s.Scope == "Microsoft.AspNetCore");

    private bool Knows(string metric) => Received.Metrics.Any(m => m.Name == metric);

    private double Checks() => Received.Metrics.Where(m => m.Name == "mlgov.policy_checks").SelectMany(m => m.Points).Sum(p => p.Value);
}

/// <summary>With nothing but the endpoint configured.</summary>
public sealed class TelemetryOverGrpc(Database database) : ExportedTelemetry(database, grpc: true);

public sealed class TelemetryOverHttp(Database database) : ExportedTelemetry(database, grpc: false);
