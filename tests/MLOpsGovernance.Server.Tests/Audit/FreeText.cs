using System.Text.Json.Nodes;
using MLOpsGovernance.Server.Tests.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Tests.Audit;

/// <summary>What people write is readable in answers and nowhere in the database, and gone for good with the key of whom it is about.</summary>
public sealed class FreeText(Database database)
{
    private const string Secret = "quokka-7421";

    [Fact]
    public async Task Is_sealed_wherever_it_is_stored_and_gone_with_its_key()
    {
        var connection = await database.NewDatabaseAsync(nameof(FreeText));
        string decision;
        await using (var server = await RunningServer.StartAsync(connection))
        {
            decision = await WriteEverywhereAsync(server);
            (await TextsAsync(server)).Count(t => t.Contains(Secret)).ShouldBeGreaterThan(12);
            (await Repeated(server)).Json!["purpose"]!.GetValue<string>().ShouldBe($"{Secret} purpose");
            (await PlacesAsync(connection)).ShouldBeEmpty();
        }

        await LocalPostgresTest.QueryAsync(connection, "delete from governance.sealing_keys where subject <> 'someone-else'");
        await using (var server = await RunningServer.StartAsync(connection))
        {
            (await TextsAsync(server)).ShouldAllBe(t => !t.Contains(Secret));
            var registered = (await server.As("dev:contributor:ann").GetJsonAsync("/audit/events?stream=model:m&type=model_registered")).Json!["items"]![0]!["data"]!;
            registered.AsObject().ContainsKey("purpose").ShouldBeTrue();
            registered["purpose"].ShouldBeNull();
            var again = await Repeated(server);
            again.Status.ShouldBe(201);
            again.Json!["name"]!.GetValue<string>().ShouldBe("m");
            again.Json["purpose"].ShouldBeNull();
            (await server.As("dev:contributor:ann").GetJsonAsync("/models/m")).Json!["purpose"].ShouldBeNull();
            (await World.Must(200, server.As("dev:contributor:ann").PostJsonAsync($"/policy-checks/{decision}/replay"))).Json!["identical"]!.GetValue<bool>().ShouldBeTrue();
        }
    }

    private static Task<Answer> Repeated(RunningServer server) =>
        server.As("dev:contributor:ann").PostJsonAsync("/models", new { name = "m", team = "flowers", purpose = $"{Secret} purpose" }, "model-key");

    private static async Task<string> WriteEverywhereAsync(RunningServer server)
    {
        var (ann, eve, rita, carl, root) = (server.As("dev:contributor:ann"), server.As("dev:model-validator:eve"), server.As("dev:ai-risk-officer:rita"), server.As("dev:compliance-officer:carl"), server.As("dev:administrator:root"));
        string Text(string of) => $"{Secret} {of}";
        await World.Must(201, ann.PostJsonAsync("/teams", new { name = "flowers" }));
        await World.Must(201, ann.PostJsonAsync("/datasets", new { name = "iris", team = "flowers", description = Text("description") }, "1"));
        await World.Must(201, ann.PostJsonAsync("/datasets/iris/versions", new { version = "1", digest = World.Artifact }, "2"));
        await World.Must(200, carl.PutJsonAsync("/datasets/iris/classification", new { sensitivity = "public", personalData = false }, "3"));
        await World.Must(201, Repeated(server));
        await World.Must(200, carl.PutJsonAsync("/models/m/risk", new { euAiAct = "minimal", tier = 3, reason = Text("risk") }, "4"));
        await World.Must(200, ann.PutJsonAsync("/models/m/card", new { text = Text("card") }, "5"));
        await World.Must(201, ann.PostJsonAsync("/models/m/versions", World.Version(), "6"));
        await World.Must(201, ann.PostJsonAsync("/models/m/versions/1/reviews", new { note = Text("note") }, "7"));
        var approval = (await World.Must(201, eve.PostJsonAsync("/models/m/versions/1/approvals", new { outcome = "approved", role = "model-validator", reason = Text("approval") }, "8"))).Json!["id"]!.GetValue<string>();
        var check = await World.Must(200, server.As("dev:pipeline").PostJsonAsync("/policy-checks", new { model = "m", version = 1, environment = "production", artifactDigest = World.Artifact }, "9"));
        await World.Must(200, eve.PostJsonAsync($"/models/m/versions/1/approvals/{approval}/revocation", new { reason = Text("revocation") }, "10"));
        var finding = (await World.Must(201, ann.PostJsonAsync("/models/m/findings", new { title = Text("finding"), severity = "low" }, "11"))).Json!["id"]!.GetValue<string>();
        await World.Must(200, eve.PostJsonAsync($"/models/m/findings/{finding}/closure", new { reason = Text("closing") }, "12"));
        await World.Must(201, ann.PostJsonAsync("/models/m/incidents", new { title = Text("incident"), severity = "low" }, "13"));
        var glass = (await World.Must(201, ann.PostJsonAsync("/models/m/versions/1/break-glass", new { environment = "production", reason = Text("glass") }, "14"))).Json!["id"]!.GetValue<string>();
        await World.Must(200, rita.PostJsonAsync($"/models/m/versions/1/break-glass/{glass}/approval", new { reason = Text("agreed") }, "15"));
        await World.Must(200, ann.PostJsonAsync("/models/m/suspension", new { reason = Text("suspension"), about = "bob" }, "16"));
        await World.Must(200, rita.PostJsonAsync("/models/m/resumption", new { reason = Text("resumption") }, "17"));
        await World.Must(200, ann.PostJsonAsync("/datasets/iris/withdrawal", new { reason = Text("withdrawal") }, "18"));
        await World.Must(200, root.PutJsonAsync("/subjects/kim/roles/model-validator", new { reason = Text("grant") }, "19"));
        await World.Must(200, root.PutJsonAsync("/environments/lab", new { gated = true, reason = Text("environment") }, "20"));
        return check.Json!["decisionId"]!.GetValue<string>();
    }

    private static async Task<List<string>> TextsAsync(RunningServer server)
    {
        var events = (await World.Must(200, server.As("dev:contributor:ann").GetJsonAsync("/audit/events?limit=500"))).Json!["items"]!.AsArray();
        return [.. events.SelectMany(e => Texts(e!["data"]))];
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Texts(p.Value)),
        JsonArray a => a.SelectMany(Texts),
        JsonValue v when v.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    /// <summary>Every table of the service in which the text can be read.</summary>
    private static async Task<List<string>> PlacesAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        List<string> tables = [], places = [];
        await using (var list = source.CreateCommand("select format('%I.%I', table_schema, table_name) from information_schema.tables where table_schema in ('governance', 'orleans', 'public') and table_type = 'BASE TABLE'"))
        await using (var reader = await list.ExecuteReaderAsync(LocalPostgresTest.Token))
            while (await reader.ReadAsync(LocalPostgresTest.Token)) tables.Add(reader.GetString(0));
        tables.Count.ShouldBeGreaterThan(8);
        foreach (var table in tables)
        {
            // Bytes stand in hexadecimal in a row's text.
            await using var count = source.CreateCommand($"select count(*) from {table} t where t::text like '%{Secret}%' or t::text like '%{Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(Secret))}%'");
            if ((long)(await count.ExecuteScalarAsync(LocalPostgresTest.Token))! > 0) places.Add(table);
        }

        return places;
    }
}
