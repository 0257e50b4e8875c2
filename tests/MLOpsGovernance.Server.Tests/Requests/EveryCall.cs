using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MLOpsGovernance.Server.Tests.BuyOrBuild;

namespace MLOpsGovernance.Server.Tests.Requests;

/// <summary>One valid call. A path may name what an earlier call answered: <c>{approval}</c>.</summary>
/// <param name="Keeps">The name under which a field of the answer is kept, as <c>approval=id</c>.</param>
internal sealed record ValidCall(string Method, string Path, string Token, string? Body = null, string? Keeps = null)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>A server on which every endpoint of the API was called once with success, in an order that makes sense.</summary>
public sealed partial class EveryCall(Database database) : IAsyncLifetime
{
    private const string Ann = "dev:contributor:ann", Eve = "dev:model-validator:eve", Rita = "dev:ai-risk-officer:rita", Carl = "dev:compliance-officer:carl",
        Admin = "dev:administrator:root", Pipeline = "dev:pipeline";

    private const string Digest = World.Artifact, Image = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private const string Run = "3f5e83fa-3480-44ff-99c5-ff943904e5e8";

    private readonly Dictionary<string, string> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);

    public RunningServer Server { get; private set; } = null!;

    public string Connection { get; private set; } = "";

    /// <summary>What the server says of itself.</summary>
    public JsonNode OpenApi { get; private set; } = null!;

    internal static IReadOnlyList<ValidCall> All { get; } =
    [
        // Made while all the others are called; what it says is read last.
        new("POST", "/reports", Carl, """{"kind":"audit-period","asOf":"2026-06-30T12:00:00Z","from":"2026-01-31T12:00:00Z","to":"2026-06-30T12:00:00Z"}""", "issued=id"),
        new("POST", "/teams", Ann, """{"name":"flowers","displayName":"Flowers"}"""),
        new("PUT", "/teams/flowers", Ann, """{"displayName":"Flowers & Co"}"""),
        new("PUT", "/teams/flowers/members/bob", Ann, """{"functions":["ml-engineer"],"skills":["sql"]}"""),
        new("PUT", "/teams/flowers/members/zoe", Ann, """{"functions":[]}"""),
        new("DELETE", "/teams/flowers/members/zoe", Ann),
        new("GET", "/teams", Ann),
        new("GET", "/teams/flowers", Ann),
        new("POST", "/datasets", Ann, """{"name":"iris","team":"flowers","description":"150 flowers","about":"ann"}"""),
        new("POST", "/datasets/iris/versions", Ann, $$"""{"version":"1","digest":"{{Digest}}","schema":[{"name":"petal","type":"double"}],"rows":150,"sources":[]}"""),
        new("PUT", "/datasets/iris/versions/1/quality", Ann, """{"measures":[{"name":"completeness","score":0.9}]}"""),
        new("POST", "/datasets/iris/review", Ann, """{"nextDue":"2099-01-31T12:00:00Z","note":"still flowers","about":"ann"}"""),
        new("GET", "/datasets/iris/versions/1/schema-changes", Ann),
        new("PUT", "/datasets/iris/lineage-names", Ann, """{"names":[{"namespace":"s3://bucket","name":"/iris"}]}"""),
        new("PUT", "/datasets/iris/classification", Carl, """{"sensitivity":"public","personalData":false,"legalBasis":"contract","permittedPurposes":[{"code":"research","legalBasis":"consent","specialCategoryCondition":"archiving-and-research"}],"retentionDays":30,"purpose":"study flowers","anonymised":false,"reason":"published","about":"carl"}"""),
        new("POST", "/datasets", Ann, """{"name":"petals","team":"flowers"}"""),
        new("PUT", "/datasets/petals/classification", Ann, """{"sensitivity":"internal","personalData":false}"""),
        new("POST", "/datasets/petals/classification/confirmation", Carl, """{"reason":"agreed","about":"carl"}"""),
        new("GET", "/purposes", Ann),
        new("GET", "/datasets", Ann),
        new("GET", "/datasets/iris", Ann),
        new("POST", "/models", Ann, """{"name":"m","team":"flowers","purpose":"tell flowers apart","purposes":["research"],"about":"ann","origin":"internal","generative":false}"""),
        new("PUT", "/models/m/purpose", Ann, """{"purpose":"tell more flowers apart","purposes":["research"],"about":"ann"}"""),
        new("PUT", "/models/m/risk", Carl, """{"euAiAct":"minimal","tier":3,"reason":"a toy","role":"provider","basis":{"annex":"III","point":"5(b)","exception":"Art. 6(3)(a)"},"materiality":{"exposure":12.5,"currency":"EUR","date":"2026-01-31","peopleAffected":3,"businessService":"garden"},"about":"carl","accountableExecutive":"ann"}"""),
        new("PUT", "/models/m/card", Ann, """{"text":"A model of flowers.","about":"ann"}"""),
        new("GET", "/models", Ann),
        new("GET", "/models/m", Ann),
        new("POST", "/models/m/versions", Ann, $$"""{"artifactDigest":"{{Digest}}","authors":["ann"],"datasets":[{"name":"iris","version":"1"}],"imageDigest":"{{Image}}","framework":"sklearn","environmentDigest":"{{Image}}","commit":"abc","run":"run-1","runTrigger":"schedule","runEnvironment":"training","metrics":{"auc":0.97} }"""),
        new("PUT", "/models/m/versions/1/authors/bob", Ann),
        new("PUT", "/models/m/versions/1/artifact", Ann, $$"""{"imageDigest":"{{Digest}}"}"""),
        new("GET", "/models/m/versions/1", Ann),
        new("GET", "/models/m/versions/1/dossier", Ann),
        new("GET", "/models/m/versions/1/ml-bom", Ann),
        new("GET", "/models/m/versions/1/model-card", Ann),
        new("GET", "/models/m/versions/1/model-card.md", Ann),
        new("POST", "/lineage", Pipeline, $$"""{"eventType":"COMPLETE","eventTime":"2026-01-31T12:00:00Z","producer":"https://example.com/client","schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent","run":{"runId":"{{Run}}"},"job":{"namespace":"airflow","name":"load"},"inputs":[],"outputs":[{"namespace":"s3://bucket","name":"/iris"}]}"""),
        new("POST", "/lineage/batch", Pipeline, "[]"),
        new("GET", $"/lineage/runs/{Run}", Ann),
        new("GET", "/lineage/warnings", Ann),
        new("GET", "/lineage?nodeId=dataset:iris", Ann),
        new("GET", "/lineage/impact?nodeId=dataset:iris", Ann),
        new("GET", "/lineage/columns?nodeId=dataset:iris", Ann),
        new("POST", "/datasets/iris/recalls", Ann, """{"version":"1","reason":"a drill","drill":true,"about":"ann"}"""),
        new("POST", "/datasets/petals/recalls", Ann, """{"reason":"not ours to use"}""", "recall=id"),
        new("GET", "/datasets/petals/recalls/{recall}", Ann),
        new("POST", "/datasets/petals/recalls/{recall}/confirmation", Ann),
        new("GET", "/recalls", Ann),
        new("PUT", "/models/m/aliases/champion", Ann, """{"version":1}"""),
        new("DELETE", "/models/m/aliases/champion", Ann),
        new("POST", "/models/m/versions/1/reviews", Ann, """{"note":"please","about":"ann"}"""),
        new("POST", "/models/m/versions/1/evidence", Pipeline, $$"""{"kind":"ci-attestation","digest":"{{Digest}}","uri":"https://ci.example/runs/7","producedAt":"2026-01-31T12:00:00Z","validUntil":"2099-01-31T12:00:00Z","summary":"all green","about":"ann"}"""),
        new("GET", "/evidence-kinds", Ann),
        new("POST", "/models/m/versions/1/validations", Eve, $$"""{"scope":"held-out flowers","conclusion":"fit-with-conditions","limitations":"no roses","evidence":["{{Digest}}"],"conditions":[{"id":"recalibrate","title":"recalibrate it","owner":"ann","due":"2099-01-31T12:00:00Z"}],"validUntil":"2099-12-31T00:00:00Z","about":"eve"}""", "validation=id"),
        new("POST", "/models/m/versions/1/conditions/recalibrate/fulfilment", Ann, $$"""{"reason":"recalibrated","evidence":["{{Digest}}"],"about":"ann"}"""),
        new("POST", "/models/m/versions/1/conditions/recalibrate/confirmation", Eve, """{"reason":"seen","about":"eve"}"""),
        new("POST", "/models/m/versions/1/approvals", Eve, """{"outcome":"approved-with-conditions","role":"model-validator","reason":"evaluated","validUntil":null,"validation":"{validation}","conditions":[{"id":"watch","title":"watch it","owner":"ann","due":"2099-01-31T12:00:00Z"}],"about":"eve"}""", "approval=id"),
        new("POST", "/policy-checks", Pipeline, $$"""{"model":"m","version":1,"environment":"production","artifactDigest":"{{Digest}}","action":"deploy","dryRun":false,"stage":"full"}""", "decision=decisionId"),
        new("GET", "/policy-checks/{decision}", Ann),
        new("GET", "/models/m/versions/1/readiness?environment=production", Ann),
        new("POST", "/policy-checks/{decision}/replay", Ann),
        new("POST", "/deployments", Pipeline, """{"model":"m","version":1,"environment":"production","decisionId":"{decision}"}""", "deployment=id"),
        new("POST", "/models/m/deployments/{deployment}/outcome", Pipeline, """{"outcome":"succeeded","reason":"no more errors than before","evidence":["sha256:2222222222222222222222222222222222222222222222222222222222222222"],"ended":false,"about":"ann"}"""),
        new("GET", "/environments/production/deployments", Ann),
        new("POST", "/models/m/versions/1/approvals/{approval}/revocation", Eve, """{"reason":"looked again","about":"eve"}"""),
        new("POST", "/models/m/findings", Ann, """{"title":"drifts","severity":"low","version":1,"owner":"bob","due":"2099-01-31T12:00:00Z","plan":"look into it","about":"ann"}""", "finding=id"),
        new("PUT", "/models/m/findings/{finding}", Ann, """{"owner":"bob","due":"2099-01-31T12:00:00Z","plan":"train again","about":"ann"}"""),
        new("POST", "/models/m/findings/{finding}/closure", Eve, $$"""{"reason":"retrained","evidence":["{{Digest}}"],"about":"eve"}"""),
        new("POST", "/models/m/findings/{finding}/reopening", Ann, """{"reason":"it came back","due":"2099-01-31T12:00:00Z","about":"ann"}"""),
        new("GET", "/findings", Ann),
        new("POST", "/models/m/incidents", Ann, """{"title":"wrong answers","severity":"low","version":1,"environment":"production","about":"ann"}"""),
        new("GET", "/incidents", Ann, null, "incident=items.0.id"),
        new("POST", "/models/m/incidents/{incident}/acknowledgement", Ann, """{"owner":"bob","note":"look at it","about":"ann"}"""),
        new("POST", "/models/m/incidents/{incident}/resolution", Ann, """{"reason":"answers are right again","about":"ann"}"""),
        new("POST", "/models/m/versions/1/monitoring", Ann, """{"observedAt":"2026-01-31T12:00:00Z","environment":"production","observedFrom":"2026-01-30T12:00:00Z","source":"watcher","baseline":[{"name":"petal","edges":[1.5],"counts":[500,500]}],"replaceBaseline":false,"reason":"first","features":[{"name":"petal","counts":[490,510]}],"metrics":[{"name":"auc","value":0.9,"atLeast":0.8,"atMost":1,"onLabels":true}],"watched":["health"],"incidentSeverity":"low","about":"ann"}""", "report=id"),
        new("GET", "/models/m/versions/1/monitoring", Ann),
        new("GET", "/models/m/versions/1/monitoring/{report}", Ann),
        new("POST", "/models/m/versions/1/break-glass", Ann, """{"environment":"production","reason":"the house burns","minutes":30,"about":"ann"}""", "glass=id"),
        new("POST", "/models/m/versions/1/break-glass/{glass}/approval", Rita, """{"reason":"it does","about":"rita"}"""),
        new("POST", "/waivers", Ann, $$"""{"model":"m","environment":"production","rule":"REL-006","version":1,"artifactDigest":"{{Digest}}","expiresAt":"{{InDays(5)}}","reason":"being remedied","compensatingControl":"a person looks","ticket":"RISK-7","about":"ann"}""", "waiver=id"),
        new("POST", "/waivers/{waiver}/approval", Rita, """{"reason":"agreed","about":"rita"}"""),
        new("GET", "/waivers", Ann),
        new("GET", "/waivers/{waiver}", Ann),
        new("POST", "/waivers/{waiver}/revocation", Carl, """{"reason":"worse than thought","about":"carl"}"""),
        new("POST", "/waivers", Ann, $$"""{"model":"m","environment":"production","rule":"REL-006","expiresAt":"{{InDays(4)}}","reason":"being remedied","compensatingControl":"a person looks"}""", "unwanted=id"),
        new("POST", "/waivers/{unwanted}/rejection", Rita, """{"reason":"remedy it","about":"rita"}"""),
        new("POST", "/waivers", Ann, $$"""{"model":"m","environment":"production","rule":"REL-006","expiresAt":"{{InDays(3)}}","reason":"being remedied","compensatingControl":"a person looks"}""", "dropped=id"),
        new("POST", "/waivers/{dropped}/withdrawal", Ann, """{"reason":"remedied","about":"ann"}"""),
        new("POST", "/models/m/recertification", "dev:contributor:bob", """{"stillInUse":true,"reason":"looked at it","about":"bob"}"""),
        new("POST", "/compliance/runs", Carl, Keeps: "run=run.id"),
        new("GET", "/compliance/runs", Ann),
        new("GET", "/compliance/runs/{run}", Ann),
        new("GET", "/compliance/estate", Ann),
        new("GET", "/tasks", Ann),
        new("POST", "/models/m/suspension", Ann, """{"reason":"odd","version":1,"about":"ann"}"""),
        new("POST", "/models/m/resumption", Rita, """{"reason":"understood","version":1,"about":"rita"}"""),
        new("POST", "/models", Ann, """{"name":"bought","team":"flowers","purpose":"tell flowers apart","origin":"vendor","generative":true}"""),
        new("PUT", "/models/bought/risk", Ann, """{"euAiAct":"limited","tier":2,"reason":"bought"}"""),
        new("POST", "/models/bought/risk/confirmation", Carl, """{"reason":"agreed","about":"carl"}"""),
        new("GET", "/classifications", Ann),
        new("POST", "/models/bought/versions", Ann, $$"""{"authors":["ann"],"descriptor":{"supplier":"Scores Ltd","product":"flowers","productVersion":"4.2","endpoint":"https://api.scores.example/v4","contract":"C-17","configurationDigests":["{{Digest}}"],"promptDigests":[],"supplierEvidence":[{"kind":"model-card","digest":"{{Digest}}"}]} }"""),
        new("PUT", "/environments/lab", Admin, """{"gated":true,"region":"eu","target":"other","reason":"new","about":"root"}"""),
        new("GET", "/environments", Ann),
        new("GET", "/environments/lab", Ann),
        new("PUT", "/environments/lab/observed", Pipeline, $$"""{"observedAt":"2026-01-31T12:00:00Z","source":"kubectl","items":[{"name":"pod-1","digest":"sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd","replicas":2}]}""", "strange=discrepancies.0.finding"),
        new("GET", "/environments/lab/observed", Ann),
        new("POST", "/environments/lab/findings/{strange}/closure", Eve, """{"reason":"stopped","about":"eve"}"""),
        new("PUT", "/subjects/kim/roles/model-validator", Admin, """{"reason":"trained","about":"kim"}"""),
        new("POST", "/subjects/kim/roles/model-validator/recertification", Admin, """{"reason":"still validates","about":"kim"}"""),
        new("GET", "/subjects/kim", Ann),
        new("DELETE", "/subjects/kim/roles/model-validator", Admin),
        new("GET", "/me", Ann),
        new("POST", "/api-keys", Ann, """{"name":"ci","teams":["flowers"],"environments":["lab"],"expiresAt":null}""", "key=id"),
        new("GET", "/api-keys", Ann),
        new("GET", "/api-keys/{key}", Ann),
        new("POST", "/api-keys/{key}/revocation", Ann, """{"reason":"done"}"""),
        new("GET", "/policies", Ann, null, "shipped=digest"),
        new("GET", "/policies/frameworks", Ann),
        new("POST", "/policies/simulations", Carl, $$"""{"policySet":{"documents":[{"path":"facts.yaml","text":{{JsonSerializer.Serialize(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policies", "facts.yaml")))}}}]},"from":"2026-01-01T00:00:00Z","to":"2099-01-01T00:00:00Z"}""", "simulation=id"),
        new("GET", "/policies/simulations/{simulation}", Ann),
        new("POST", "/policies/simulations/{simulation}/cancellation", Carl),
        new("GET", "/audit/events", Ann, null, "event=items.0.id"),
        new("GET", "/audit/checkpoint", Ann),
        new("GET", "/audit/events/{event}/proof", Ann),
        new("GET", "/audit/integrity", Ann),
        new("GET", "/audit/live?environment=production", Ann),
        new("GET", "/audit/export", Carl),
        new("GET", "/models/m/evidence-pack", Carl),
        new("POST", "/audit/samples", Carl, """{"seed":"2026-11-30","count":3,"population":{"actor":"ann","from":"2026-01-31T12:00:00Z","to":"2099-01-31T12:00:00Z"} }""", "sample=id"),
        new("GET", "/audit/samples", Carl),
        new("GET", "/audit/samples/{sample}", Carl, null, "drawn=items.0.event"),
        new("PUT", "/audit/samples/{sample}/events/{drawn}", Carl, """{"result":"in-order","comment":"seen","about":"carl"}"""),
        new("GET", "/audit/samples/{sample}/paper", Carl),
        new("POST", "/subjects/kim/legal-holds", Carl, """{"reason":"a dispute","about":"carl"}""", "hold=items.0.id"),
        new("GET", "/subjects/kim/legal-holds", Carl),
        new("POST", "/subjects/kim/legal-holds/{hold}/lifting", Carl, """{"reason":"settled","about":"carl"}"""),
        new("POST", "/erasures", Admin, """{"subject":"kim","reason":"they asked","about":"root"}""", "erasure=id"),
        new("GET", "/erasures", Carl),
        new("GET", "/erasures/{erasure}", Carl),
        new("POST", "/erasures/{erasure}/agreement", Carl, """{"legalBasis":"objection","reason":"they may","about":"carl"}"""),
        new("POST", "/models/m/incidents", Ann, """{"title":"zoe saw it","severity":"low","about":"zoe"}"""),
        new("POST", "/erasures", Admin, """{"subject":"zoe","reason":"they asked"}""", "kept=id"),
        new("POST", "/erasures/{kept}/rejection", Carl, """{"reason":"not now","about":"carl"}"""),
        new("GET", "/audit/accesses", Carl),
        new("POST", "/reports", Carl, """{"kind":"model-compliance","subject":"m"}"""),
        new("GET", "/reports", Ann),
        new("GET", "/reports/{issued}", Ann),
        new("GET", "/audit/status-list", Ann),
        new("GET", "/audit/witnesses", Ann),
        new("GET", "/approvals/patterns", Carl),
        new("GET", "/approvals/forecast?model=m&version=1", Ann),
        new("GET", "/instruments", Ann),
        new("GET", "/instruments/mlops-maturity", Ann),
        new("POST", "/assessments", Ann, """{"team":"flowers","instrument":"mlops-maturity","windowDays":90}""", "assessment=id"),
        new("GET", "/assessments", Ann),
        new("PUT", "/assessments/{assessment}/answers/D8.2", Ann, $$"""{"step":4,"note":"a roster","reference":"{{Digest}}","about":"ann"}"""),
        new("POST", "/assessments/{assessment}/answers/D8.2/review", Carl, """{"note":"seen","about":"carl"}"""),
        new("PUT", "/assessments/{assessment}/exemptions/D8.5", Ann, """{"reason":"no costs","until":null,"about":"ann"}"""),
        new("POST", "/assessments/{assessment}/exemptions/D8.5/agreement", Carl),
        new("DELETE", "/assessments/{assessment}/exemptions/D8.5", Ann),
        new("PUT", "/assessments/{assessment}/settings", Ann, """{"targets":{"D2.1":1},"weights":{"D1":2}}"""),
        new("PUT", "/assessments/{assessment}/skills/ann", Ann, """{"skills":{"Docker":3},"roles":["ml_engineer"]}"""),
        new("GET", "/assessments/{assessment}/skills", Ann),
        new("GET", "/assessments/{assessment}/systems/m", Ann),
        new("PUT", "/assessments/{assessment}/systems/m/tests/MT-D2", Ann, """{"mark":0.5}"""),
        new("POST", "/assessments/{assessment}/systems/m/tests/MT-D2/agreement", Carl),
        new("GET", "/assessments/{assessment}/what-if?question=D2.1", Ann),
        new("GET", "/assessments/{assessment}/export", Ann),
        new("GET", "/assessments/{assessment}", Ann),
        new("POST", "/assessments/{assessment}/completion", Ann),
        new("POST", "/buy-or-build", Ann, PlatformQuestion.Usual().With("team", "flowers").With("assessment", "{assessment}").ToJsonString(), "advice=id"),
        new("GET", "/buy-or-build", Ann),
        new("GET", "/buy-or-build/{advice}", Ann),
        new("GET", "/buy-or-build/{advice}/export", Ann),
        new("POST", "/datasets/iris/withdrawal", Ann, """{"reason":"a mistake","about":"ann","version":"1"}"""),
        new("POST", "/datasets/iris/restoration", Carl, """{"reason":"none","about":"ann","version":"1"}"""),
        new("POST", "/models/m/versions/1/recall", Eve, """{"reason":"unfit","about":"eve"}"""),
        new("POST", "/policies/proposals", Carl, TinySet("one"), "proposal=id"),
        new("GET", "/policies/proposals", Ann),
        new("GET", "/policies/proposals/{proposal}", Ann),
        new("POST", "/policies/proposals/{proposal}/adoption", Rita, """{"reason":"agreed","about":"rita"}"""),
        new("GET", "/policies/sets", Ann),
        new("GET", "/policies/sets/{shipped}", Ann),
        new("POST", "/policies/sets/{shipped}/rollback", Carl, """{"reason":"it was better","about":"carl"}""", "back=id"),
        new("POST", "/policies/proposals/{back}/adoption", Rita, """{"reason":"it was","about":"rita"}"""),
        new("POST", "/policies/proposals", Carl, TinySet("other"), "other=id"),
        new("POST", "/policies/proposals/{other}/rejection", Rita, """{"reason":"once was enough","about":"rita"}"""),
        new("POST", "/models/m/retirement", Ann, """{"reason":"replaced","version":1,"about":"ann"}"""),
        new("GET", "/reports/{issued}/content?format=html", Ann),
    ];

    private static string InDays(int days) => TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The smallest set that may be adopted.</summary>
    private static string TinySet(string title) => new JsonObject
    {
        ["documents"] = new JsonArray(
            Policies.PolicyOffice.Document("facts.yaml", "apiVersion: governance.mlops/v1\nkind: FactSchema\nmetadata: {name: facts, version: 1.0.0}\nspec: {types: {Release: {fields: {action: {type: string}}}}, facts: {release: {type: Release}}}\n"),
            Policies.PolicyOffice.Document("tiny.yaml", $"apiVersion: governance.mlops/v1\nkind: Policy\nmetadata: {{name: tiny, version: 1.0.0, title: {title}, owner: \"group:risk\", severity: low}}\nspec: {{match: {{}}, enforcement: {{default: mandatory}}, rules: [{{id: TINY-1, title: t, expression: \"release.action != ''\", message: m, remediation: r, controls: [{{framework: f, ref: c}}]}}]}}\n")),
        ["reason"] = "smaller",
        ["authors"] = new JsonArray(new JsonObject { ["path"] = "tiny.yaml", ["subjects"] = new JsonArray("kim") }),
        ["about"] = "carl",
    }.ToJsonString();

    /// <summary>Those whose bodies are ours to describe: what clients of OpenLineage send is read by the rules of that specification.</summary>
    internal static IEnumerable<ValidCall> WithBody => All.Where(c => c.Body is not null && !c.Path.StartsWith("/lineage", StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        Connection = await database.NewDatabaseAsync(nameof(EveryCall));
        Server = await RunningServer.StartAsync(Connection, null, ("Erasure:RetentionDays", "0"));
        using var client = new HttpClient { BaseAddress = Server.Address };
        OpenApi = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!;
        foreach (var call in All)
        {
            var answer = await SendAsync(call, Json(call.Body is null ? null : Filled(call.Body)));
            answer.Status.ShouldBeInRange(200, 202, $"{call}: {answer.Json?.ToJsonString()}");
            if (call.Keeps?.Split('=') is [var name, var field]) _kept[name] = field.Split('.').Aggregate(answer.Json!, (json, step) => step == "0" ? json[0]! : json[step]!).GetValue<string>();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values) client.Dispose();
        await Server.DisposeAsync();
    }

    public HttpClient As(string token) => _clients.TryGetValue(token, out var client) ? client : _clients[token] = Server.As(token);

    /// <summary>Whatever is answered must be described.</summary>
    internal async Task<Answer> SendAsync(ValidCall call, HttpContent? body, params (string Name, string Value)[] headers)
    {
        var answer = await As(call.Token).CallWithAsync(call.Method, Filled(call.Path), body, headers);
        var response = Operation(call)!["responses"]![answer.Status.ToString(CultureInfo.InvariantCulture)].ShouldNotBeNull($"{call} answers {answer.Status}, which its description leaves out");
        if (Resolved(response)["content"]?.AsObject().First().Value!["schema"] is { } schema) Fits(answer.Json, schema, call.ToString());
        return answer;
    }

    /// <summary>With the ids of earlier answers in their places.</summary>
    public string Filled(string text) => _kept.Aggregate(text, (t, k) => t.Replace($"{{{k.Key}}}", k.Value, StringComparison.Ordinal));

    public static HttpContent? Json(string? body) => body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");

    /// <summary>The operation of the API description that a call is.</summary>
    internal JsonNode? Operation(ValidCall call) => OpenApi["paths"]!.AsObject()
        .Where(p => Regex.IsMatch($"/api/v1{call.Path.Split('?')[0]}", "^" + Parameter().Replace(p.Key, "[^/]+") + "$", RegexOptions.None, TimeSpan.FromSeconds(1)))
        .OrderBy(p => p.Key.Count(c => c == '{'))
        .Select(p => p.Value![call.Method.ToLowerInvariant()])
        .FirstOrDefault(o => o is not null);

    /// <summary>The schema of a call's body.</summary>
    internal JsonObject Schema(ValidCall call)
    {
        var schema = Operation(call)!["requestBody"]!["content"]!["application/json"]!["schema"]!.AsObject();
        while (schema["$ref"] is { } reference || (schema["oneOf"] is JsonArray { Count: > 0 } one && (reference = one.Select(o => o!["$ref"]).FirstOrDefault(r => r is not null)) is not null))
            schema = OpenApi["components"]!["schemas"]![reference!.GetValue<string>().Split('/')[^1]]!.AsObject();
        return schema;
    }

    /// <summary>What is answered has the members that it is described with, and no others.</summary>
    private void Fits(JsonNode? json, JsonNode described, string where)
    {
        var schema = Resolved(described);
        if (schema["oneOf"] is JsonArray either)
        {
            if (json is not null) Fits(json, either.First(e => e!["type"]?.ToJsonString() != "\"null\"")!, where);
            return;
        }

        switch (json)
        {
            case JsonArray items when schema["items"] is { } item:
                for (var i = 0; i < items.Count; i++) Fits(items[i], item, $"{where}[{i}]");
                break;
            case JsonObject members when schema["properties"] is JsonObject properties:
                foreach (var required in schema["required"]?.AsArray() ?? []) members.ContainsKey(required!.GetValue<string>()).ShouldBeTrue($"{where} lacks {required}");
                // A problem may bring members that its code explains.
                foreach (var (name, value) in members)
                {
                    if (properties[name] is { } property) Fits(value, property, $"{where}.{name}");
                    else schema["additionalProperties"]?.GetValue<bool>().ShouldNotBe(false, $"{where}.{name} is not described");
                }

                break;
            case JsonObject members when schema["additionalProperties"] is JsonObject each:
                foreach (var (name, value) in members) Fits(value, each, $"{where}.{name}");
                break;
        }
    }

    private JsonNode Resolved(JsonNode node) =>
        node["$ref"]?.GetValue<string>() is { } path ? Resolved(path.Split('/').Skip(1).Aggregate(OpenApi, (json, step) => json[step]!)) : node;

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
