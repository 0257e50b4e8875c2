using System.Text;
using System.Text.Json;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.AuditSamples;
using MLOpsGovernance.Evidence.Samples;
using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.AuditSamples;

internal sealed class AuditSampleHandlers(IGrainFactory grains, GrainCommands commands, SampledEvents events, StreamNames streams, SealingKeys sealing, Caller caller) :
    IRequestHandler<DrawSample, Result<AuditSampleView>>, IRequestHandler<CheckSample, Result<AuditSampleView>>, IRequestHandler<ReadSample, Result<AuditSampleView>>,
    IRequestHandler<ExportSample, Result<FileAnswer>>, IRequestHandler<ListSamples, Result<Listed<AuditSampleListing>>>
{
    private static readonly Refusal Unknown = new("sample-unknown", "There is no such sample.", RefusalKind.NotFound);

    public async Task<Result<AuditSampleView>> Handle(DrawSample request, CancellationToken cancellationToken)
    {
        if (request.Population.Correlation is not null || request.Population.Text is not null)
            return new Refusal("population-not-public", "A population is stated by stream, actor, type and time: what stands in the log for everybody to draw from again.", RefusalKind.Unprocessable);
        var id = caller.NewId("audit-sample");
        var p = request.Population;
        if (await events.SizeAsync(cancellationToken) is not { } size) return LogQueries.NotSigned();
        var population = new SampledPopulation(p.Stream, p.Actor, p.Type, p.From, p.To, (long)size);
        var (items, total) = await events.DrawAsync(population, request.Seed, request.Count, cancellationToken);
        var outcome = await commands.ExecuteAsync(Grain(id), $"audit-sample:{id}", new DrawAuditSample(id, population, request.Seed, total, items));
        return outcome.Refusal is { } refusal ? refusal : await ViewAsync(id, cancellationToken) with { Created = $"/api/v1/audit/samples/{id}" };
    }

    public async Task<Result<AuditSampleView>> Handle(CheckSample request, CancellationToken cancellationToken)
    {
        var comment = await sealing.SealAsync(request.Comment, request.About ?? caller.Actor.Subject, cancellationToken);
        var outcome = await commands.ExecuteAsync(Grain(request.Id), request.Stream, new CheckSampledEvent(request.Event, request.Result, comment));
        return outcome.Refusal is { } refusal ? refusal : await ViewAsync(request.Id, cancellationToken);
    }

    public Task<Result<AuditSampleView>> Handle(ReadSample request, CancellationToken cancellationToken) => ViewAsync(request.Id, cancellationToken);

    public async Task<Result<FileAnswer>> Handle(ExportSample request, CancellationToken cancellationToken)
    {
        var answer = await ViewAsync(request.Id, cancellationToken);
        if (answer.Value is not { } paper) return answer.Refusal!;
        var text = request.Format == "csv" ? Spreadsheet(paper) : string.Concat(paper.Items.Select(item => JsonSerializer.Serialize(item, Json.Lenient) + "\n"));
        return new FileAnswer(ExportWriter.TypeOf(request.Format), $"audit-sample-{paper.Id}.{request.Format}", (stream, aborted) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), aborted).AsTask());
    }

    public async Task<Result<Listed<AuditSampleListing>>> Handle(ListSamples request, CancellationToken cancellationToken)
    {
        var (keys, next) = await streams.PageAsync("audit-sample:", request.Page, cancellationToken);
        var read = await Task.WhenAll(keys.Select(key => Grain(key).Read()));
        return new Listed<AuditSampleListing>([.. read.Where(r => r.State.Exists).Select(r => AuditSampleListing.Of(r.State))], next);
    }

    private async Task<Result<AuditSampleView>> ViewAsync(string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out _) || (await Grain(id).Read()).State is not { Exists: true } sample) return Unknown;
        var drawn = await events.ReadAsync(sample.Items, cancellationToken);
        List<SampledEventView> items = [];
        foreach (var e in sample.Items)
        {
            var (index, stream, version, type, at, actor) = drawn[e];
            var found = sample.Findings.GetValueOrDefault(e);
            items.Add(new(items.Count + 1, e, index, stream, version, type, at, actor, found?.Result, await sealing.OpenAsync(found?.Comment, cancellationToken), found?.CheckedBy, found?.CheckedAt, $"/api/v1/audit/events/{e}/proof"));
        }

        return new AuditSampleView(sample.Id!, sample.Population, sample.Seed, sample.Total, AuditDraw.Algorithm, sample.DrawnBy, sample.DrawnAt, items);
    }

    private static string Spreadsheet(AuditSampleView paper) =>
        Csv.Line("number", "event", "index", "stream", "version", "type", "at", "actor", "result", "comment", "checkedBy", "checkedAt", "proof")
        + string.Concat(paper.Items.Select(i => Csv.Line($"{i.Number}", i.Event, $"{i.Index}", i.Stream, $"{i.Version}", i.Type, Json.Time(i.At), i.Actor, i.Result, i.Comment, i.CheckedBy, i.CheckedAt is { } at ? Json.Time(at) : null, i.Proof)));

    private IAuditSampleGrain Grain(string id) => grains.GetGrain<IAuditSampleGrain>(id);
}
