using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MLOpsGovernance.Server.Tests.PolicyChecks;

/// <summary>A dry run answers as a check would, is on record, and has no consequences: nothing is deployed on it, and it is no denial in anybody's figures.</summary>
public sealed class AskingWithoutMeaningIt(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Answers_as_a_check_would_and_is_recorded_as_what_it_is()
    {
        var world = await shared.FoundedAsync();

        var (dry, real) = (await World.Must(200, world.CheckAsync(dryRun: true)), await World.Must(200, world.CheckAsync()));

        (dry.Json!["dryRun"]!.GetValue<bool>(), real.Json!["dryRun"]!.GetValue<bool>()).ShouldBe((true, false));
        dry.Text("outcome").ShouldBe("deny");
        dry.Json["rules"]!.ToJsonString().ShouldBe(real.Json["rules"]!.ToJsonString());
        (await world.EventsAsync("policy_checked", $"check:{dry.Text("decisionId")}")).ShouldHaveSingleItem()["data"]!["dryRun"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Is_counted_apart_from_what_was_meant()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Root.PutJsonAsync("/environments/counted", new { gated = true }));
        var counted = new ConcurrentBag<(string Instrument, string Outcome)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, it) => { if (instrument.Meter.Name == "MLOpsGovernance") it.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var by = tags.ToArray().ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal);
            if (by.GetValueOrDefault("environment") is "counted") counted.Add((instrument.Name, (string)by["outcome"]!));
        });
        listener.Start();

        await world.CheckAsync(environment: "counted", dryRun: true);
        await world.CheckAsync(environment: "counted", dryRun: true);
        counted.Distinct().ShouldBe([("mlgov.policy_dry_runs", "deny")]);
        counted.Count.ShouldBe(2);

        await world.CheckAsync(environment: "counted");
        counted.Where(c => c.Instrument == "mlgov.policy_checks").ShouldBe([("mlgov.policy_checks", "deny")]);
        counted.Where(c => c.Instrument == "mlgov.policy_decisions").Distinct().ShouldBe([("mlgov.policy_decisions", "deny")]);
    }
}
