using System.Text.Json;
using CsCheck;
using MLOpsGovernance.Domain.Lineage;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Lineage;

/// <summary>Events about a run arrive in any order and more than once: what they come to is the same.</summary>
public sealed class MergingARun
{
    private static readonly string[] Types = ["START", "RUNNING", "COMPLETE", "FAIL", "ABORT", "OTHER"];

    private static readonly Gen<string> Datasets = Gen.Int[0, 5].Select(i => ((string[])["a", "b", "c",
        """{"namespace":"s","name":"d","facets":{"schema":{"_producer":"p:x","_schemaURL":"p:SchemaDatasetFacet.json","fields":[{"name":"1"}]}}}""",
        """{"namespace":"s","name":"d","facets":{"schema":{"_producer":"p:x","_schemaURL":"p:SchemaDatasetFacet.json","fields":[{"name":"2"}]}}}""",
        """{"namespace":"s","name":"d","facets":{"schema":{"_producer":"p:x","_schemaURL":"p:SchemaDatasetFacet.json","_deleted":true}}}"""])[i]);

    private static readonly Gen<(string Digest, LineageEvent Event)> Events =
        from type in Gen.Int[0, 5].Select(i => Types[i])
        from second in Gen.Int[0, 5]
        from inputs in Datasets.Array[0, 3]
        from outputs in Datasets.Array[0, 3]
        let json = OpenLineageEvents.Json(type, $"2026-01-31T12:00:0{second}Z", inputs: inputs, outputs: outputs)
        select (json, OpenLineageEvents.Event(json));

    [Fact]
    public void Comes_to_the_same_in_any_order_and_with_any_repeats() =>
        (from events in Events.Array[0, 8]
         from shuffled in Gen.Shuffle(events.Concat(events.Take(3)).ToArray())
         select (events, shuffled)).Sample((events, shuffled) => Said(RunLineage.Of("r", events)) == Said(RunLineage.Of("r", shuffled)));

    [Fact]
    public void Forgets_no_dataset_that_any_event_named() => Events.Array[0, 8].Sample(events =>
        RunLineage.Of("r", events) is var run && events.All(e => e.Event.Inputs.All(d => run.Inputs.Any(i => i.Name == d.Name)) && e.Event.Outputs.All(d => run.Outputs.Any(i => i.Name == d.Name))));

    [Fact]
    public void Never_opens_a_run_again_that_has_ended() => (from events in Events.Array[1, 8] from more in Events select (events, more)).Sample((events, more) =>
        RunLineage.Of("r", events).EndedAt is null || RunLineage.Of("r", [.. events, more]).EndedAt is not null);

    [Fact]
    public void Takes_a_start_that_comes_late_without_losing_anything()
    {
        var run = Of(OpenLineageEvents.Json("COMPLETE", "2026-01-31T12:05:00Z", inputs: ["a"], outputs: ["b"]), OpenLineageEvents.Json("START", "2026-01-31T12:00:00Z"));
        (run.State, run.StartedAt, run.EndedAt, run.Inputs.Count, run.Outputs.Count).ShouldBe(
            ("COMPLETED", new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 31, 12, 5, 0, TimeSpan.Zero), 1, 1));
    }

    [Theory]
    [InlineData("COMPLETED", true, "FAIL", "COMPLETE")]
    [InlineData("FAILED", true, "COMPLETE", "FAIL", "RUNNING")]
    [InlineData("RUNNING", false, "START", "OTHER")]
    [InlineData("NEW", false, "OTHER")]
    [InlineData("ABORTED", false, "START", "ABORT", "RUNNING")]
    public void Ends_as_the_latest_end_says(string state, bool contradicted, params string[] types)
    {
        var run = Of([.. types.Select((type, second) => OpenLineageEvents.Json(type, $"2026-01-31T12:00:0{second}Z"))]);
        (run.State, run.Contradicted).ShouldBe((state, contradicted));
    }

    [Fact]
    public void Keeps_the_latest_of_a_facet_as_a_whole_and_drops_one_that_was_deleted()
    {
        static string Facet(string content) => $$$"""{"own":{"_producer":"p:x","_schemaURL":"p:y"{{{content}}}}}""";
        var (older, newer, gone) = (
            OpenLineageEvents.Json("START", "2026-01-31T12:00:00Z", runFacets: Facet(",\"a\":1,\"b\":1")), OpenLineageEvents.Json("RUNNING", "2026-01-31T12:01:00Z", runFacets: Facet(",\"a\":2")),
            OpenLineageEvents.Json("OTHER", "2026-01-31T12:02:00Z", runFacets: Facet(",\"_deleted\":true")));

        var facet = Of(newer, older).Facets.ShouldHaveSingleItem().Value;
        (facet.GetProperty("a").GetInt32(), facet.TryGetProperty("b", out _)).ShouldBe((2, false));
        Of(gone, newer, older).Facets.ShouldBeEmpty();
    }

    private static RunLineage Of(params string[] events) => RunLineage.Of("r", events.Select(e => (e, OpenLineageEvents.Event(e))));

    private static string Said(RunLineage run) => JsonSerializer.Serialize(run);
}
