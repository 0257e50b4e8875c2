using System.Security.Cryptography;
using System.Text;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.AuditSamples;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Samples;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.AuditSamples;

public sealed class DrawingASample
{
    private static readonly SampledPopulation Population = new(null, null, "model_deployed", null, null, 99);

    private static readonly DrawAuditSample Draw = new("s1", Population, "2026-11-30", 12, ["e1", "e2"]);

    private static Given<AuditSample> Nothing() => Given.Events<AuditSample>(AuditSample.Evolve);

    private static Given<AuditSample> Drawn() => Nothing().Done(By(Ada, Draw));

    [Fact]
    public void Records_what_was_drawn_and_what_was_found_last()
    {
        Nothing().When(By(Ada, Draw)).Then(new AuditSampleDrawn("s1", Population, "2026-11-30", 12, ["e1", "e2"], "ada", Noon)).Items.ShouldBe(["e1", "e2"]);
        var once = Drawn().Done(By(Bob, new CheckSampledEvent("e2", "in-order", null)));
        once.When(By(Ada, new CheckSampledEvent("e2", "exception", Text("late")))).Then(new AuditSampleChecked("e2", "exception", Text("late"), "ada", Noon)).Findings["e2"].Result.ShouldBe("exception");
    }

    [Fact]
    public void Is_refused_where_it_makes_no_sense()
    {
        Drawn().When(By(Ada, Draw)).ThenRefused("sample-exists", RefusalKind.Conflict);
        Nothing().When(By(Ada, Draw with { Items = [] })).ThenRefused("population-empty", RefusalKind.Unprocessable);
        Nothing().When(By(Ada, new CheckSampledEvent("e1", "in-order", null))).ThenRefused("sample-unknown", RefusalKind.NotFound);
        Drawn().When(By(Ada, new CheckSampledEvent("e9", "in-order", null))).ThenRefused("event-not-in-sample", RefusalKind.NotFound);
        Drawn().When(By(AdasKey, new CheckSampledEvent("e1", "in-order", null))).ThenRefused("checker-not-human", RefusalKind.Forbidden);
    }

    [Fact]
    public void Takes_the_first_in_the_order_of_a_hash_that_anybody_can_work_out()
    {
        string[] ids = [.. Enumerable.Range(0, 50).Select(i => $"00000000-0000-7000-8000-{i:d12}")];
        var expected = ids.OrderBy(id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("seed\n" + id))), StringComparer.Ordinal).Take(5);
        AuditDraw.Of(ids, "seed", 5).ShouldBe(expected);
        AuditDraw.Of(ids.Reverse(), "seed", 5).ShouldBe(expected);
        AuditDraw.Of(ids, "another", 5).ShouldNotBe(expected);
        AuditDraw.Of(ids, "seed", 500).Count.ShouldBe(50);
        // Worked out with sha256sum.
        Convert.ToHexStringLower(AuditDraw.Key("seed", ids[0])).ShouldBe("7cf9b6804a360232e3a43039a3c5454b2a702754499c500f053e9c4ad96ddf3b");
    }

    [Fact]
    public void Is_from_those_that_the_population_states()
    {
        static byte[] Entry(string time) => Encoding.UTF8.GetBytes($$"""{"id":"e1","stream":"model:m","type":"model_deployed","actor":"ann","time":"{{time}}"}""");
        AuditPopulation all = new(null, null, null, null, null, 1);
        all.Holds(Entry("2026-01-31T12:00:00.000001Z")).ShouldBe("e1");
        (all with { Stream = "model:m", Actor = "ann", Type = "model_deployed", From = Noon, To = Noon.AddDays(1) }).Holds(Entry($"{Noon.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}")).ShouldBe("e1");
        foreach (var other in new[] { all with { Stream = "model:n" }, all with { Actor = "bob" }, all with { Type = "x" }, all with { To = Noon }, all with { From = Noon.AddDays(1) } })
            other.Holds(Entry($"{Noon.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}")).ShouldBeNull();
        Should.Throw<EvidenceRefusedException>(() => all.Holds("{}"u8.ToArray()));
    }

    private static Func<AuditSample, Decision> By(Actor actor, AuditSampleCommand command) => sample => AuditSampleDecider.Decide(sample, command, actor, Noon);
}
