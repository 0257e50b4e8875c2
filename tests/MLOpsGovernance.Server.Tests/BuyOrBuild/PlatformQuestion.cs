using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.BuyOrBuild;

/// <summary>A request in which every capability may be had in all four ways.</summary>
internal static class PlatformQuestion
{
    public static readonly string[] Capabilities = ["registry", "feature_store", "serving", "monitoring", "pipelines", "governance"];

    public static JsonObject Usual(int runs = 400) => new()
    {
        ["capabilities"] = new JsonObject(Capabilities.Select(c => KeyValuePair.Create(c, (JsonNode?)new JsonObject
        {
            ["options"] = new JsonObject
            {
                ["saas"] = Option(8, "vendor", 40_000, 0.1, 1, "us"), ["selfhosted"] = Option(7, "other-vendor", 30_000, 0.3, 2), ["oss"] = Option(7, "open", 0, 0.5, 3), ["build"] = Option(c == "governance" ? 9 : 5, "own", 0, 0.8, 8),
            },
            ["statusQuo"] = new JsonObject { ["manualHoursPerMonth"] = Around(60), ["incidentsPerYear"] = Around(4), ["costPerIncident"] = Around(9_000) },
            ["valuePerMonth"] = Around(5_000),
            ["mustHaves"] = new JsonArray("single sign-on"),
        }))),
        ["shared"] = new JsonObject { ["horizonYears"] = 3, ["discountRate"] = 0.08, ["engineerRate"] = new JsonObject { ["p10"] = 110_000, ["p90"] = 150_000, ["source"] = "payroll", ["asOf"] = "2020-01-31" }, ["seamCost"] = Around(15_000) },
        ["seed"] = 7,
        ["runs"] = runs,
    };

    public static JsonObject Around(double value) => new() { ["p10"] = value * 0.8, ["p50"] = value, ["p90"] = value * 1.4, ["source"] = "a quote", ["asOf"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) };

    private static JsonObject Option(double utility, string stack, double licence, double fte, double months, string? place = null)
    {
        var option = new JsonObject
        {
            ["utility"] = utility, ["stack"] = stack,
            ["costs"] = new JsonObject { ["oneOff"] = Around(10_000 * months), ["fte"] = Around(fte), ["licence"] = Around(licence), ["monthsToLive"] = Around(months), ["exit"] = Around(8_000) },
        };
        if (place is not null) option["places"] = new JsonArray(place);
        return option;
    }

    /// <summary>With something else at a path of names.</summary>
    public static JsonObject With(this JsonObject request, string path, JsonNode? value)
    {
        var steps = path.Split('/');
        JsonNode at = request;
        foreach (var step in steps[..^1]) at = at[step] ??= new JsonObject();
        at[steps[^1]] = value;
        return request;
    }
}
