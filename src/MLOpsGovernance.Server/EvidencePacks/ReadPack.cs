using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.EvidencePacks;

/// <summary>All that shows what was decided about a model within a time, in one file that is checked without this service.</summary>
/// <param name="From">Of decisions; the model's history is there from its beginning.</param>
/// <param name="To">Exclusive; now by default.</param>
/// <param name="Checkpoint">The size of the checkpoint that proofs are for; the newest by default. With it and with <paramref name="To"/> the same pack can be had again, to the byte.</param>
[RequiresRole(Roles.ComplianceOfficer, Roles.Administrator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer)]
internal sealed record ReadPack(string Model, DateTimeOffset? From, DateTimeOffset? To, long? Checkpoint) : IQuery<FileAnswer>, IWatched;

internal sealed class ReadPackRules : AbstractValidator<ReadPack>
{
    public ReadPackRules()
    {
        RuleFor(q => q.From).Must((q, from) => from is null || q.To is null || from < q.To).WithErrorCode("invalid-period").WithMessage("must be before to.");
        RuleFor(q => q.Checkpoint).Must(size => size is null or > 0).WithErrorCode("invalid-checkpoint").WithMessage("must be the size of a signed checkpoint, 1 or more.");
    }
}

internal sealed class PackReader(Trail trail, LogReader log, LogKeys keys, VerdictKeys verdicts, PastModels past, ModelViews views, Decisions decisions, PolicySetArchive sets) : IRequestHandler<ReadPack, Result<FileAnswer>>
{
    private const int PageSize = 250;

    public async Task<Result<FileAnswer>> Handle(ReadPack request, CancellationToken cancellationToken)
    {
        if (!Name.IsValid(request.Model)) return ModelViews.UnknownModel;
        var to = past.Moment(request.To);
        if (await ProvedEvents.BeginAsync(log, cancellationToken, request.Checkpoint) is not { } proved)
            return request.Checkpoint is { } size ? new Refusal("checkpoint-unknown", $"No checkpoint of {size} events was signed.", RefusalKind.NotFound) : LogQueries.NotSigned();
        var view = await views.AsOfAsync(request.Model, to, cancellationToken);
        if (view.Value is not { } shown) return view.Refusal!;
        var model = await past.ModelAsync(request.Model, to, cancellationToken);
        return new FileAnswer("application/zip", $"evidence-{request.Model}.zip", async (stream, aborted) =>
        {
            // Zip archives are written to where one can go back; and nothing is sent of one that cannot be finished.
            await using var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            await WriteAsync(file, request with { From = request.From ?? model.RegisteredAt, To = to }, model, shown, proved, aborted);
            file.Position = 0;
            await file.CopyToAsync(stream, aborted);
        });
    }

    private async Task WriteAsync(Stream file, ReadPack request, Model model, ModelView shown, ProvedEvents proved, CancellationToken cancellationToken)
    {
        using var pack = new PackArchive(file);
        var checkpoint = proved.Checkpoint.Checkpoint;
        pack.Add("README.md", PackInstructions.Of(request.Model, keys.Origin));
        pack.Add("checkpoint", proved.Checkpoint.Note);
        pack.Add("log.keys", string.Concat(keys.Known.Select(key => $"{key}\n")));
        pack.Add("verdict.pem", string.Concat(verdicts.Signing.Select(key => key.Verifier.ToPem().TrimEnd() + "\n")));
        pack.Add("model.json", JsonSerializer.Serialize(shown, Json.Lenient) + "\n");
        HashSet<string> rested = new(StringComparer.Ordinal), judgedBy = new(StringComparer.Ordinal);
        var count = 0L;
        await pack.AddAsync("events.jsonl", async write =>
        {
            foreach (var stream in model.Waivers.Select(w => $"waiver:{w.Id}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Prepend($"model:{request.Model}"))
                await StreamAsync(stream);
            for (var after = 0L; ;)
            {
                var page = await trail.DecisionsAsync(request.Model, request.From!.Value, request.To!.Value, after, PageSize, proved.LastSequence, cancellationToken);
                await KeepAsync(page);
                if (page.Count <= PageSize) break;
                after = page[PageSize - 1].Sequence;
            }

            async Task StreamAsync(string stream)
            {
                for (long? after = null; ;)
                {
                    var page = await trail.ReadAsync(new(stream, null, null, null, request.To, null, null), false, after, PageSize, proved.LastSequence, cancellationToken);
                    await KeepAsync(page);
                    if (page.Count <= PageSize) return;
                    after = page[PageSize - 1].Sequence;
                }
            }

            async Task KeepAsync(List<AuditEvent> page)
            {
                foreach (var (e, exported) in await proved.OfAsync([.. page.Take(PageSize)], cancellationToken))
                {
                    await write(exported.ToLine());
                    count++;
                    if (e.Type != "policy_checked") continue;
                    rested.Add(e.Data!["factsDigest"]!.GetValue<string>());
                    judgedBy.Add(e.Data["policySet"]!.GetValue<string>());
                }
            }
        });
        foreach (var digest in rested.Order(StringComparer.Ordinal))
            if (await decisions.FactsAsync(digest, cancellationToken) is { } facts) pack.Add($"facts/{Hex(digest)}.json", facts);
        foreach (var digest in judgedBy.Order(StringComparer.Ordinal))
            if (await sets.AdoptedAsync(digest, cancellationToken) is { } set) pack.Add($"policies/{Hex(digest)}.json", JsonSerializer.Serialize(new { digest, set.Documents }, Json.Lenient) + "\n");
        pack.Finish(new JsonObject
        {
            ["format"] = "mlops-governance/evidence-pack@v1",
            ["model"] = request.Model,
            ["from"] = Json.Time(request.From!.Value),
            ["to"] = Json.Time(request.To!.Value),
            ["origin"] = keys.Origin,
            ["checkpointSize"] = checkpoint.Size,
            ["checkpointRoot"] = Convert.ToBase64String(checkpoint.Root),
            ["events"] = count,
        });
    }

    private static string Hex(string digest) => digest["sha256:".Length..];
}

internal static class PackEndpoints
{
    public static void MapEvidencePacks(this IEndpointRouteBuilder api) =>
        api.MapGet("/models/{name}/evidence-pack", async (string name, Moment? from, Moment? to, long? checkpoint, HttpContext context, IMediator mediator, CancellationToken cancellationToken) =>
                FileAnswer.ToHttp(await mediator.Send(new ReadPack(name, from?.At, to?.At, checkpoint), cancellationToken), context))
            .Answers<string>(200, 403).WithTags("Audit").WithSummary("All that shows what was decided about a model, as a zip that is checked without this service");
}
