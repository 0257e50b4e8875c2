using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.Requests;

/// <summary>Whatever is wrong with a request is said in one shape, and nothing of it is stored.</summary>
public sealed class BadInput(EveryCall calls) : IClassFixture<EveryCall>, IAsyncLifetime
{
    private long _before;

    public async ValueTask InitializeAsync() => _before = await EventsAsync(calls);

    public async ValueTask DisposeAsync() => (await EventsAsync(calls)).ShouldBe(_before, "a refused request left an event");

    [Fact]
    public void Is_tried_on_every_endpoint_there_is()
    {
        var described = calls.OpenApi["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => o.Value!)).ToHashSet();
        foreach (var call in EveryCall.All) described.Remove(calls.Operation(call).ShouldNotBeNull(call.ToString()));
        described.Select(o => o.GetPath()).ShouldBeEmpty("an endpoint is missing from EveryCall");
    }

    public static TheoryData<string, string, int, string> Bodies => new()
    {
        { "is not JSON", "{\"name\":", 400, "malformed-json" },
        { "is two values", "{} {}", 400, "malformed-json" },
        { "is empty", "", 400, "malformed-json" },
        { "is null", "null", 400, "missing-body" },
        { "is a list", "[]", 400, "wrong-type" },
        { "is a text", "\"x\"", 400, "wrong-type" },
        { "has an unknown field", "{\"nonsense\":1}", 400, "unknown-field" },
        { "gives a field twice", "{\"about\":\"a\",\"about\":\"b\",\"name\":\"x\",\"name\":\"y\"}", 400, "malformed-json" },
        { "is ten thousand deep", new string('[', 10_000) + new string(']', 10_000), 400, "malformed-json" },
    };

    [Theory, MemberData(nameof(Bodies))]
    public async Task Is_explained_when_the_body(string what, string body, int status, string code)
    {
        foreach (var call in EveryCall.WithBody)
        {
            // An empty body is as good as none where none is needed.
            if (body.Length == 0 && !(calls.Operation(call)!["requestBody"]!["required"]?.GetValue<bool>() ?? false)) continue;
            var answer = await calls.SendAsync(call, EveryCall.Json(body));
            Explained(answer, $"{call} {what}", status, code);
        }
    }

    [Fact]
    public async Task Is_explained_when_the_body_breaks_off_anywhere()
    {
        foreach (var call in EveryCall.WithBody)
        {
            var whole = calls.Filled(call.Body!);
            foreach (var length in new[] { 1, whole.Length / 2, whole.Length - 1 })
                Explained(await calls.SendAsync(call, EveryCall.Json(whole[..length])), $"{call} broken off at {length}", 400, "malformed-json");
        }
    }

    [Fact]
    public async Task Is_explained_when_the_body_is_not_UTF_8()
    {
        foreach (var call in EveryCall.WithBody)
        {
            byte[] bytes = [.. Encoding.UTF8.GetBytes("{\"about\":\""), 0xFF, 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}")];
            var answer = await calls.SendAsync(call, new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } });
            Explained(answer, $"{call} with bytes that are no UTF-8", 400);
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Is_explained_when_the_body_is_of_another_type(string type)
    {
        foreach (var call in EveryCall.WithBody)
        {
            var content = new StringContent(calls.Filled(call.Body!));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            Explained(await calls.SendAsync(call, content), $"{call} as {type}", 415, "unsupported-media-type");
        }
    }

    [Fact]
    public async Task Is_explained_when_the_body_states_no_type()
    {
        foreach (var call in EveryCall.WithBody)
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(calls.Filled(call.Body!)));
            Explained(await calls.SendAsync(call, content), $"{call} without a type", 415, "unsupported-media-type");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_explained_when_the_body_is_too_large(bool chunked)
    {
        foreach (var call in EveryCall.WithBody)
        {
            var refused = await TooMuch.SendAsync(calls, call, chunked);
            Explained(refused, $"{call} with too much", 413, "body-too-large");
            refused.Detail.ShouldBe($"The body may hold at most {TooMuch.Most(call)} bytes.");
        }
    }

    [Fact]
    public async Task Is_explained_when_a_required_field_is_missing_or_null()
    {
        var tried = 0;
        foreach (var call in EveryCall.WithBody)
        {
            foreach (var field in calls.Schema(call)["required"]?.AsArray().Select(n => n!.GetValue<string>()).ToList() ?? [])
            {
                tried++;
                var body = Parsed(call);
                body.Remove(field);
                Explained(await calls.SendAsync(call, EveryCall.Json(body.ToJsonString())), $"{call} without {field}", 400, "missing-field", field);
                body[field] = null;
                Explained(await calls.SendAsync(call, EveryCall.Json(body.ToJsonString())), $"{call} with {field} null", 400, null, field);
            }
        }

        tried.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task Is_explained_when_a_field_is_of_another_type()
    {
        foreach (var call in EveryCall.WithBody)
        {
            foreach (var (field, value) in Parsed(call))
            {
                JsonNode[] wrong = value switch
                {
                    JsonArray => [1, "x", new JsonObject(), new JsonArray(null, null), new JsonArray(new JsonArray())],
                    JsonObject => [1, "x", new JsonArray()],
                    JsonValue v when v.TryGetValue<string>(out _) => [1, true, new JsonObject(), new JsonArray()],
                    JsonValue v when v.TryGetValue<bool>(out _) => [1, "true", new JsonObject()],
                    JsonValue => [true, "1", new JsonObject()],
                    _ => [new JsonObject(), new JsonArray()],
                };
                foreach (var other in wrong)
                {
                    var body = Parsed(call);
                    body[field] = other.DeepClone();
                    var answer = await calls.SendAsync(call, EveryCall.Json(body.ToJsonString()));
                    Explained(answer, $"{call} with {field} {other.ToJsonString()}", 400);
                    answer.Json!["errors"]!.AsObject().Select(e => e.Key).ShouldContain(k => k.StartsWith(field), $"{call} {field}: {answer.Json.ToJsonString()}");
                }
            }
        }
    }

    private static readonly string[] BadNames = ["", " ", "../x", "%2e%2e", "a\u0000b", "a\u0001", "a\nb", "Upper", "ü", "a b", "-a", "a-", "\uFEFFa", new('a', 129), new('a', 300)];

    private static readonly Dictionary<string, string[]> BadTexts = new(StringComparer.Ordinal)
    {
        ["name"] = BadNames,
        ["team"] = BadNames,
        ["model"] = BadNames,
        ["environment"] = BadNames,
        ["about"] = ["", "a@b.example", "../x", "a\u0000", "a b", new('a', 300)],
        ["artifactDigest"] = ["", "sha256:abc", "SHA256:" + new string('a', 64), "sha256:" + new string('A', 64), "sha512:" + new string('a', 128), "sha256:" + new string('a', 65), new('a', 64)],
        ["severity"] = ["", "urgent", "LOW", "low "],
        ["outcome"] = ["", "maybe", "Approved"],
        ["euAiAct"] = ["", "harmless", "Minimal"],
        ["sensitivity"] = ["", "secret", "PUBLIC"],
        ["target"] = ["", "moon"],
        ["action"] = ["", "destroy", "Deploy"],
        ["decisionId"] = ["", "x", "00000000-0000-0000-0000", "{00000000-0000-0000-0000-000000000000}"],
        ["reason"] = ["a\u0000b", "\u0007", new('x', 4001)],
        ["title"] = ["", "a\u0000b", new('x', 1001)],
        ["purpose"] = ["", " ", "a\u0000b", new('x', 4001)],
        ["text"] = ["", "a\u0000b", new('x', 32_001)],
        ["description"] = ["a\u0000b", new('x', 4001)],
        ["displayName"] = ["a\u0000b", new('x', 201)],
        ["note"] = ["a\u0000b", new('x', 4001)],
        ["validUntil"] = ["2027-01-01T00:00:00", "2027-01-01", "tomorrow", "2027-13-01T00:00:00Z", ""],
        ["expiresAt"] = ["2027-01-01T00:00:00", "soon", ""],
        ["framework"] = ["a\u0000b", new('x', 201)],
        ["commit"] = ["", "a b", "a\u0000b", new('x', 257)],
        ["run"] = ["", "a b", "a\u0000b"],
        ["region"] = ["", "a b", "a\u0000b"],
    };

    private static readonly Dictionary<string, string[]> BadNumbers = new(StringComparer.Ordinal)
    {
        ["tier"] = ["0", "4", "-1", "1.5", "2147483648", "1e999", "NaN"],
        ["version"] = ["0", "-1", "1.5", "2147483648", "1e999", "-1e999", "Infinity"],
        ["minutes"] = ["0", "-1", "1441", "1e999"],
        ["rows"] = ["-1", "1e999", "9223372036854775808", "0.5"],
        ["retentionDays"] = ["0", "-1", "36526", "1e999"],
    };

    [Fact]
    public async Task Is_explained_when_a_text_or_number_is_out_of_bounds()
    {
        var tried = 0;
        foreach (var call in EveryCall.WithBody)
        {
            foreach (var (field, value) in Parsed(call))
            {
                var isText = value is null || (value is JsonValue v && v.TryGetValue<string>(out _));
                var texts = isText ? BadTexts.GetValueOrDefault(field, []) : [];
                // What an API key is called is for people; it is no name in the sense of the others.
                if (call.Path == "/api-keys" && field == "name") texts = ["", "a\u0000b", new('x', 101)];
                var numbers = value is JsonValue n && n.GetValueKind() == System.Text.Json.JsonValueKind.Number ? BadNumbers.GetValueOrDefault(field, []) : [];
                foreach (var bad in texts.Select(t => JsonValue.Create(t).ToJsonString()).Concat(numbers))
                {
                    tried++;
                    var body = Parsed(call);
                    body[field] = "@@";
                    var answer = await calls.SendAsync(call, EveryCall.Json(body.ToJsonString().Replace("\"@@\"", bad)));
                    Explained(answer, $"{call} with {field} {bad[..Math.Min(bad.Length, 80)]}", 400, null, bad is "NaN" or "Infinity" ? null : field);
                }
            }
        }

        tried.ShouldBeGreaterThan(200);
    }

    [Theory]
    [InlineData("POST", "/models/m/versions", """{"artifactDigest":"D","authors":["ann"],"metrics":{"auc":1e999}}""", "metrics")]
    [InlineData("POST", "/models/m/versions", """{"artifactDigest":"D","authors":["ann"],"metrics":{"":1}}""", "metrics")]
    [InlineData("POST", "/models/m/versions", """{"artifactDigest":"D","authors":["ann"],"metrics":{"a\u0000":1}}""", "metrics")]
    [InlineData("POST", "/models/m/versions", """{"artifactDigest":"D","authors":["a@b.example"]}""", "authors")]
    [InlineData("POST", "/models/m/versions", """{"artifactDigest":"D","authors":["ann"],"datasets":[{"name":"iris","version":""}]}""", "datasets")]
    [InlineData("POST", "/models/m/versions", """{"artifactDigest":"D","authors":["ann"],"datasets":[null]}""", "datasets")]
    [InlineData("POST", "/datasets/iris/versions", """{"version":"2","digest":"sha256:00"}""", "digest")]
    [InlineData("POST", "/datasets/iris/versions", """{"version":"../2","digest":"D"}""", "version")]
    [InlineData("POST", "/datasets/iris/versions", """{"version":"2","digest":"D","schema":[{"name":"a\u0000","type":"x"}]}""", "schema")]
    [InlineData("POST", "/datasets/iris/versions", """{"version":"2","digest":"D","sources":[null]}""", "sources")]
    [InlineData("PUT", "/datasets/iris/versions/1/quality", """{"measures":[{"name":"a","score":1.5}]}""", "measures")]
    [InlineData("PUT", "/datasets/iris/versions/1/quality", """{"measures":[{"name":"a","score":-0.1}]}""", "measures")]
    [InlineData("PUT", "/datasets/iris/versions/1/quality", """{"measures":[]}""", "measures")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"x","materiality":{"exposure":-1,"currency":"EUR","date":"2026-01-31","peopleAffected":1}}""", "materiality")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"x","materiality":{"exposure":1e999,"currency":"EUR","date":"2026-01-31","peopleAffected":1}}""", "materiality")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"x","materiality":{"exposure":1,"currency":"euro","date":"2026-01-31","peopleAffected":1}}""", "materiality")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"x","materiality":{"exposure":1,"currency":"EUR","date":"31.1.2026","peopleAffected":1}}""", "materiality")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"x","basis":{"annex":"","point":"1"}}""", "basis")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"\ud800"}""", "reason")]
    [InlineData("PUT", "/models/m/card", """{"text":"\udc00 alone"}""", "text")]
    [InlineData("POST", "/models", """{"name":"m2","team":"flowers","purpose":"x","purposes":["A B"]}""", "purposes")]
    [InlineData("POST", "/models", """{"name":"m2","team":"flowers","purpose":"x","purposes":["research","gardening"]}""", "purposes")]
    [InlineData("PUT", "/models/m/purpose", """{"purpose":"x","purposes":["gardening"]}""", "purposes")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"x","materiality":{"exposure":1,"currency":"EUX","date":"2026-01-31","peopleAffected":1}}""", "materiality")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"x","materiality":{"exposure":1,"currency":"EUR","date":"2026-01-31","peopleAffected":-1}}""", "materiality")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"x","materiality":{"exposure":1,"currency":"EUR","date":"2026-01-31","peopleAffected":100000000001}}""", "materiality")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"x","materiality":{"exposure":1,"currency":"EUR","date":"2026-01-31"}}""", "materiality")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"x","basis":{"annex":"III"}}""", "basis")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"x","basis":{"annex":"III","point":null}}""", "basis")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"x","role":"owner"}""", "role")]
    [InlineData("PUT", "/models/m/risk", """{"euAiAct":"minimal","tier":3,"reason":"x","accountableExecutive":"a@b.example"}""", "accountableExecutive")]
    [InlineData("PUT", "/datasets/iris/classification", """{"sensitivity":"public","personalData":false,"permittedPurposes":[{"code":"gardening","legalBasis":"consent"}]}""", "permittedPurposes[0].code")]
    [InlineData("PUT", "/datasets/iris/classification", """{"sensitivity":"public","personalData":false,"permittedPurposes":[{"code":"research","legalBasis":"because"}]}""", "permittedPurposes[0].legalBasis")]
    [InlineData("PUT", "/datasets/iris/classification", """{"sensitivity":"public","personalData":false,"permittedPurposes":[{"code":"research","legalBasis":"consent","specialCategoryCondition":"because"}]}""", "permittedPurposes[0].specialCategoryCondition")]
    [InlineData("PUT", "/datasets/iris/classification", """{"sensitivity":"public","personalData":false,"permittedPurposes":[{"code":"research"}]}""", "permittedPurposes")]
    [InlineData("PUT", "/datasets/iris/classification", """{"sensitivity":"public","personalData":false,"permittedPurposes":[null]}""", "permittedPurposes")]
    [InlineData("PUT", "/datasets/iris/classification", """{"sensitivity":"public","personalData":false,"legalBasis":"because"}""", "legalBasis")]
    [InlineData("PUT", "/datasets/iris/classification", """{"sensitivity":"public","personalData":true,"anonymised":true,"reason":"x"}""", "personalData")]
    [InlineData("PUT", "/datasets/iris/classification", """{"sensitivity":"public","personalData":false,"anonymised":true}""", "reason")]
    [InlineData("PUT", "/teams/flowers/members/bob", """{"functions":["wizard"]}""", "functions")]
    [InlineData("POST", "/policies/simulations", """{"policySet":{"documents":[null]}}""", "documents")]
    [InlineData("POST", "/policies/simulations", """{"policySet":{"documents":[]}}""", "policySet.documents")]
    [InlineData("POST", "/policies/simulations", """{"policySet":{"documents":[{"path":"a b.yaml","text":""}]}}""", "policySet.documents.path")]
    [InlineData("POST", "/policies/simulations", """{"policySet":{"documents":[{"path":"a.yaml","text":""},{"path":"a.yaml","text":""}]}}""", "policySet.documents.path")]
    [InlineData("POST", "/policies/simulations", """{"policySet":{}}""", "policySet")]
    [InlineData("POST", "/policies/simulations", """{"policySet":{"digest":"D","documents":[{"path":"a.yaml","text":""}]}}""", "policySet")]
    [InlineData("POST", "/policies/simulations", """{"policySet":{"digest":"latest"}}""", "policySet.digest")]
    [InlineData("POST", "/policies/simulations", """{"policySet":{"digest":"D"},"from":"2026-02-01T00:00:00Z","to":"2026-01-01T00:00:00Z"}""", "from")]
    public async Task Is_explained_when_it_lies_deeper(string method, string path, string body, string field)
    {
        var answer = await calls.As(path.Contains("risk") || path.Contains("simulations") ? "dev:compliance-officer:carl" : "dev:contributor:ann")
            .CallAsync(method, path, EveryCall.Json(body.Replace("\"D\"", $"\"{World.Artifact}\"")));
        Explained(answer, $"{method} {path} {body}", 400);
        answer.Json!["errors"]!.AsObject().Select(e => e.Key).ShouldContain(k => k.StartsWith(field), answer.Json.ToJsonString());
    }

    [Fact]
    public async Task Is_explained_when_a_metric_has_half_a_character_for_a_name() => Explained(
        await calls.As("dev:contributor:ann").CallAsync("POST", "/models/m/versions", EveryCall.Json($$"""{"artifactDigest":"{{World.Artifact}}","authors":["ann"],"metrics":{"\ud800":1} }""")),
        "a lone surrogate as a name", 400);

    [Theory]
    [InlineData("/teams/..%2fx", 404)]
    [InlineData("/teams/%2e%2e%2fx", 404)]
    [InlineData("/teams/%252e%252e", 404)]
    [InlineData("/teams/UPPER", 404)]
    [InlineData("/teams/a%01b", 404)]
    [InlineData("/teams/a%0Ab", 404)]
    [InlineData("/teams/%C3%28", 404)]
    [InlineData("/datasets/nowhere", 404)]
    [InlineData("/datasets/a%20b", 404)]
    [InlineData("/models/nobody", 404)]
    [InlineData("/models/m/versions/0", 404)]
    [InlineData("/models/m/versions/-1", 404)]
    [InlineData("/models/m/versions/2147483648", 404)]
    [InlineData("/models/m/versions/abc", 404)]
    [InlineData("/models/m/versions/99", 404)]
    [InlineData("/policy-checks/x", 404)]
    [InlineData("/policy-checks/00000000-0000-0000-0000-000000000000", 404)]
    [InlineData("/api-keys/x", 404)]
    [InlineData("/policies/simulations/x", 404)]
    [InlineData("/subjects/a%40b.example", 404)]
    [InlineData("/environments/mars", 404)]
    [InlineData("/environments/mars/deployments", 404)]
    [InlineData("/environments/MARS/deployments", 404)]
    [InlineData("/nothing/here", 404)]
    public async Task Is_explained_when_a_path_leads_nowhere(string path, int status) =>
        Explained(await calls.As("dev:contributor:ann").GetJsonAsync(path), path, status);

    [Fact]
    public async Task Is_explained_when_a_name_in_a_path_has_three_hundred_letters()
    {
        foreach (var kind in new[] { "teams", "datasets", "models", "environments", "subjects", "policy-checks", "api-keys" })
            Explained(await calls.As("dev:contributor:ann").GetJsonAsync($"/{kind}/{new string('a', 300)}"), kind, 404);
    }

    /// <summary>A problem that a program can tell by its code and a person can act on.</summary>
    internal static void Explained(Answer answer, string what, int status, string? code = null, string? field = null)
    {
        var seen = $"{what}: {answer.Status} {answer.Json?.ToJsonString()}";
        answer.Status.ShouldBe(status, seen);
        answer.ContentType.ShouldBe("application/problem+json", seen);
        answer.Json!["status"]!.GetValue<int>().ShouldBe(status, seen);
        answer.Code.ShouldNotBeNull(seen).ShouldMatch("^[a-z0-9-]+$", seen);
        if (code is not null) answer.Code.ShouldBe(code, seen);
        answer.Detail.ShouldNotBeNull(seen).ShouldEndWith(".", Case.Sensitive, seen);
        answer.Json["traceId"].ShouldNotBeNull(seen);
        if (field is null) return;
        answer.Json["errors"].ShouldNotBeNull(seen);
        answer.Json["errors"]!.AsObject().ContainsKey(field).ShouldBeTrue(seen);
        answer.Json["errors"]![field]!.AsArray().Count.ShouldBeGreaterThan(0, seen);
    }

    private JsonObject Parsed(ValidCall call) => JsonNode.Parse(calls.Filled(call.Body!))!.AsObject();

    internal static async Task<long> EventsAsync(EveryCall calls) => (long)(await LocalPostgresTest.QueryAsync(calls.Connection, "select count(*) from governance.mt_events"))!;
}
