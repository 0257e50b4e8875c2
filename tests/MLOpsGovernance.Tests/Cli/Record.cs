using System.Collections.Concurrent;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>What is on record, as GET answers it; and how writes are answered, each noted with its body.</summary>
internal sealed class Record : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _tags = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RawAnswer> _writes = new(StringComparer.Ordinal);
    private readonly RawServer _server;

    public Record() => _server = new(Answer);

    public string Url => _server.Url;

    /// <summary>Method, path below <c>/api/v1/</c> and body of everything that was not a GET, in order.</summary>
    public IReadOnlyList<(string Call, string Body)> Writes =>
        [.. _server.Calls.Where(call => call.Method != "GET").Select(call => ($"{call.Method} {Below(call.Target)}", call.Body))];

    public IReadOnlyList<RawCall> Calls => _server.Calls;

    public Record Has(string path, string json)
    {
        _known[path] = json;
        return this;
    }

    /// <summary>That one is answered with an ETag.</summary>
    public Record Tagged(string path, string tag)
    {
        _tags[path] = tag;
        return this;
    }

    public void Edit(string path, Action<System.Text.Json.Nodes.JsonObject> change) => _known[path] = GateAnswers.With(_known[path], change);

    public Record Answers(string call, RawAnswer answer)
    {
        _writes[call] = answer;
        return this;
    }

    public Task<Ended> RunAsync(params string[] args) => CommandLine.RunAsync(Url, args);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private RawAnswer Answer(RawCall call)
    {
        var path = Below(call.Target);
        if (call.Method == "GET")
            return _known.TryGetValue(path, out var json) ? RawAnswer.Http(200, json, headers: [.. _tags.TryGetValue(path, out var tag) ? new[] { $"ETag: {tag}" } : []]) : RawAnswer.Problem(404, $"{path.Split('/')[0].TrimEnd('s')}-unknown", "There is no such thing.");

        // A write is answered with what it is about: enough fields for any of them.
        return _writes.TryGetValue($"{call.Method} {path}", out var answer)
            ? answer
            : RawAnswer.Http(
                call.Method == "POST" ? 201 : 200,
                $$$"""{"id":"id-1","name":"x","members":[],"versions":[],"version":7,"artifactDigest":"{{{CommandLine.Digest}}}","authors":[],"review":"open","approvals":[],"risk":{"state":"proposed"},"classification":{"state":"proposed"}}""");
    }

    private static string Below(string target) => target["/api/v1/".Length..];
}
