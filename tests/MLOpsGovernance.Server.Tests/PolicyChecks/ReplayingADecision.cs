using System.Text.Json.Nodes;
using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.PolicyChecks;

/// <summary>Any decision can be made again from what was stored, to the byte; and where what was stored is no longer what it was, that shows.</summary>
public sealed class ReplayingADecision(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly Dictionary<string, Func<World, ForwardClock, Task<Answer>>> Decisions = new(StringComparer.Ordinal)
    {
        ["an allow"] = async (w, _) =>
        {
            await w.ApprovedAsync();
            return await w.AllowedAsync();
        },
        ["a denial"] = (w, _) => w.CheckAsync(),
        ["a denial for every reason at once"] = async (w, _) =>
        {
            await World.Must(200, w.Carl.PutJsonAsync($"{w.Path()}/risk", new { euAiAct = "prohibited", tier = 1, reason = "scores people" }));
            await World.Must(200, w.Ann.PostJsonAsync($"/datasets/{w.Dataset}/withdrawal", new { reason = "a mistake" }));
            await World.Must(200, w.Ann.PostJsonAsync($"{w.Path()}/suspension", new { reason = "odd" }));
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path()}/findings", new { title = "drifts", severity = "critical" }));
            return await w.CheckAsync(artifact: World.OtherArtifact);
        },
        ["a dry run"] = (w, _) => w.CheckAsync(dryRun: true),
        ["a rollback"] = async (w, _) =>
        {
            await w.ApprovedAsync();
            await World.Must(201, w.DeployAsync(await w.AllowedAsync()));
            return await w.AllowedAsync(action: "rollback");
        },
        ["a broken glass"] = async (w, _) =>
        {
            var id = (await World.Must(201, w.Ann.PostJsonAsync($"{w.Path(1)}/break-glass", new { environment = "production", reason = "the house burns", minutes = 10 }))).Text("id");
            await World.Must(200, w.Rita.PostJsonAsync($"{w.Path(1)}/break-glass/{id}/approval", new { reason = "it does" }));
            return await w.AllowedAsync();
        },
        ["a denial because an approval ran out"] = async (w, clock) =>
        {
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path(1)}/reviews"));
            await World.Must(201, w.ApproveAsync(w.Eve, validUntil: clock.GetUtcNow().AddMinutes(5)));
            clock.Forward(TimeSpan.FromMinutes(6));
            return await w.CheckAsync();
        },
        ["an unknown model"] = (w, _) => w.CheckAsync($"{w.Model}-nowhere"),
        ["an unknown version"] = (w, _) => w.CheckAsync(version: 9),
        ["an unknown environment"] = (w, _) => w.CheckAsync(environment: "nowhere"),
    };

    public static TheoryData<string> Kinds => [.. Decisions.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Comes_out_the_same_to_the_byte_also_after_everything_has_changed(string kind)
    {
        var world = await shared.FoundedAsync();
        var check = await Decisions[kind](world, shared.Clock);

        (await ReplayedAsync(world, check, true))["differences"]!.AsArray().ShouldBeEmpty();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/purpose", new { purpose = "tell people apart" }));
        await World.Must(200, world.Carl.PutJsonAsync($"/datasets/{world.Dataset}/classification", new { sensitivity = "restricted", personalData = true }));
        await World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/retirement", new { reason = "old" }));
        shared.Clock.Forward(TimeSpan.FromHours(2));

        var replayed = await ReplayedAsync(world, check, true);

        replayed.Text("recorded").ShouldBe(replayed.Text("replayed"));
        (replayed.Text("outcome"), replayed.Text("policySet"), replayed.Text("factsDigest")).ShouldBe((check.Text("outcome"), check.Text("policySet"), check.Text("factsDigest")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Begins_with_reading_it_as_it_was_answered(string kind)
    {
        var world = await shared.FoundedAsync();
        var check = await Decisions[kind](world, shared.Clock);

        var read = await World.Must(200, world.Ann.GetJsonAsync($"/policy-checks/{check.Text("decisionId")}"));

        JsonNode.DeepEquals(read.Json, check.Json).ShouldBeTrue($"{read.Json!.ToJsonString()} is not {check.Json!.ToJsonString()}");
    }

    [Theory]
    [InlineData("""convert_to(replace(convert_from(bytes, 'UTF8'), '"authors":["ann"]', '"authors":["bob"]'), 'UTF8')""")]
    [InlineData("""convert_to(replace(convert_from(bytes, 'UTF8'), '"state":"live"', '"state":"revoked"'), 'UTF8')""")]
    [InlineData("convert_to(convert_from(bytes, 'UTF8') || ' ', 'UTF8')")]
    [InlineData("'no json'")]
    [InlineData("''")]
    public async Task Shows_that_the_stored_facts_were_tampered_with(string bytes)
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var check = await world.AllowedAsync();

        await LocalPostgresTest.QueryAsync(shared.Connection, $"update governance.content set bytes = {bytes} where digest = '{check.Text("factsDigest")}'");

        var replayed = await ReplayedAsync(world, check, false);
        replayed["differences"]!.AsArray().Select(d => d!.GetValue<string>()).ShouldBe(["the stored facts are not those of the decision"]);
        replayed.Text("recorded").ShouldNotBe(replayed.Text("replayed"));
    }

    [Fact]
    public async Task Says_that_the_stored_facts_are_gone()
    {
        var world = await shared.FoundedAsync();
        var check = await world.CheckAsync();

        await LocalPostgresTest.QueryAsync(shared.Connection, $"delete from governance.content where digest = '{check.Text("factsDigest")}'");

        (await World.Refused(409, "facts-missing", world.Ann.PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay"))).Text("detail").ShouldContain(check.Text("factsDigest"));
    }

    [Theory]
    [InlineData("""'{outcome}', '"allow"'""", "outcome: allow became deny")]
    [InlineData("""'{rules,REL-002,result}', '"pass"'""", "REL-002: pass became fail")]
    [InlineData("""'{rules}', '[]'""", "rules: 0 became ")]
    public async Task Shows_that_the_stored_decision_was_tampered_with(string change, string difference)
    {
        var world = await shared.FoundedAsync();
        var check = await world.CheckAsync();
        check.Text("outcome").ShouldBe("deny");
        var place = check.Json!["rules"]!.AsArray().TakeWhile(r => r!.Text("rule") != "REL-002").Count();

        await LocalPostgresTest.QueryAsync(shared.Connection, $"update governance.mt_events set data = jsonb_set(data, {change.Replace("REL-002", $"{place}", StringComparison.Ordinal)}) where stream_id = 'check:{check.Text("decisionId")}'");

        (await ReplayedAsync(world, check, false))["differences"]!.AsArray().Select(d => d!.GetValue<string>()).ShouldContain(d => d.StartsWith(difference, StringComparison.Ordinal));
    }

    /// <summary>Somebody with the database in hands writes an allow, and a code that says there was nothing to judge.</summary>
    [Theory]
    [InlineData("model-unknown")]
    [InlineData("version-unknown")]
    [InlineData("environment-unknown")]
    [InlineData("no-policy-matched")]
    [InlineData("no-policy-set")]
    [InlineData("looked-at-by-hand")]
    public async Task Vouches_for_no_forged_allow_whatever_code_it_carries(string code)
    {
        var world = await shared.FoundedAsync();
        var check = await world.CheckAsync();
        check.Text("outcome").ShouldBe("deny");

        await LocalPostgresTest.QueryAsync(shared.Connection,
            $$$"""update governance.mt_events set data = data || '{"outcome":"allow","allowed":true,"rules":[],"code":"{{{code}}}"}' where stream_id = 'check:{{{check.Text("decisionId")}}}'""");

        var replayed = await ReplayedAsync(world, check, false);
        replayed.Text("outcome").ShouldBe("deny");
        replayed["differences"]!.AsArray().Select(d => d!.GetValue<string>()).ShouldContain("outcome: allow became deny");
    }

    /// <summary>An unknown model was denied; whoever makes that an allow gets no word for it either.</summary>
    [Theory]
    [InlineData("nowhere", 1, "production")]
    [InlineData(null, 9, "production")]
    [InlineData(null, 1, "nowhere")]
    public async Task Vouches_for_no_forged_allow_of_what_was_not_known(string? model, int version, string environment)
    {
        var world = await shared.FoundedAsync();
        var check = await world.CheckAsync(model is null ? null : $"{world.Model}-{model}", version, environment);

        await LocalPostgresTest.QueryAsync(shared.Connection,
            $$$"""update governance.mt_events set data = data || '{"outcome":"allow","allowed":true}' where stream_id = 'check:{{{check.Text("decisionId")}}}'""");

        (await ReplayedAsync(world, check, false))["differences"]!.AsArray().Select(d => d!.GetValue<string>()).ShouldBe(["outcome: allow became deny"]);
    }

    [Theory]
    [InlineData("""{"model":"other"}""")]
    [InlineData("""{"version":2}""")]
    [InlineData("""{"environment":"staging"}""")]
    [InlineData("""{"artifactDigest":"sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"}""")]
    public async Task Vouches_for_no_decision_that_was_moved_to_something_else(string change)
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var check = await world.AllowedAsync();

        await LocalPostgresTest.QueryAsync(shared.Connection, $"update governance.mt_events set data = data || '{change}' where stream_id = 'check:{check.Text("decisionId")}'");

        (await ReplayedAsync(world, check, false))["differences"]!.AsArray().Select(d => d!.GetValue<string>()).ShouldContain("the facts are about another question than the decision");
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("yesterday")]
    public async Task Is_for_decisions_that_there_are(string id)
    {
        var world = shared.NextWorld();
        await World.Refused(404, "decision-unknown", world.Ann.PostJsonAsync($"/policy-checks/{id}/replay"));
        await World.Refused(404, "decision-unknown", world.Ann.GetJsonAsync($"/policy-checks/{id}"));
    }

    private static async Task<JsonNode> ReplayedAsync(World world, Answer check, bool identical)
    {
        var replayed = (await World.Must(200, world.As("dev:viewer:vera").PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay"))).Json!;
        replayed["identical"]!.GetValue<bool>().ShouldBe(identical, replayed.ToJsonString());
        return replayed;
    }
}
