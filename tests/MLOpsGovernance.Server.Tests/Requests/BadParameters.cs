using System.Text;
using System.Text.Json.Nodes;
using MLOpsGovernance.Server.Tests.Storage;
using static MLOpsGovernance.Server.Tests.Requests.BadInput;

namespace MLOpsGovernance.Server.Tests.Requests;

/// <summary>What is wrong beside the body: pages, filters, methods, credentials and keys.</summary>
public sealed class BadParameters(EveryCall calls) : IClassFixture<EveryCall>, IAsyncLifetime
{
    private long _before;

    public async ValueTask InitializeAsync() => _before = await EventsAsync(calls);

    public async ValueTask DisposeAsync() => (await EventsAsync(calls)).ShouldBe(_before, "a refused request left an event");

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("limit=2147483648", "limit")]
    [InlineData("stale=perhaps", "stale")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("cursor=%25%25%25", "cursor")]
    [InlineData("cursor=%C3%28", "cursor")]
    public async Task Is_explained_when_a_page_cannot_be(string query, string field)
    {
        foreach (var list in new[] { "/teams", "/datasets", "/models", "/environments", "/environments/production/deployments", "/audit/events", "/findings", "/api-keys", "/tasks" })
            Explained(await calls.As("dev:contributor:ann").GetJsonAsync($"{list}?{query}"), $"{list}?{query}", 400, null, field);
    }

    [Theory]
    [InlineData("/audit/events?cursor=abc", "cursor")]
    [InlineData("/audit/events?cursor=-1", "cursor")]
    [InlineData("/audit/events?cursor=99999999999999999999", "cursor")]
    [InlineData("/audit/events?order=sideways", "order")]
    [InlineData("/audit/events?from=2026-01-01", "from")]
    [InlineData("/audit/events?from=2026-01-01T00:00:00", "from")]
    [InlineData("/audit/events?to=yesterday", "to")]
    [InlineData("/audit/events?stream=%00", "stream")]
    [InlineData("/audit/events?actor=a%00b", "actor")]
    [InlineData("/audit/events?type=%00", "type")]
    [InlineData("/audit/events?correlation=a%20b", "correlation")]
    [InlineData("/audit/events?text=-", "text")]
    [InlineData("/audit/live", "environment")]
    [InlineData("/audit/live?environment=production&asOf=2026-01-01", "asOf")]
    [InlineData("/models/m?asOf=yesterday", "asOf")]
    [InlineData("/models/m/versions/1?asOf=2026-01-01T00:00:00", "asOf")]
    [InlineData("/tasks?cursor=abc", "cursor")]
    [InlineData("/tasks?cursor=99999999999999999999.a", "cursor")]
    [InlineData("/tasks?kind=nonsense", "kind")]
    [InlineData("/tasks?model=UPPER", "model")]
    [InlineData("/tasks?team=%00", "team")]
    [InlineData("/tasks?dueBefore=2026-01-01", "dueBefore")]
    [InlineData("/tasks?all=perhaps", "all")]
    [InlineData("/models?team=%00", "team")]
    [InlineData("/models?team=UPPER", "team")]
    [InlineData("/models?q=%00", "q")]
    [InlineData("/datasets?team=%2e%2e%2f", "team")]
    [InlineData("/classifications?kind=team", "kind")]
    [InlineData("/classifications?name=UPPER", "name")]
    [InlineData("/classifications?lowered=perhaps", "lowered")]
    [InlineData("/classifications?from=2026-01-01", "from")]
    [InlineData("/classifications?to=later", "to")]
    [InlineData("/classifications?limit=0", "limit")]
    [InlineData("/environments/production/deployments?asOf=2026-01-01T00:00:00", "asOf")]
    [InlineData("/environments/production/deployments?asOf=now", "asOf")]
    [InlineData("/models/m/versions/1/readiness", "environment")]
    [InlineData("/models/m/versions/1/readiness?environment=No%20Where", "environment")]
    [InlineData("/models/m/versions/1/readiness?environment=production&action=smuggle", "action")]
    [InlineData("/models/m/versions/1/readiness?environment=production&stage=blue", "stage")]
    public async Task Is_explained_when_a_filter_cannot_be(string path, string field) =>
        Explained(await calls.As("dev:contributor:ann").GetJsonAsync(path), path, 400, null, field);

    /// <summary>A refusal by a rule is kept for good, with its words: what cannot be an id or a name never gets that far.</summary>
    [Theory]
    [InlineData("Jane%20Doe")]
    [InlineData("jane.doe%40example.com")]
    [InlineData("J%C3%A4ne")]
    public async Task Is_explained_and_not_kept_when_a_name_or_id_in_the_path_cannot_be(string typed)
    {
        var tried = 0;
        foreach (var call in EveryCall.All.Where(c => c.Method != "GET"))
        {
            var template = calls.Operation(call)!.Parent!.GetPropertyName()["/api/v1".Length..].Split('/');
            foreach (var place in Enumerable.Range(0, template.Length).Where(i => template[i].StartsWith('{')))
            {
                var path = calls.Filled(call.Path).Split('/');
                path[place] = typed;
                var number = template[place] == "{version}" && path[1] == "models";
                var answer = await calls.As(call.Token).CallAsync(call.Method, string.Join('/', path), EveryCall.Json(call.Body is null ? null : calls.Filled(call.Body)));
                // Only a decision is read by its id alone, and then there is none.
                Explained(answer, $"{call} with {typed} as {template[place]}", number || path[1] == "policy-checks" ? 404 : 400);
                tried++;
            }
        }

        tried.ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData("DELETE", "/teams", 405, "method-not-allowed")]
    [InlineData("PATCH", "/models/m", 405, "method-not-allowed")]
    [InlineData("PUT", "/policy-checks", 405, "method-not-allowed")]
    [InlineData("POST", "/audit/events", 405, "method-not-allowed")]
    public async Task Is_explained_when_a_method_is_not_possible(string method, string path, int status, string code) =>
        Explained(await calls.As("dev:contributor:ann").CallAsync(method, path), $"{method} {path}", status, code);

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer dev:")]
    [InlineData("Bearer dev:emperor")]
    [InlineData("Bearer dev:contributor:a@b.example")]
    [InlineData("Bearer dev:contributor:")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("Bearer mlgov_x")]
    [InlineData("Bearer mlgov_00000000000000000000000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Is_explained_when_nobody_signed_in(string? authorization)
    {
        using var client = new HttpClient { BaseAddress = calls.Server.Address };
        if (authorization is not null) client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        foreach (var call in EveryCall.All)
            Explained(await client.CallAsync(call.Method, calls.Filled(call.Path), EveryCall.Json(call.Body)), $"{call} with {authorization}", 401, "unauthenticated");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("ü")]
    [InlineData("129")]
    public async Task Is_explained_when_the_idempotency_key_is_none(string key)
    {
        if (key == "129") key = new('k', 129);
        foreach (var call in EveryCall.All.Where(c => c.Method is "POST" or "PUT"))
        {
            using var request = new HttpRequestMessage(new(call.Method), $"/api/v1{calls.Filled(call.Path)}") { Content = EveryCall.Json(call.Body) };
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
            using var client = new HttpClient(handler) { BaseAddress = calls.Server.Address };
            client.DefaultRequestHeaders.Authorization = new("Bearer", call.Token);
            using var response = await client.SendAsync(request, LocalPostgresTest.Token);
            var answer = new Answer((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(LocalPostgresTest.Token)), response.Content.Headers.ContentType?.MediaType);
            Explained(answer, $"{call} with key {key}", 400, "invalid-header");
        }
    }
}
