using System.Text.Json.Nodes;
using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Witnesses;

namespace MLOpsGovernance.Server.Audit;

internal static class LogEndpoints
{
    // Tiles never change, but who may read them is asked again by every cache that others share.
    private const string Immutable = "private, max-age=31536000, immutable", Briefly = "private, max-age=1", Recently = "private, max-age=30";

    public static void AddTransparencyLog(this WebApplicationBuilder builder, DataFolder data, bool serves)
    {
        var keys = LogKeys.Of(builder.Configuration, data, required: serves);
        builder.Services.AddSingleton(keys).AddSingleton(VerdictKeys.Of(builder.Configuration, data, keys.Origin, required: serves)).AddSingleton<VerdictSigner>();
        builder.Services.AddSingleton(LogWitnesses.Of(builder.Configuration)).AddSingleton<WitnessClient>().AddSingleton<WitnessTable>().AddSingleton<Witnessing>().AddHostedService<WitnessSchedule>().AddSingleton<Heartbeat>();
        builder.Services.AddHttpClient(WitnessClient.Client, WitnessClient.Configure);
        builder.Services.AddSingleton<TransparencyLog>().AddSingleton<LogReader>().AddSingleton<LogIntegrity>().AddHostedService<IntegritySchedule>().AddSingleton<Sequencer>().AddHostedService(services => services.GetRequiredService<Sequencer>());
        builder.Services.AddSingleton<TrailIndex>().AddSingleton<Trail>().AddHostedService<TrailIndexer>().AddSingleton<AccessLog>().AddSingleton<AccessRetention>().AddHostedService(services => services.GetRequiredService<AccessRetention>());
    }

    /// <summary>The log as C2SP tlog-tiles names its parts.</summary>
    public static void MapTransparencyLog(this IEndpointRouteBuilder app)
    {
        var log = app.MapGroup("/tlog").ExcludeFromDescription();
        log.MapGet("/checkpoint", async (HttpContext context, IMediator mediator, CancellationToken cancellationToken) =>
            Cached(context, Briefly, await mediator.Send(new ReadCheckpoint(), cancellationToken), view => Results.Text(view.Checkpoint, "text/plain; charset=utf-8")));
        log.MapGet("/tile/entries/{**name}", async (string name, HttpContext context, IMediator mediator, CancellationToken cancellationToken) =>
            Cached(context, Immutable, await mediator.Send(new ReadBundle(name), cancellationToken), bytes => Results.Bytes(bytes)));
        log.MapGet("/tile/{level}/{**name}", async (string level, string name, HttpContext context, IMediator mediator, CancellationToken cancellationToken) =>
            Cached(context, Immutable, await mediator.Send(new ReadTile(level, name), cancellationToken), bytes => Results.Bytes(bytes)));
    }

    public static void MapLogQueries(this IEndpointRouteBuilder api)
    {
        api.MapGet("/audit/checkpoint", async (IMediator mediator, CancellationToken cancellationToken) => (await mediator.Send(new ReadCheckpoint(), cancellationToken)).ToHttp())
            .Answers<CheckpointView>(200, 404).WithTags("Audit").WithSummary("The newest signed state of the log of all events");
        api.MapGet("/audit/witnesses", async (IMediator mediator, CancellationToken cancellationToken) => (await mediator.Send(new ReadWitnesses(), cancellationToken)).ToHttp())
            .Answers<IReadOnlyList<WitnessView>>(200).WithTags("Audit").WithSummary("Who else signs the log, and how far each has");
        api.MapGet("/audit/status-list", async (HttpContext context, IMediator mediator, CancellationToken cancellationToken) => Cached(context, Recently, await mediator.Send(new ReadStatusList(), cancellationToken), list => Results.Json(list)))
            .Answers<JsonNode>(200, 404).WithTags("Audit").WithSummary("The decisions whose verdicts no longer count although they have not expired, as a signed list");
        api.MapGet("/audit/integrity", async (IMediator mediator, CancellationToken cancellationToken) => (await mediator.Send(new ReadIntegrity(), cancellationToken)).ToHttp())
            .Answers<IntegrityView>(200, 404).WithTags("Audit").WithSummary("Whether the database still holds what the log says, when that was last compared");
        api.MapGet("/audit/events/{id}/proof", async (string id, string? format, HttpRequest request, IMediator mediator, CancellationToken cancellationToken) =>
            {
                var answer = await mediator.Send(new ReadEventProof(id), cancellationToken);
                return answer.Value is { } proof && IsFile(format, request) ? Results.Text(proof.Receipt, "text/plain; charset=utf-8") : answer.ToHttp();
            })
            .Answers<EventProof>().WithTags("Audit").WithSummary("That the log holds an event, as a receipt that can be checked without this service");
    }

    private static bool IsFile(string? format, HttpRequest request) =>
        format is "tlog-proof" || request.Headers.Accept.Any(accept => accept?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) is true);

    private static IResult Cached<T>(HttpContext context, string caching, Result<T> result, Func<T, IResult> write)
    {
        if (result.Value is not { } value) return result.ToHttp();
        context.Response.Headers.CacheControl = caching;
        return write(value);
    }
}
