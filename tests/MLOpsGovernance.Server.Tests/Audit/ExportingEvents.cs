using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Cli;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Exports;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Server.Audit;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Audit;

/// <summary>Events leave the service with all that is needed to believe them without it.</summary>
public sealed class ExportingEvents(SharedServer shared) : IClassFixture<SharedServer>
{
    private IReadOnlyList<VerifierKey> Keys => shared.Server.Services.GetRequiredService<LogKeys>().Known;

    [Fact]
    public async Task Gives_every_event_that_is_signed_with_a_proof_that_holds()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        await SequencedAsync(shared.Server);
        var lines = (await FileAsync(world.Carl, "/api/v1/audit/export")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var events = lines.Select(ExportedEvent.Parse).ToList();
        foreach (var e in events) e.Verify(Keys);
        events.Select(e => e.Receipt.Index).ShouldBe(Enumerable.Range(0, events.Count).Select(i => (ulong)i));
        // The policies adopted at birth are longer than an entry may be.
        events.Count(e => e.Apart is not null).ShouldBe(1);
        events.Single(e => e.Shown.Text("stream") == $"model:{world.Model}" && e.Shown.Text("type") == "model_registered").Shown["data"].Text("purpose").ShouldBe("tell flowers apart");

        var narrowed = await FileAsync(world.Carl, $"/api/v1/audit/export?stream=model:{world.Model}&type=version_approved");
        ExportedEvent.Parse(narrowed.Trim()).Shown.Text("actor").ShouldBe("eve");
        (await FileAsync(world.Carl, $"/api/v1/audit/export?text=nobody-ever-wrote-this")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Shows_whatever_was_changed_in_a_line()
    {
        var world = await shared.FoundedAsync();
        await SequencedAsync(shared.Server);
        var line = (await FileAsync(world.Carl, $"/api/v1/audit/export?stream=model:{world.Model}&type=model_registered")).Trim();
        ExportedEvent.Parse(line).Verify(Keys);
        foreach (var (from, to) in new[] { ("\"actor\":\"ann\"", "\"actor\":\"bob\""), ("\"team\":\"flowers\"", "\"team\":\"weeds\""), ("\"version\":1,", "\"version\":2,"), ("\"team\":\"flowers\"", "\"team\":\"flowers\",\"more\":1") })
        {
            line.ShouldContain(from);
            Should.Throw<EvidenceRefusedException>(() => ExportedEvent.Parse(line.Replace(from, to, StringComparison.Ordinal)).Verify(Keys)).Code.ShouldBe(EvidenceRefusals.Statement, to);
        }

        var json = JsonNode.Parse(line)!;
        json["leaf"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Convert.FromBase64String(json.Text("leaf"))).Replace("\"ann\"", "\"bob\"", StringComparison.Ordinal)));
        Should.Throw<EvidenceRefusedException>(() => ExportedEvent.Parse(json.ToJsonString()).Verify(Keys)).Code.ShouldBe(EvidenceRefusals.Proof);
        foreach (var no in new[] { "", "{}", "[]", "{\"event\":1,\"leaf\":\"\",\"receipt\":\"\"}" }) Should.Throw<EvidenceRefusedException>(() => ExportedEvent.Parse(no)).Code.ShouldBe(EvidenceRefusals.Receipt);
    }

    [Fact]
    public async Task Runs_nothing_in_a_spreadsheet_that_somebody_wrote()
    {
        Csv.Line("=1+1", "+1", "-1", "@a", "\tx", "a\"b", null, "plain", "\n=1").ShouldBe("\"'=1+1\",\"'+1\",\"'-1\",\"'@a\",\"'\tx\",\"a\"\"b\",,\"plain\",\"'\n=1\"\r\n");
        var world = await shared.FoundedAsync();
        using var odd = new HttpClient { BaseAddress = shared.Server.Address };
        odd.DefaultRequestHeaders.Authorization = new("Bearer", "dev:contributor:ann");
        odd.DefaultRequestHeaders.TryAddWithoutValidation("X-Correlation-Id", "=HYPERLINK(1)");
        await World.Must(200, odd.PutJsonAsync($"{world.Path()}/card", new { text = "=cmd|' /C calc'!A0" }));
        await SequencedAsync(shared.Server);
        var csv = await FileAsync(world.Carl, $"/api/v1/audit/export?format=csv&stream=model:{world.Model}");
        csv.ShouldStartWith("\"sequence\",\"id\",\"stream\"");
        csv.ShouldContain("\"'=HYPERLINK(1)\"");
        csv.Split("\r\n").ShouldAllBe(row => !row.Contains(",\"=") && !row.Contains(",="));
    }

    [Fact]
    public async Task Is_verified_offline_from_either_form()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/card", new { text = "two\nlines, \"quoted\"" }));
        await SequencedAsync(shared.Server);
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(Path.Combine(folder.Path, "log.keys"), Keys.Select(key => key.ToString()), Token);
        var id = (await world.EventsAsync("model_card_written"))[0].Text("id");
        foreach (var name in new[] { "events.jsonl", "events.csv" })
        {
            var file = Path.Combine(folder.Path, name);
            (await MlgovAsync("audit", "export", file, "--stream", $"model:{world.Model}", "--server", shared.Server.Address.ToString(), "--token", "dev:compliance-officer:carl")).Code.ShouldBe(0);
            var (code, output) = await MlgovAsync("verify", "event", id, "--export", file, "--key", Path.Combine(folder.Path, "log.keys"));
            code.ShouldBe(0, output);
            output.ShouldContain("model_card_written");
            var text = await File.ReadAllTextAsync(file, Token);
            await File.WriteAllTextAsync(file, text.Replace("quoted", "forged", StringComparison.Ordinal).Replace("team", "maet", StringComparison.Ordinal), Token);
            // A text that is shown opened is not proved; the team is.
            var registered = (await world.EventsAsync("model_registered"))[0].Text("id");
            (await MlgovAsync("verify", "event", registered, "--export", file, "--key", Path.Combine(folder.Path, "log.keys"))).Code.ShouldBe(1);
            (await MlgovAsync("verify", "event", Guid.NewGuid().ToString(), "--export", file, "--key", Path.Combine(folder.Path, "log.keys"))).Code.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Is_for_those_who_may_read_all_of_the_log()
    {
        var world = await shared.FoundedAsync();
        foreach (var client in new[] { world.Ann, world.Eve, world.Pipeline }) await World.Refused(403, "forbidden", client.GetJsonAsync("/audit/export"));
        await World.Refused(400, "invalid-value", world.Carl.GetJsonAsync("/audit/export?format=xml"));
        await World.Refused(400, "invalid-reference", world.Carl.GetJsonAsync("/audit/export?stream=a%20b"));
    }

    internal static async Task SequencedAsync(RunningServer server)
    {
        var log = server.Services.GetRequiredService<TransparencyLog>();
        while (await log.GrowAsync(Token) > 0) { }
        await log.SignAsync(Token);
    }

    internal static async Task<string> FileAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition?.DispositionType.ShouldBe("attachment");
        return await answer.Content.ReadAsStringAsync(Token);
    }

    internal static async Task<(int Code, string Output)> MlgovAsync(params string[] args)
    {
        using var output = new StringWriter();
        var code = await Mlgov.RunAsync(args, new(output, output) { Variable = _ => null }, Token);
        return (code, output.ToString());
    }
}
