using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Tests.PolicyCel;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Lineage;

public sealed class ReadingAnOpenLineageEvent
{
    public static TheoryData<string, string> Refused => new()
    {
        { "eventTime", "null" }, { "eventTime", "\"2026-01-31\"" }, { "eventTime", "7" }, { "eventTime", "\"2026-02-31T12:00:00Z\"" }, { "producer", "null" }, { "producer", "7" }, { "eventType", "\"BEGIN\"" }, { "eventType", "1" },
        { "schemaURL", "7" }, { "run", "null" }, { "run", "[]" }, { "run.runId", "null" }, { "run.runId", "\"run_id\"" }, { "run.runId", "7" }, { "job", "null" }, { "job.name", "\"\"" }, { "job.namespace", "null" }, { "job.name", "{}" },
        { "job.name", "\"a\\u0000b\"" }, { "inputs", "{}" }, { "outputs", "\"x\"" }, { "run.facets", "[]" }, { "job.facets", "7" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Names_the_place_of_what_is_wrong(string path, string value)
    {
        var body = JsonNode.Parse(OpenLineageEvents.Json())!;
        var (owner, name) = path.Split('.') is [var first, var second] ? (body[first]!, second) : (body, path);
        owner[name] = JsonNode.Parse(value);
        var reading = OpenLineageEvents.Read(body.ToJsonString());
        reading.Event.ShouldBeNull();
        reading.Errors.ShouldContain(e => e.Path.StartsWith($"$.{path}", StringComparison.Ordinal), string.Join('\n', reading.Errors));
    }

    [Theory]
    [InlineData("""{"inputs":[{"namespace":"a","name":"b"},{"namespace":"a"}]}""", "$.inputs[1].name")]
    [InlineData("""{"outputs":[null]}""", "$.outputs[0]")]
    [InlineData("""{"outputs":[{"namespace":"a","name":"b","outputFacets":[]}]}""", "$.outputs[0].outputFacets")]
    public void Names_the_place_of_a_dataset_that_is_wrong(string change, string path)
    {
        var body = JsonNode.Parse(OpenLineageEvents.Json())!;
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) body[name] = value?.DeepClone();
        OpenLineageEvents.Read(body.ToJsonString()).Errors.ShouldHaveSingleItem().Path.ShouldBe(path);
    }

    [Theory]
    [InlineData("[]", "$")]
    [InlineData("7", "$")]
    [InlineData("{}", "$")]
    [InlineData("""{"eventTime":"2026-01-31T12:00:00Z","producer":"p:x"}""", "$")]
    [InlineData("""{"eventTime":"2026-01-31T12:00:00Z","producer":"p:x","eventType":"START","job":{"namespace":"a","name":"b"}}""", "$.run")]
    [InlineData("""{"eventTime":"2026-01-31T12:00:00Z","producer":"p:x","dataset":{"namespace":"a","name":""}}""", "$.dataset.name")]
    public void Refuses_what_is_about_nothing(string json, string path) => OpenLineageEvents.Read(json).Errors.ShouldContain(e => e.Path == path);

    [Theory]
    [InlineData("eventTime", "\"2026-01-31T12:00:00\"", "time-without-zone")]
    [InlineData("producer", "\"me\"", "producer-no-uri")]
    [InlineData("schemaURL", "null", "schema-missing")]
    [InlineData("schemaURL", "\"here\"", "schema-no-uri")]
    public void Takes_what_clients_often_get_wrong_with_a_warning(string field, string value, string code)
    {
        var body = JsonNode.Parse(OpenLineageEvents.Json())!;
        body[field] = JsonNode.Parse(value);
        var reading = OpenLineageEvents.Read(body.ToJsonString());
        reading.Event!.Time.ShouldBe(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));
        reading.Warnings.ShouldHaveSingleItem().Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("""{"x_own":{"_producer":"p:x","_schemaURL":"https://example.com/x.json","anything":[1,{"a":null}]}}""", "facet-unknown", true)]
    [InlineData("""{"parent":{"_producer":"p:x","_schemaURL":"https://openlineage.io/spec/facets/1-0-0/ParentRunFacet.json","run":{},"job":{"namespace":"a","name":"b"}}}""", "facet-invalid", false)]
    [InlineData("""{"parent":7}""", "facet-invalid", false)]
    [InlineData("""{"parent":{"run":{}}}""", "facet-unsigned", false)]
    public void Keeps_a_facet_that_it_does_not_know_or_understand(string facets, string code, bool sound)
    {
        var reading = OpenLineageEvents.Read(OpenLineageEvents.Json(runFacets: facets));
        reading.Warnings.ShouldHaveSingleItem().Code.ShouldBe(code);
        var facet = reading.Event!.RunFacets.ShouldHaveSingleItem().Value;
        facet.Sound.ShouldBe(sound);
        JsonElement.DeepEquals(facet.Value, JsonDocument.Parse(facets).RootElement.EnumerateObject().Single().Value).ShouldBeTrue();
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00.123456789Z", 1_234_567)]
    [InlineData("2026-01-31T14:00:00.1+02:00", 1_000_000)]
    [InlineData("2026-01-31t11:30:00-0030", 0)]
    public void Reads_times_down_to_nanoseconds_in_any_zone(string text, long ticks) =>
        OpenLineageEvents.Event(OpenLineageEvents.Json(time: text)).Time.ShouldBe(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).AddTicks(ticks));

    [Fact]
    public void Takes_an_explicit_null_for_what_may_be_missing()
    {
        var reading = OpenLineageEvents.Read("""{"eventType":null,"eventTime":"2026-01-31T12:00:00Z","producer":"p:x","schemaURL":"p:y","run":null,"job":{"namespace":"a","name":"ü 🙂","facets":null},"inputs":null,"outputs":[]}""");
        (reading.Event!.Kind, reading.Event.Job!.Name, reading.Warnings.Count).ShouldBe(("job", "ü 🙂", 0));
    }

    [Fact]
    public void Knows_every_facet_of_the_specification_and_nothing_that_is_not_in_it()
    {
        Assert.SkipUnless(ConformanceFolder.Find("schemas/openlineage/OpenLineage.json") is not null, "the schemas of OpenLineage are absent; set CONFORMANCE_DIR");
        var folder = Path.Combine(Path.GetDirectoryName(ConformanceFolder.Find("schemas/openlineage/OpenLineage.json"))!, "facets");
        var described = Directory.EnumerateFiles(folder, "*.json").SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["$defs"]!.AsObject())
            .Where(d => d.Key.EndsWith("Facet", StringComparison.Ordinal) && d.Key != "BaseSubsetDatasetFacet").ToDictionary(d => d.Key, d => Required(d.Value!), StringComparer.Ordinal);
        FacetShapes.Names.ShouldBe(described.Keys, ignoreOrder: true);
        foreach (var (name, required) in described)
            foreach (var member in required)
                Fault(name, "{}")!.Path.ShouldBe($"$.{required[0]}", $"{name} requires {member}");
    }

    [Fact]
    public void Splits_what_names_very_much_so_that_no_event_grows_too_large()
    {
        var names = Enumerable.Range(0, 1000).Select(i => $"{new string('x', 200)}{i}").ToArray();
        var reading = OpenLineageEvents.Read(OpenLineageEvents.Json(inputs: names, outputs: [.. names, "one"]));
        var parts = LineageReports.Of(reading, "sha256:0", new Actor("p", false, []), DateTimeOffset.UnixEpoch);
        parts.Select(p => p.Part).ShouldBe(Enumerable.Range(1, parts.Count));
        parts.ShouldAllBe(p => p.Parts == parts.Count && JsonSerializer.SerializeToUtf8Bytes(p, Given.Json).Length < 48_000);
        (parts.Sum(p => p.Inputs.Count), parts.Sum(p => p.Outputs.Count)).ShouldBe((1000, 1001));
    }

    private static LineageFault? Fault(string schema, string json)
    {
        var facet = JsonNode.Parse(json)!;
        (facet["_producer"], facet["_schemaURL"]) = ("p:x", $"https://openlineage.io/spec/facets/1-0-0/{schema}.json");
        return FacetShapes.FaultOf(JsonSerializer.SerializeToElement(facet), "$");
    }

    private static IReadOnlyList<string> Required(JsonNode definition) =>
        [.. (definition["allOf"]?.AsArray().Select(p => p!) ?? [definition]).SelectMany(p => p["required"]?.AsArray().Select(r => r!.GetValue<string>()) ?? [])];
}
