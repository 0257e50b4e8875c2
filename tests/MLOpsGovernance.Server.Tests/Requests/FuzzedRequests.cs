using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Requests;

/// <summary>Valid requests with random damage, from a fixed seed: whatever comes, the fault is never the server's.</summary>
public sealed class FuzzedRequests(EveryCall calls) : IClassFixture<EveryCall>
{
    private const int Requests = 800;

    private static readonly string[] Junk =
    [
        "null", "true", "0", "-1", "1.5", "1e999", "-1e400", "2147483648", "9223372036854775808", "\"\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\uffff\"", "\"../../x\"",
        "\"'; drop table governance.mt_events; --\"", "\"%00\"", "\"2026-01-01\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59Z\"",
        "[]", "{}", "[null]", "[[]]", "[{}]", "{\"a\":{}}", "{\"keyId\":\"a\",\"nonce\":\"b\",\"cipher\":\"c\"}", "{\"$type\":\"System.String\"}", "{\"$ref\":\"#\"}", "\"m\"", "\"iris\"", "\"1\"", "\"💐\"", "NaN", "@long", "@deep",
    ];

    private static readonly string[] PathJunk = ["%00", "..", "%2e%2e%2f", "a%01", new('a', 300), "UPPER", "-1", "0", "2147483647", "%F0%9F%92%90", "a b", "%", "%zz", "m", "x%3Ay", "%5C"];

    [Fact]
    public async Task Never_break_the_server()
    {
        var random = new Random(20261123);
        var writes = EveryCall.WithBody.ToArray();
        var outcomes = new Dictionary<int, int>();
        for (var i = 0; i < Requests; i++)
        {
            var call = random.Next(4) == 0 ? EveryCall.All[random.Next(EveryCall.All.Count)] : writes[random.Next(writes.Length)];
            var body = call.Body is null ? null : Damaged(calls.Filled(call.Body), random);
            var path = random.Next(5) == 0 ? Damaged(calls.Filled(call.Path), PathJunk[random.Next(PathJunk.Length)], random) : calls.Filled(call.Path);
            if (random.Next(8) == 0) path += $"?limit={random.Next(-1, 502).ToString(CultureInfo.InvariantCulture)}&cursor={PathJunk[random.Next(PathJunk.Length)]}&q={PathJunk[random.Next(PathJunk.Length)]}";

            var token = random.Next(6) == 0 ? "dev:viewer:vic" : call.Token;
            var (status, text, type) = await SendAsync(token, call.Method, path, body, random.Next(4) == 0 ? $"key-{random.Next(40)}" : null);
            var seen = $"request {i}: {call.Method} {path} as {token} with {body?[..Math.Min(body.Length, 300)]} answered {status} {text}";
            status.ShouldBeLessThan(500, seen);
            // Kestrel itself refuses a target that is no target, before any of our code sees it.
            if (status >= 400 && text.Length > 0)
            {
                type.ShouldBe("application/problem+json", seen);
                JsonNode.Parse(text)!["code"].ShouldNotBeNull(seen);
                JsonNode.Parse(text)!["detail"].ShouldNotBeNull(seen);
            }

            outcomes[status] = outcomes.GetValueOrDefault(status) + 1;
        }

        // A fuzzer whose every request is refused at the door tests only the door.
        outcomes.Where(o => o.Key < 300).Sum(o => o.Value).ShouldBeGreaterThan(20);
        (await calls.As("dev:contributor:ann").GetJsonAsync("/audit/events?limit=1")).Status.ShouldBe(200);
    }

    private async Task<(int Status, string Text, string? Type)> SendAsync(string token, string method, string path, string? body, string? key)
    {
        var target = new Uri($"{calls.Server.Address}api/v1{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new(method), target) { Content = EveryCall.Json(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await calls.As(token).SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Content.Headers.ContentType?.MediaType);
    }

    private static string Damaged(string path, string junk, Random random)
    {
        var steps = path.Split('/');
        steps[random.Next(1, steps.Length)] = junk;
        return string.Join('/', steps).Replace(" ", "%20");
    }

    private static string Damaged(string body, Random random)
    {
        var root = JsonNode.Parse(body)!;
        var text = body;
        for (var damage = random.Next(1, 3); damage > 0; damage--)
        {
            var places = Places(root).ToArray();
            if (places.Length == 0) return text;
            var (parent, name) = places[random.Next(places.Length)];
            var junk = Junk[random.Next(Junk.Length)];
            switch (random.Next(6))
            {
                case 0 when parent is JsonObject o: o.Remove(name); break;
                case 1 when parent is JsonObject o: o[$"x{name}"] = "extra"; break;
                default: Set(parent, name, $"@@{junk}"); break;
            }

            text = root.ToJsonString();
        }

        foreach (var junk in Junk) text = text.Replace(JsonSerializer.Serialize($"@@{junk}"), Written(junk));
        return random.Next(20) switch { 0 => text[..random.Next(text.Length)], 1 => text + "}", _ => text };
    }

    private static string Written(string junk) => junk switch
    {
        "@long" => $"\"{new string('x', 100_000)}\"",
        "@deep" => new string('[', 5000) + new string(']', 5000),
        _ => junk,
    };

    private static IEnumerable<(JsonNode Parent, string Name)> Places(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Places(p.Value).Prepend((o, p.Key))),
        JsonArray a => a.SelectMany((item, i) => Places(item).Prepend((a, i.ToString(CultureInfo.InvariantCulture)))),
        _ => [],
    };

    private static void Set(JsonNode parent, string name, string value)
    {
        if (parent is JsonObject o) o[name] = value;
        else parent.AsArray()[int.Parse(name, CultureInfo.InvariantCulture)] = value;
    }
}
