using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Lineage;

/// <summary>Events that real integrations sent, over HTTP: one by one, again, in another order, together, and compressed.</summary>
[Collection(LineageServer.Name)]
public sealed class OpenLineageEvidence(SharedServer shared)
{
    private static readonly string? Index = Find();

    [Fact]
    public async Task Is_taken_once_however_often_and_in_whatever_form_it_comes()
    {
        Assert.SkipUnless(Index is not null, "openlineage/index.json is absent; set CONFORMANCE_DIR to run the public suite");
        var pipeline = shared.Server.As("dev:pipeline");
        List<(string File, byte[] Body)> files = [];
        foreach (var e in JsonNode.Parse(await File.ReadAllTextAsync(Index, TestContext.Current.CancellationToken))!["events"]!.AsArray())
            files.Add((e.Text("file"), await File.ReadAllBytesAsync(Path.Combine(Path.GetDirectoryName(Index)!, e.Text("file")), TestContext.Current.CancellationToken)));

        List<byte[]> taken = [];
        foreach (var (file, body) in files.AsEnumerable().Reverse())
        {
            var answer = await pipeline.PostJsonAsync("/lineage", Content(body));
            if (!file.StartsWith("invalid/", StringComparison.Ordinal)) answer.Status.ShouldBeOneOf([200, 201], $"{file}: {answer.Json?.ToJsonString()}");
            if (answer.Status == 422) answer.Json!["errors"]!.AsObject().ShouldAllBe(e => e.Key.StartsWith('$'));
            else answer.Status.ShouldBeLessThan(300, file);
            if (answer.Status < 300) taken.Add(body);
        }

        var again = await World.Must(200, pipeline.PostJsonAsync("/lineage", LineageCalls.Packed(Encoding.UTF8.GetBytes($"[{string.Join(',', taken.Select(Encoding.UTF8.GetString))}]"))));
        (again.Json!["summary"]!["duplicates"]!.GetValue<int>(), again.Json["summary"]!["failed"]!.GetValue<int>()).ShouldBe((taken.Count, 0));
        var whole = await World.Must(200, pipeline.PostJsonAsync("/lineage/batch", Content(Encoding.UTF8.GetBytes($"[{string.Join(',', files.Select(f => Encoding.UTF8.GetString(f.Body)))}]"))));
        (whole.Text("status"), whole.Json!["failedEvents"]!.AsArray().Count).ShouldBe((taken.Count < files.Count ? "partial_success" : "success", files.Count - taken.Count));
    }

    private static ByteArrayContent Content(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static string? Find()
    {
        const string File = "openlineage/index.json";
        if (Environment.GetEnvironmentVariable("CONFORMANCE_DIR") is { Length: > 0 } given) return System.IO.File.Exists(Path.Combine(given, File)) ? Path.Combine(given, File) : null;
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (Path.Combine(folder, "..", "shared", "conformance", File) is var path && System.IO.File.Exists(path)) return Path.GetFullPath(path);
        return null;
    }
}
