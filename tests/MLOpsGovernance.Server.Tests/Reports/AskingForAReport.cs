using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Statements;
using MLOpsGovernance.Server.Audit;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Reports;

public sealed class AskingForAReport(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Script = "<script>alert(1)</script> & \"quotes\"";

    [Fact]
    public async Task About_a_model_gives_the_same_file_to_everybody_and_leaves_its_digest_in_the_log()
    {
        var world = await shared.FoundedAsync("high", 1);
        await world.ApprovedAsync();
        await World.Must(200, world.CheckAsync());
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = Script, severity = "low" }));
        var asOf = Json.Time(shared.Clock.GetUtcNow());

        var asked = await World.Must(202, world.Carl.PostJsonAsync("/reports", new { kind = "model-compliance", subject = world.Model, asOf }));
        var report = await IssuedAsync(world, asked.Text("id"));
        (await World.Must(202, world.Rita.PostJsonAsync("/reports", new { kind = "model-compliance", subject = world.Model, asOf }))).Text("id").ShouldBe(asked.Text("id"));

        report["pages"]!.GetValue<int>().ShouldBeGreaterThan(2);
        var pdf = await BytesAsync(world.Carl, asked.Text("id"), "pdf", "application/pdf");
        Encoding.ASCII.GetString(pdf, 0, 5).ShouldBe("%PDF-");
        foreach (var format in new[] { "pdf", "html", "json" })
            Digest.Sha256(await BytesAsync(world.Carl, asked.Text("id"), format)).ShouldBe(report["digests"].Text(format));
        var html = Encoding.UTF8.GetString(await BytesAsync(world.Carl, asked.Text("id"), "html", "text/html"));
        html.ShouldContain(world.Model);
        html.ShouldContain("&lt;script&gt;");
        html.ShouldNotContain("<script");

        var issued = (await world.EventsAsync("report_issued", $"report:{asked.Text("id")}")).ShouldHaveSingleItem()["data"]!;
        (issued.Text("pdf"), issued.Text("subject"), issued.Text("by")).ShouldBe((Digest.Sha256(pdf), world.Model, "carl"));
        var key = shared.Server.Services.GetRequiredService<VerdictKeys>().Signing[0].Verifier;
        var envelope = Envelope.Parse(await BytesAsync(world.Carl, asked.Text("id"), "signature"));
        envelope.VerifiedBy([key]);
        Statement.Parse(envelope.Payload).IsAbout(Digest.Sha256(pdf)).ShouldBeTrue();

        var listed = (await World.Must(200, world.Ann.GetJsonAsync($"/reports?kind=model-compliance&subject={world.Model}"))).Json!["items"]!.AsArray();
        listed.ShouldHaveSingleItem().Text("id").ShouldBe(asked.Text("id"));
    }

    [Fact]
    public async Task Shows_the_moment_that_was_asked_for()
    {
        var world = await shared.FoundedAsync();
        await Task.Delay(50, Token);
        var before = Json.Time(TimeProvider.System.GetUtcNow());
        await Task.Delay(50, Token);
        await world.ApprovedAsync();

        var then = await ModelAsync(world, (await World.Must(202, world.Carl.PostJsonAsync("/reports", new { kind = "model-compliance", subject = world.Model, asOf = before }))).Text("id"));
        var now = await ModelAsync(world, (await World.Must(202, world.Carl.PostJsonAsync("/reports", new { kind = "model-compliance", subject = world.Model }))).Text("id"));

        then["approvals"]!.AsArray().ShouldBeEmpty();
        now["approvals"]!.AsArray().ShouldHaveSingleItem().Text("state").ShouldBe("in force");
    }

    [Fact]
    public async Task About_a_period_counts_what_happened_and_how_duties_held()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        await World.Refused(403, "approver-is-author", world.As("dev:model-validator:ann").PostJsonAsync($"{world.Path(1)}/approvals", new { outcome = "approved", role = "model-validator", reason = "mine" }));
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));

        var audit = await ModelAsync(world, (await World.Must(202, world.Carl.PostJsonAsync("/reports", new { kind = "audit-period", from = "2026-01-01T00:00:00Z" }))).Text("id"));

        audit["events"]!.AsArray().Select(e => e.Text("type")).ShouldContain("model_deployed");
        audit["events"]!.AsArray().Select(e => e.Text("type")).ShouldNotContain("policy_checked");
        audit["approvals"]!.AsArray().Any(a => a.Text("model") == world.Model && a.Text("by") == "eve").ShouldBeTrue();
        audit["duties"]!.AsArray().ShouldAllBe(d => d!["broken"]!.GetValue<long>() == 0);
        audit["duties"]!.AsArray().Sum(d => d!["checked"]!.GetValue<long>()).ShouldBeGreaterThan(1);
        audit["exceptions"]!.AsArray().Any(e => e.Text("kind") == "refused attempt").ShouldBeTrue();
    }

    [Fact]
    public async Task About_the_portfolio_says_what_changed_since_the_last_one()
    {
        var world = await shared.FoundedAsync();
        var first = await ModelAsync(world, (await World.Must(202, world.Carl.PostJsonAsync("/reports", new { kind = "portfolio" }))).Text("id"));
        await shared.NextWorld().FoundedAsync();
        var second = await ModelAsync(world, (await World.Must(202, world.Carl.PostJsonAsync("/reports", new { kind = "portfolio" }))).Text("id"));

        second["previousAsOf"].ShouldNotBeNull();
        var models = second["changes"]!.AsArray().Single(c => c.Text("what") == "Models on record")!;
        models["before"]!.GetValue<double>().ShouldBe(first["models"]!.AsArray().Count);
        models["after"]!.GetValue<double>().ShouldBe(second["models"]!.AsArray().Count);
        second["indicators"]!.AsArray().Count.ShouldBe(5);
    }

    [Theory]
    [InlineData("""{"kind":"weather"}""", 400, "invalid-value")]
    [InlineData("""{"kind":"model-compliance"}""", 400, "subject-required")]
    [InlineData("""{"kind":"portfolio","subject":"m"}""", 400, "subject-not-possible")]
    [InlineData("""{"kind":"model-compliance","subject":"../m"}""", 400, "invalid-name")]
    [InlineData("""{"kind":"model-compliance","subject":"there-is-none"}""", 404, "model-unknown")]
    [InlineData("""{"kind":"audit-period","from":"2026-02-01T00:00:00Z","to":"2026-01-01T00:00:00Z"}""", 400, "invalid-period")]
    [InlineData("""{"kind":"audit-period","asOf":"2199-01-01T00:00:00Z"}""", 422, "as-of-in-future")]
    [InlineData("""{"kind":"portfolio","asOf":"2026-01-01T00:00:00Z"}""", 422, "as-of-not-kept")]
    [InlineData("""{"kind":"recall","subject":"r"}""", 400, "invalid-id")]
    public async Task That_cannot_be_is_refused_with_what_can(string body, int status, string code)
    {
        var world = await shared.FoundedAsync();
        await World.Refused(status, code, world.Carl.PostJsonAsync("/reports", JsonNode.Parse(body)!));
    }

    [Fact]
    public async Task Is_not_for_pipelines_and_answers_clearly_where_there_is_nothing_to_read()
    {
        var world = await shared.FoundedAsync();
        (await world.Pipeline.PostJsonAsync("/reports", new { kind = "portfolio" })).Status.ShouldBe(403);
        await World.Refused(404, "report-unknown", world.Ann.GetJsonAsync("/reports/there-is-none"));
        await World.Refused(404, "report-unknown", world.Ann.GetJsonAsync("/reports/there-is-none/content"));
        await World.Refused(400, "invalid-value", world.Ann.GetJsonAsync("/reports/there-is-none/content?format=docx"));

        var gone = await World.Must(202, world.Carl.PostJsonAsync("/reports", new { kind = "recall", subject = Guid.NewGuid().ToString() }));
        JsonNode? failed = null;
        await UntilAsync(async () => (failed = (await world.Ann.GetJsonAsync($"/reports/{gone.Text("id")}")).Json).Text("state") == "failed", TimeSpan.FromSeconds(30));
        failed.Text("why").ShouldContain("There was no recall");
        await World.Refused(409, "report-failed", world.Ann.GetJsonAsync($"/reports/{gone.Text("id")}/content"));
    }

    private static async Task<JsonNode> ModelAsync(World world, string id)
    {
        await IssuedAsync(world, id);
        return JsonNode.Parse(await BytesAsync(world.Carl, id, "json"))!;
    }

    private static async Task<JsonNode> IssuedAsync(World world, string id)
    {
        JsonNode? report = null;
        await UntilAsync(async () => (report = (await world.Ann.GetJsonAsync($"/reports/{id}")).Json).Text("state") is "issued" or "failed", TimeSpan.FromSeconds(60));
        report.Text("state").ShouldBe("issued", report?.ToJsonString());
        return report!;
    }

    private static async Task<byte[]> BytesAsync(HttpClient client, string id, string format, string? type = null)
    {
        using var answer = await client.GetAsync(new Uri($"/api/v1/reports/{id}/content?format={format}", UriKind.Relative), Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        if (type is not null) answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        return await answer.Content.ReadAsByteArrayAsync(Token);
    }
}
