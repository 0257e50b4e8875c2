using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;

namespace MLOpsGovernance.Tests.Advisor;

/// <summary>One case of <c>advisor/vectors.json</c>.</summary>
internal sealed record AdvisorCase(string Id, string Method, JsonElement Input, JsonElement Expected, JsonElement Tolerance, string? Source = null, bool Optional = false)
{
    /// <summary>What rounding may do to a number that must be exact.</summary>
    private const double Rounding = 1e-12;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<AdvisorCase> Load(string path) =>
        JsonSerializer.Deserialize<List<AdvisorCase>>(File.ReadAllText(path), Json)!;

    public void Check(JsonNode? actual) => Same(Expected, actual, "", Tolerance.ValueKind == JsonValueKind.Number ? Tolerance.GetDouble() : 0);

    private void Same(JsonElement expected, JsonNode? actual, string at, double tolerance)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in expected.EnumerateObject())
                {
                    var own = Tolerance.ValueKind == JsonValueKind.Object && Tolerance.TryGetProperty(field.Name, out var named) ? named.GetDouble() : tolerance;
                    var found = actual.ShouldBeOfType<JsonObject>($"{Id}{at}").TryGetPropertyValue(field.Name, out var value);
                    found.ShouldBeTrue($"{Id}{at}.{field.Name} is missing");
                    Same(field.Value, value, $"{at}.{field.Name}", own);
                }

                break;
            case JsonValueKind.Array:
                var items = actual.ShouldBeOfType<JsonArray>($"{Id}{at}");
                items.Count.ShouldBe(expected.GetArrayLength(), $"{Id}{at}: {items.ToJsonString()}");
                foreach (var (item, i) in expected.EnumerateArray().Select(static (item, i) => (item, i))) Same(item, items[i], $"{at}[{i}]", tolerance);
                break;
            case JsonValueKind.Number:
                actual.ShouldNotBeNull($"{Id}{at}");
                Math.Abs(actual.GetValue<double>() - expected.GetDouble()).ShouldBeLessThanOrEqualTo(tolerance + Rounding, $"{Id}{at}: {actual} against {expected}");
                break;
            case JsonValueKind.Null:
                actual.ShouldBeNull($"{Id}{at}");
                break;
            default:
                (actual?.ToJsonString() ?? "null").ShouldBe(JsonNode.Parse(expected.GetRawText())!.ToJsonString(), $"{Id}{at}");
                break;
        }
    }
}
