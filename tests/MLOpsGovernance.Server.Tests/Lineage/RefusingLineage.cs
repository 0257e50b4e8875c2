using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Server.Lineage;

namespace MLOpsGovernance.Server.Tests.Lineage;

[Collection(LineageServer.Name)]
public sealed class RefusingLineage(SharedServer shared)
{
    private HttpClient Pipeline => shared.Server.As("dev:pipeline");

    [Fact]
    public async Task Says_what_cannot_be_read_and_where_an_event_is_wrong()
    {
        await World.Refused(400, "malformed-json", Send("{\"eventTime\":"));
        await World.Refused(400, "malformed-json", Send("""{"producer":"\ud800"}"""));
        await World.Refused(400, "malformed-json", Send(new string('[', 300) + new string(']', 300)));
        await World.Refused(400, "wrong-type", Send("\"an event\""));
        await World.Refused(400, "malformed-gzip", Send("not packed", "gzip"));
        await World.Refused(415, "unsupported-encoding", Send("{}", "br"));
        await World.Refused(415, "unsupported-media-type", Pipeline.PostJsonAsync("/lineage", new StringContent("{}", Encoding.UTF8, "text/plain")));
        await World.Refused(413, "body-too-large", Pipeline.PostJsonAsync("/lineage", LineageCalls.Packed(new byte[6 * 1024 * 1024])));
        var wrong = await World.Refused(422, "invalid-lineage", Send("""[{"eventTime":"yesterday","producer":"p:x","run":{"runId":null},"job":{"namespace":"a","name":"b"}}]"""));
        wrong.Json!["errors"]!.AsObject().Select(e => e.Key).ShouldBe(["$[0].eventTime", "$[0].run.runId"], ignoreOrder: true);
        await World.Refused(403, "forbidden", shared.Server.As("dev:viewer").PostJsonAsync("/lineage", new { }));
        (await World.Must(200, Send("[]"))).Text("status").ShouldBe("success");
    }

    [Fact]
    public async Task Says_what_a_question_may_be()
    {
        await World.Refused(400, "invalid-node", Pipeline.GetJsonAsync("/lineage"));
        await World.Refused(400, "invalid-node", Pipeline.GetJsonAsync("/lineage/impact?nodeId=table:x"));
        foreach (var wrong in (string[])["depth=0", "depth=101", "limit=0", "direction=sideways", "mode=now"]) (await World.Must(400, Pipeline.GetJsonAsync($"/lineage?nodeId=dataset:x&{wrong}"))).Json!["errors"].ShouldNotBeNull(wrong);
        await World.Refused(404, "lineage-node-unknown", Pipeline.GetJsonAsync("/lineage?nodeId=dataset:nowhere"));
        await World.Refused(404, "lineage-node-unknown", Pipeline.GetJsonAsync("/lineage/impact?nodeId=model:nothing@1"));
        await World.Refused(404, "lineage-node-unknown", Pipeline.GetJsonAsync("/lineage/columns?nodeId=dataset:s:t"));
        await World.Refused(404, "lineage-run-unknown", Pipeline.GetJsonAsync("/lineage/runs/0197e8a0-0000-7000-8000-000000000000"));
        await World.Refused(404, "lineage-run-unknown", Pipeline.GetJsonAsync("/lineage/runs/nightly"));
    }

    [Fact]
    public async Task Counts_what_it_took_all_the_same_by_who_sent_it()
    {
        var sent = LineageCalls.Event(Guid.NewGuid().ToString(), "careless", [], []);
        (sent["producer"], sent["eventTime"]) = ("a careless client", "2026-01-31T12:00:00");
        var taken = (await World.Must(201, Pipeline.ReportAsync(sent))).Json!;
        taken["warnings"]!.AsArray().Select(w => w.Text("code")).ShouldBe(["time-without-zone", "producer-no-uri"]);

        (await World.Must(200, Pipeline.GetJsonAsync("/lineage/warnings?days=90"))).Json!["items"]!.AsArray().Where(i => i.Text("producer") == "a careless client").Select(i => i.Text("code"))
            .ShouldBe(["producer-no-uri", "time-without-zone"]);
        await World.Must(400, Pipeline.GetJsonAsync("/lineage/warnings?days=0"));
    }

    [Fact]
    public async Task Keeps_no_secret_that_a_client_sends()
    {
        var run = Guid.NewGuid().ToString();
        var sent = LineageCalls.Event(run, "secretive", [], ["t"], space: "sqlserver://h:1433;user=sa;password=hunter2");
        sent["run"]!["facets"] = new JsonObject { ["spark_properties"] = LineageCalls.Facet("Own", """{"fs.s3a.secret.key":"AKIAhunter2","note":"postgres://u:hunter2@db/x"}""") };
        await World.Must(201, Pipeline.ReportAsync(sent));

        var read = (await World.Must(200, Pipeline.GetJsonAsync($"/lineage/runs/{run}"))).Json!;
        read.ToJsonString().ShouldNotContain("hunter2");
        read["outputs"]![0].Text("namespace").ShouldBe("sqlserver://h:1433;user=sa;password=***");
        var stored = await World.Must(200, Pipeline.GetJsonAsync($"/audit/events?stream=run:{run}"));
        stored.Json!.ToJsonString().ShouldNotContain("hunter2");
        stored.Json["items"]!.AsArray().ShouldHaveSingleItem().Text("type").ShouldBe("lineage_reported");
    }

    [Fact]
    public async Task Forgets_bodies_after_their_time_and_knows_an_event_again_all_the_same()
    {
        var run = Guid.NewGuid().ToString();
        var sent = LineageCalls.Event(run, "old", ["a"], ["b"]);
        await World.Must(201, Pipeline.ReportAsync(sent));
        shared.Clock.Forward(TimeSpan.FromDays(401));

        (await shared.Server.Services.GetRequiredService<LineageRetention>().ForgetAsync(TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);

        var read = (await World.Must(200, Pipeline.GetJsonAsync($"/lineage/runs/{run}"))).Json!;
        (read["events"]!.GetValue<int>(), read["forgotten"]!.GetValue<int>()).ShouldBe((1, 1));
        await World.Must(200, Pipeline.ReportAsync(sent));
        (await World.Must(200, Pipeline.GetJsonAsync("/lineage?nodeId=job:airflow:old"))).Json!["graph"]!.AsArray().Count.ShouldBe(3);
    }

    private Task<Answer> Send(string body, string? encoding = null)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        return Pipeline.PostJsonAsync("/lineage", content);
    }
}
