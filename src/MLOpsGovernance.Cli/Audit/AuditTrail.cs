using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Audit;

/// <summary>Reads the audit trail page by page.</summary>
internal sealed class AuditTrail(Run run)
{
    private const int PageSize = 500;

    /// <summary>Checks lie in streams of their own and cannot be asked for by model: the latest so many of all models are looked through.</summary>
    private const int MostChecks = 10_000;

    /// <exception cref="CommandFailedException">The stream does not exist.</exception>
    public async Task<IReadOnlyList<JsonElement>> OfStreamAsync(string stream, CancellationToken cancellationToken)
    {
        var (events, _) = await ReadAsync(ApiPath.Of($"audit/events?stream={stream}&order=asc"), int.MaxValue, cancellationToken);
        return events.Count > 0 ? events : throw CommandFailedException.Usage($"Nothing is recorded in '{stream}'. Streams are named model:…, dataset:…, team:…, environment:…, check:…, subject:… or policy-set.");
    }

    public async Task<IReadOnlyList<JsonElement>> OfModelAsync(string model, CancellationToken cancellationToken)
    {
        var events = await OfStreamAsync($"model:{model}", cancellationToken);
        var since = events[0].TextOf("at") ?? "";
        var (checks, complete) = await ReadAsync(ApiPath.Of($"audit/events?type=policy_checked&from={since}&order=desc"), MostChecks, cancellationToken);
        if (!complete) run.Screen.Note($"Of the checks of all models only the latest {MostChecks} were looked through; older ones of {model} are not shown.");
        return [.. events.Concat(checks.Where(check => check.Of("data")?.TextOf("model") == model)).OrderBy(e => e.Of("sequence") is { ValueKind: JsonValueKind.Number } n && n.TryGetInt64(out var sequence) ? sequence : 0)];
    }

    private async Task<(List<JsonElement> Events, bool Complete)> ReadAsync(string query, int most, CancellationToken cancellationToken)
    {
        List<JsonElement> events = [];
        var cursors = new HashSet<string>(StringComparer.Ordinal);
        for (var page = $"{query}&limit={PageSize}"; ;)
        {
            var answer = await run.ReadAsync(page, "items", cancellationToken);
            events.AddRange(answer.Json!.Value.EachOf("items"));
            if (answer.Json!.Value.TextOf("nextCursor") is not { Length: > 0 } next) return (events, true);
            if (events.Count >= most) return (events, false);
            if (!cursors.Add(next)) throw CommandFailedException.NoAnswer("The server gave the same page twice; the history cannot be read to its end.");
            page = $"{query}&limit={PageSize}&cursor={ApiPath.Segment(next)}";
        }
    }
}
