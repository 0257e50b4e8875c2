using System.Text.Json;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Tests.PolicyCel;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Lineage;

/// <summary>Events that real integrations sent: each is one test, with the name of its file.</summary>
public sealed class OpenLineageEvidence
{
    private const string Absent = "openlineage/index.json is absent; set CONFORMANCE_DIR to run the public suite";

    private static readonly string? Index = ConformanceFolder.Find("openlineage/index.json");
    private static readonly Dictionary<string, JsonElement> Cases = Index is null ? [] : Load(Index);

    public static IEnumerable<TheoryDataRow<string>> Files() => Cases.Count == 0
        ? [new TheoryDataRow<string>("absent") { TestDisplayName = "openlineage/index.json is absent" }]
        : Cases.Keys.Select(static file => new TheoryDataRow<string>(file) { TestDisplayName = file });

    [Theory]
    [MemberData(nameof(Files))]
    public void Is_taken_or_refused_as_the_index_says(string file)
    {
        if (Index is null)
        {
            ConformanceFolder.MustBeWhole.ShouldBeFalse("openlineage/index.json is missing from the default conformance folder");
            Assert.SkipUnless(Index is not null, Absent);
        }

        var @case = Cases[file];
        using var body = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(Index)!, file)));
        var reading = OpenLineageReader.Read(body.RootElement);
        if (file.StartsWith("invalid/", StringComparison.Ordinal))
        {
            if (IsForgivable(@case, body.RootElement)) (reading.Errors.Count, reading.Warnings.Count > 0).ShouldBe((0, true), Said(reading));
            else reading.Errors.ShouldNotBeEmpty(Said(reading));
            return;
        }

        reading.Errors.ShouldBeEmpty(Said(reading));
        $"{reading.Event!.Kind}Event".ShouldBe(@case.GetProperty("kind").GetString(), StringCompareShould.IgnoreCase);
        reading.Event.Type.ShouldBe(@case.GetProperty("eventType").GetString());
        if (Said(@case, "facetErrors").Count > 0) reading.Warnings.ShouldContain(w => w.Code == "facet-invalid", Said(reading));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Is_kept_as_it_was_where_it_holds_no_secret(string file)
    {
        Assert.SkipUnless(Index is not null, Absent);
        using var body = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(Index)!, file)));
        using var kept = JsonDocument.Parse(SecretRedaction.Write(body.RootElement));
        var (text, sent) = (kept.RootElement.GetRawText(), body.RootElement.GetRawText());
        if (!text.Contains(SecretRedaction.Redacted, StringComparison.Ordinal) && SecretRedaction.Of(sent) == sent) JsonElement.DeepEquals(kept.RootElement, body.RootElement).ShouldBeTrue();
        SecretRedaction.Write(kept.RootElement).ToArray().ShouldBe(SecretRedaction.Write(body.RootElement).ToArray(), "what is kept once is kept the same way again");
    }

    /// <summary>What real clients leave out: the schema, the zone of a time, a producer that is a URI; and whatever is wrong with facets.</summary>
    private static bool IsForgivable(JsonElement @case, JsonElement body) =>
        @case.GetProperty("coreSchemaValid").ValueKind != JsonValueKind.Null
            ? Said(@case, "coreErrors").All(e => e.Contains("'schemaURL' is a required", StringComparison.Ordinal) || e.Contains("$.eventTime", StringComparison.Ordinal) || e.Contains("$.producer", StringComparison.Ordinal))
            : body.TryGetProperty("run", out var run) && run.TryGetProperty("runId", out var id) && id.ValueKind == JsonValueKind.String && Guid.TryParse(id.GetString(), out _);

    private static IReadOnlyList<string> Said(JsonElement @case, string list) =>
        @case.TryGetProperty(list, out var found) && found.ValueKind == JsonValueKind.Array ? [.. found.EnumerateArray().Select(e => e.GetString()!)] : [];

    private static string Said(LineageReading reading) => string.Join('\n', reading.Errors.Concat(reading.Warnings).Select(f => $"{f.Path} {f.Code} {f.Message}"));

    private static Dictionary<string, JsonElement> Load(string index)
    {
        using var read = JsonDocument.Parse(File.ReadAllBytes(index));
        return read.RootElement.GetProperty("events").EnumerateArray().ToDictionary(e => e.GetProperty("file").GetString()!, e => e.Clone(), StringComparer.Ordinal);
    }
}
