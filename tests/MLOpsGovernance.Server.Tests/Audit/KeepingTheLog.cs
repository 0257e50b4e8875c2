using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Receipts;
using MLOpsGovernance.Evidence.Tiles;
using MLOpsGovernance.Evidence.Tree;
using MLOpsGovernance.Evidence.Verdicts;
using MLOpsGovernance.Server.Audit;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Audit;

/// <summary>A server with a history of its own, whose log several let grow at once.</summary>
public sealed class KeepingTheLog(Database database) : IAsyncLifetime
{
    private string _connection = "";
    private RunningServer _server = null!;
    private World _world = null!;

    private TransparencyLog Log => _server.Services.GetRequiredService<TransparencyLog>();

    private LogIntegrity Integrity => _server.Services.GetRequiredService<LogIntegrity>();

    private IReadOnlyList<VerifierKey> Keys => _server.Services.GetRequiredService<LogKeys>().Known;

    public async ValueTask InitializeAsync()
    {
        _connection = await database.NewDatabaseAsync(nameof(KeepingTheLog));
        _server = await RunningServer.StartAsync(_connection);
        _world = new(_server);
        await _world.FoundedAsync();
        await _world.ApprovedAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Takes_in_every_event_once_and_proves_it_to_whoever_has_only_the_key()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(GrowAsync, Token)));
        var checkpoint = (await World.Must(200, _world.Ann.GetJsonAsync("/audit/checkpoint"))).Json!;
        var events = (await World.Must(200, _world.Ann.GetJsonAsync("/audit/events?limit=500"))).Json!["items"]!.AsArray();
        checkpoint["size"]!.GetValue<int>().ShouldBe(events.Count);
        checkpoint["keys"]!.AsArray().Select(key => VerifierKey.Parse(key!.GetValue<string>())).ShouldBe(Keys);

        // From the bundles of entries alone: the root, and in them each event in its order.
        var opened = SignedCheckpoint.Open(await TextAsync(_world.Carl, "/tlog/checkpoint"), Keys).Checkpoint;
        var tree = CompactRange.From(0);
        var bundle = EntryBundle.Read(await BytesAsync(_world.Carl, $"/tlog/{EntryBundle.PathOf(0, opened.Size)}"), (int)opened.Size);
        foreach (var (entry, e) in bundle.Zip(events))
        {
            tree.Append(TreeHash.Leaf(entry));
            var leaf = JsonNode.Parse(entry)!;
            (leaf.Text("id"), leaf.Text("stream"), leaf.Text("type"), leaf["version"]!.GetValue<int>()).ShouldBe((e.Text("id"), e.Text("stream"), e.Text("type"), e!["version"]!.GetValue<int>()));
            CanonicalJson.Of(entry.AsSpan()).ShouldBe(entry);
            var proof = (await World.Must(200, _world.Ann.GetJsonAsync($"/audit/events/{e.Text("id")}/proof"))).Json!;
            Receipt.Parse(proof.Text("receipt")).Verify(entry, Keys).Checkpoint.ShouldBe(opened);
        }

        tree.Root().ShouldBe(opened.Root);
        (await BytesAsync(_world.Ann, $"/tlog/tile/0/000.p/{opened.Size}")).ShouldBe(bundle.SelectMany(entry => TreeHash.Leaf(entry)));
        (await TextAsync(_world.Ann, $"/api/v1/audit/events/{events[0].Text("id")}/proof?format=tlog-proof")).ShouldStartWith("c2sp.org/tlog-proof@v1\n");

        // The policies adopted at birth are far longer than an entry may be.
        var adopted = bundle.Select(entry => JsonNode.Parse(entry)!).First(leaf => leaf.Text("type") == "policy_set_adopted");
        (adopted["data"], adopted["dataSize"]!.GetValue<int>() > EntryBundle.MaxEntry).ShouldBe((null, true));
        var apart = (byte[])(await QueryAsync(_connection, $"select bytes from governance.content where digest = '{adopted.Text("dataDigest")}'"))!;
        Digest.Sha256(apart).ShouldBe(adopted.Text("dataDigest"));
    }

    [Fact]
    public async Task Refuses_what_it_has_not_and_says_how_long_it_is()
    {
        await GrowAsync();
        await World.Refused(404, "event-not-in-log", _world.Ann.GetJsonAsync($"/audit/events/{Guid.NewGuid()}/proof"));
        await World.Refused(400, "invalid-event-id", _world.Ann.GetJsonAsync("/audit/events/last/proof"));
        foreach (var (path, status) in new[] { ("tile/0/x001/000", 404), ("tile/0/000", 404), ("tile/9/000", 404), ("tile/64/000", 400), ("tile/0/000.p/256", 400), ("tile/0/1", 400), ("tile/entries/000", 404), ("tile/entries/abc", 400) })
        {
            using var answer = await _world.Carl.GetAsync(new Uri($"/tlog/{path}", UriKind.Relative), Token);
            ((int)answer.StatusCode).ShouldBe(status, path);
            JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!["size"]!.GetValue<int>().ShouldBeGreaterThan(10, path);
        }

        using var forbidden = await _world.Ann.GetAsync(new Uri("/tlog/tile/entries/000.p/1", UriKind.Relative), Token);
        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Notices_whatever_is_done_to_the_events_behind_its_back()
    {
        await GrowAsync();
        (await Integrity.CheckAsync(Token)).Difference.ShouldBeNull();
        foreach (var sql in new[] { "create table kept as select * from governance.mt_events", "create table kept_leaves as select * from governance.log_leaf" }) await QueryAsync(_connection, sql);
        const string Second = "stream_id = 'model:m' and version = 2", LastEvent = "seq_id = (select max(seq) from governance.log_leaf)", LastLeaf = "seq = (select max(seq) from governance.log_leaf)";

        await NoticesAsync("changed", $"update governance.mt_events set data = jsonb_set(data, '{{at}}', '\"2020-01-01T00:00:00Z\"') where {Second}");
        await NoticesAsync("changed", $"update governance.mt_events set headers = jsonb_set(headers, '{{actor}}', '\"mallory\"') where {Second}");
        await NoticesAsync("deleted", $"delete from governance.mt_events where {Second}");
        await NoticesAsync("deleted", $"delete from governance.mt_events where {LastEvent}");
        await NoticesAsync("root", $"delete from governance.mt_events where {LastEvent}; delete from governance.log_leaf where {LastLeaf}");
        await NoticesAsync("changed", """
            create temporary table two as select min(seq_id) as a, max(seq_id) as b from governance.mt_events where stream_id = 'model:m';
            update governance.mt_events set seq_id = -1 where seq_id = (select a from two);
            update governance.mt_events set seq_id = (select a from two) where seq_id = (select b from two);
            update governance.mt_events set seq_id = (select b from two) where seq_id = -1
            """);
        await NoticesAsync("inserted", """
            insert into governance.mt_events select (jsonb_populate_record(null::governance.mt_events, to_jsonb(e) || '{"seq_id": 0, "version": 900, "id": "00000000-0000-7000-8000-000000000001"}')).*
            from governance.mt_events e where stream_id = 'model:m' and version = 1
            """);
        // Whoever changes the leaf with its event would have to sign the tree anew.
        await NoticesAsync("leaf-changed", """
            update governance.log_leaf set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '"actor":"ann"', '"actor":"bob"'), 'UTF8') where event_id = (select id from governance.mt_events where stream_id = 'model:m' and version = 1);
            update governance.mt_events set headers = jsonb_set(headers, '{actor}', '"bob"') where stream_id = 'model:m' and version = 1
            """);

        await QueryAsync(_connection, $"delete from governance.mt_events where {Second}");
        await Integrity.CheckAsync(Token);
        var last = (await World.Must(200, _world.Ann.GetJsonAsync("/audit/integrity"))).Json!;
        last["holds"]!.GetValue<bool>().ShouldBeFalse();
        using var health = await _world.Ann.GetAsync(new Uri("/healthz/ready", UriKind.Relative), Token);
        (await health.Content.ReadAsStringAsync(Token)).ShouldContain("differs from the audit log");
    }

    [Fact]
    public async Task Signs_what_was_allowed_for_one_environment_and_one_hour()
    {
        var check = await _world.AllowedAsync();
        var pem = _server.Services.GetRequiredService<VerdictKeys>().Signing[0].Verifier;
        var envelope = Envelope.Parse(Encoding.UTF8.GetBytes(check.Json!["verdict"]!.ToJsonString()));
        var now = TimeProvider.System.GetUtcNow();

        var verdict = Verdict.Open(envelope, [pem], new("production", World.Artifact, "m"), now);
        (verdict.DecisionId, verdict.PolicySet).ShouldBe((check.Text("decisionId"), check.Text("policySet")));
        Should.Throw<EvidenceRefusedException>(() => Verdict.Open(envelope, [pem], new("staging", World.Artifact), now)).Code.ShouldBe(EvidenceRefusals.Verdict);
        Should.Throw<EvidenceRefusedException>(() => Verdict.Open(envelope, [pem], new("production", World.Artifact), now.AddMinutes(61))).Code.ShouldBe(EvidenceRefusals.Verdict);

        (await World.Must(200, _world.Ann.GetJsonAsync($"/policy-checks/{verdict.DecisionId}"))).Json!["verdict"]!.ToJsonString().ShouldBe(check.Json["verdict"]!.ToJsonString());
        (await _world.CheckAsync(dryRun: true)).Json!["verdict"].ShouldBeNull();
        (await _world.CheckAsync(artifact: World.OtherArtifact)).Json!["verdict"].ShouldBeNull();
    }

    [Fact]
    public async Task Is_verified_by_an_auditor_as_documented()
    {
        await _world.FoundedAsync("iris");
        await _world.ApprovedAsync("iris");
        await World.Must(200, _world.CheckAsync("iris"));
        await GrowAsync();
        using var folder = new TemporaryFolder();
        var output = await DocumentedCommands.RunAsync("docs/verification.md", _server, folder.Path);

        output.ShouldContain("BEGIN PUBLIC KEY");
        output.ShouldContain("verified  mlops-governance/audit: ");
        output.ShouldContain("\"stream\":\"policy-set\"");
        output.ShouldContain("exported into auditor/policies.csv");
        output.ShouldContain("drawn with the seed 2026-11-30-dice-4-1-6");
        output.ShouldContain("1 of 1 decisions were made again");
        output.ShouldContain("verified  iris version 1 for production: ");
        var entry = await File.ReadAllBytesAsync(Path.Combine(folder.Path, "auditor", "adopted.tlog-proof.json"), Token);
        Receipt.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "auditor", "adopted.tlog-proof"), Token)).Verify(entry, Keys);
    }

    private async Task GrowAsync()
    {
        while (await Log.GrowAsync(Token) > 0) { }
        await Log.SignAsync(Token);
    }

    /// <summary>Changes rows, looks, and puts everything back.</summary>
    private async Task NoticesAsync(string kind, string sql)
    {
        await QueryAsync(_connection, sql);
        var found = (await Integrity.CheckAsync(Token)).Difference.ShouldNotBeNull(sql);
        found.Kind.ShouldBe(kind, found.Why);
        await QueryAsync(_connection, "begin; delete from governance.mt_events; insert into governance.mt_events select * from kept; delete from governance.log_leaf; insert into governance.log_leaf select * from kept_leaves; commit");
        (await Integrity.CheckAsync(Token)).Difference?.Why.ShouldBeNull();
    }

    private static async Task<string> TextAsync(HttpClient client, string path) => Encoding.UTF8.GetString(await BytesAsync(client, path));

    private static async Task<byte[]> BytesAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Content.ReadAsByteArrayAsync(Token);
    }
}
