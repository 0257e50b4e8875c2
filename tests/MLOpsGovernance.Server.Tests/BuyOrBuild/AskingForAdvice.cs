using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.BuyOrBuild;

/// <summary>Buy or build: one recommendation whose sentences rest on answers, events and prices; kept in full, and the same for the same request.</summary>
public sealed class AskingForAdvice(SharedServer shared) : IClassFixture<SharedServer>
{
    private HttpClient Lea => shared.Server.As("dev:engineering-lead:lea");

    private HttpClient Ann => shared.Server.As("dev:contributor:ann");

    [Fact]
    public async Task Recommends_one_way_for_each_capability_and_says_what_every_sentence_rests_on()
    {
        var advice = (await World.Must(201, Lea.PostJsonAsync("/buy-or-build", PlatformQuestion.Usual()))).Json!;

        advice["choice"]!.AsObject().Select(c => c.Key).ShouldBe(PlatformQuestion.Capabilities, ignoreOrder: true);
        (advice["portfolios"]!.GetValue<int>(), advice["feasible"]!.GetValue<int>()).ShouldBe((15_625, 15_625));
        advice["sentences"]!.AsArray().ShouldAllBe(s => s!["restsOn"]!.AsArray().Count > 0);
        advice["sentences"]!.AsArray().SelectMany(s => s!["restsOn"]!.AsArray()).Select(t => t.Text("kind")).Distinct().ShouldBeSubsetOf(["price", "constraint", "answer", "event", "word", "calculation"]);
        advice["prices"]!.AsArray().ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Text("input").ShouldBe("shared.engineerRate"), p => p.Text("why").ShouldBe("stale"));
        advice["recommended"].Text("mean").ShouldMatch("^[0-9],?[0-9]?[0-9]?[0,]+$|^[0-9]+,[0-9]{3}", "two significant figures");
        advice["recommended"]!["notEstimated"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldContain(n => n.EndsWith(".dueDiligence", StringComparison.Ordinal));
        advice["statusQuo"]!["choice"]!.AsObject().ShouldAllBe(c => c.Value!.GetValue<string>() == "defer");

        var given = (await World.Must(200, Lea.GetJsonAsync($"/audit/events?stream=advice:{advice.Text("id")}"))).Json!["items"]!.AsArray().ShouldHaveSingleItem()!;
        (given.Text("type"), given["data"].Text("result")).ShouldBe(("advice_given", advice.Text("result")));
        (await World.Must(200, Ann.GetJsonAsync($"/buy-or-build/{advice.Text("id")}"))).Json!.ToJsonString().ShouldBe(advice.ToJsonString());
        var export = (await World.Must(200, Ann.GetJsonAsync($"/buy-or-build/{advice.Text("id")}/export"))).Json!;
        export["result"]!["portfolios"]![0]!["cost"]!["mean"]!.GetValue<double>().ShouldNotBe(Math.Round(export["result"]!["portfolios"]![0]!["cost"]!["mean"]!.GetValue<double>()), "all digits");
        (await World.Must(201, Lea.PostJsonAsync("/buy-or-build", PlatformQuestion.Usual()))).Text("result").ShouldBe(advice.Text("result"), "the same request and seed");
        (await World.Must(200, Lea.GetJsonAsync("/buy-or-build"))).Json!["items"]!.AsArray().Select(a => a.Text("id")).ShouldContain(advice.Text("id"));
    }

    [Fact]
    public async Task Takes_axes_from_an_assessment_and_ones_own_word_above_it()
    {
        await World.Must(201, Ann.PostJsonAsync("/teams", new { name = "advised" }));
        await World.Must(200, Ann.PutJsonAsync("/teams/advised/members/ann", new { functions = new[] { "data-scientist" } }));
        var assessment = (await World.Must(201, Ann.PostJsonAsync("/assessments", new { team = "advised" }))).Text("id");
        await World.Must(200, Ann.PutJsonAsync($"/assessments/{assessment}/answers/D2.1", new { step = 1 }));
        await World.Must(200, Ann.PutJsonAsync($"/assessments/{assessment}/skills/ann", new { skills = new { PyTorch = 4 } }));

        var advice = (await World.Must(201, Ann.PostJsonAsync("/buy-or-build", PlatformQuestion.Usual().With("assessment", assessment).With("axes", JsonNode.Parse("""{"uniqueness":{"value":0.5,"reason":"nobody sells what we need"}}"""))))).Json!;

        JsonNode Axis(string name) => advice["axes"]!.AsArray().Single(a => a.Text("axis") == name)!;
        (Axis("team_shape")["value"]!.GetValue<double>(), Axis("expertise")["value"]!.GetValue<double>(), Axis("uniqueness")["value"]!.GetValue<double>()).ShouldBe((-1, -1, 0.5));
        Axis("maturity")["value"]!.GetValue<double>().ShouldBeLessThan(0);
        var statements = advice["statements"]!.AsArray();
        (statements.Count, statements.Single(s => s.Text("id") == "BUY.2").Text("speaksFor")).ShouldBe((10, "buy"));
        var sentence = advice["sentences"]!.AsArray().Single(s => s.Text("text").StartsWith("“Limited in-house expertise", StringComparison.Ordinal))!;
        sentence["restsOn"]![0].ShouldSatisfyAllConditions(t => t.Text("kind").ShouldBe("event"), t => t.Text("name").ShouldBe($"assessment:{assessment}"));
        await World.Refused(422, "assessment-unknown", Ann.PostJsonAsync("/buy-or-build", PlatformQuestion.Usual().With("assessment", Guid.NewGuid().ToString())));
        await World.Refused(422, "assessment-of-another-team", Ann.PostJsonAsync("/buy-or-build", PlatformQuestion.Usual().With("assessment", assessment).With("team", (await TeamAsync()))));
        await World.Refused(422, "team-unknown", Ann.PostJsonAsync("/buy-or-build", PlatformQuestion.Usual().With("team", "nobodys")));
    }

    private async Task<string> TeamAsync()
    {
        await World.Must(201, Ann.PostJsonAsync("/teams", new { name = "others" }));
        return "others";
    }

    [Fact]
    public async Task Names_a_smallest_set_of_constraints_where_nothing_is_feasible()
    {
        var advice = (await World.Must(201, Lea.PostJsonAsync("/buy-or-build", PlatformQuestion.Usual()
            .With("constraints", JsonNode.Parse("""{"budget":1000,"headcount":50,"mandatory":["registry","serving"]}"""))))).Json!;
        advice["choice"].ShouldBeNull();
        advice["conflict"]!.ToJsonString().ShouldBe("""["budget"]""");
        advice["constraints"]!.AsArray().Single(c => c.Text("constraint") == "budget")!["relaxation"]!.GetValue<double>().ShouldBeGreaterThan(1000);
        advice["sentences"]!.AsArray().Select(s => s.Text("text")).ShouldContain("Nothing is feasible: budget cannot hold.");
    }

    [Fact]
    public async Task Shows_what_each_constraint_removes()
    {
        var advice = (await World.Must(201, Lea.PostJsonAsync("/buy-or-build", PlatformQuestion.Usual().With("constraints", JsonNode.Parse("""{"allowedPlaces":["eu"]}"""))))).Json!;
        advice["constraints"]![0].ShouldSatisfyAllConditions(c => c.Text("constraint").ShouldBe("residency"), c => c!["removed"]!.AsArray().Count.ShouldBe(6), c => c!["portfolios"]!.GetValue<int>().ShouldBe(15_625 - 4_096));
        advice["choice"]!.AsObject().ShouldAllBe(c => c.Value!.GetValue<string>() != "saas");
        advice["axes"]!.AsArray().Single(a => a.Text("axis") == "privacy_security")!["value"]!.GetValue<double>().ShouldBe(0);
    }

    [Fact]
    public async Task Holds_other_methods_beside_it()
    {
        var asked = PlatformQuestion.Usual(1_000)
            .With("otherMethods", JsonNode.Parse("""{"criteria":[{"name":"cost","weight":2,"worst":100,"best":0},{"name":"fit","weight":1,"worst":0,"best":10}],"alternatives":[{"name":"buy","values":[60,8]},{"name":"build","values":[40,5]},{"name":"wait","values":[10,1]}]}"""))
            .With("comparisons", JsonNode.Parse("""{"names":["cost","fit","speed"],"judgments":[{"a":"cost","b":"fit","value":3},{"a":"fit","b":"speed","value":2},{"a":"cost","b":"speed","value":6}]}"""));
        var advice = (await World.Must(201, Lea.PostJsonAsync("/buy-or-build", asked))).Json!;
        advice["appendix"]!["comparisons"]!["consistent"]!.GetValue<bool>().ShouldBeTrue();
        advice["appendix"]!["methods"]!["weightedSums"]!.AsObject().Count.ShouldBe(3);
    }

    public static TheoryData<string, string, string, string> Faulty => new()
    {
        { "shared/horizonYears", "0", "horizon-out-of-range", "shared.horizonYears" },
        { "shared/horizonYears", "200", "horizon-out-of-range", "shared.horizonYears" },
        { "shared/discountRate", "7", "rate-out-of-range", "shared.discountRate" },
        { "shared/engineerRate", """{"p10":5,"p90":4}""", "quantiles-out-of-order", "shared.engineerRate.p10" },
        { "shared/engineerRate", """{"p10":-5,"p90":4}""", "negative", "shared.engineerRate.p10" },
        { "shared/engineerRate", """{"p10":1,"p50":9,"p90":4}""", "quantiles-out-of-order", "shared.engineerRate.p50" },
        { "shared/engineerRate", "\"NaN\"", "wrong-type", "shared.engineerRate" },
        { "capabilities/registry/options/saas/utility", "11", "utility-out-of-range", "capabilities.registry.options.saas.utility" },
        { "capabilities/registry/options/saas/costs/rent", """{"p10":1,"p90":2}""", "unknown-cost", "capabilities.registry.options.saas.costs.rent" },
        { "capabilities/registry/options/lease", """{"utility":1,"stack":"x"}""", "unknown-way", "capabilities.registry.options.lease" },
        { "capabilities/registry/options/defer", """{"utility":1,"stack":"x"}""", "deferring-is-no-option", "capabilities.registry.options.defer" },
        { "capabilities/notebook", """{"options":{}}""", "unknown-capability", "capabilities.notebook" },
        { "constraints/budget", "-1", "cap-out-of-range", "constraints.budget" },
        { "constraints/mandatory", """["notebook"]""", "unknown-capability", "constraints.mandatory" },
        { "weights", """{"maturity":-1}""", "number-out-of-range", "weights.maturity" },
        { "weights", """{"luck":1}""", "unknown-axis", "weights.luck" },
        { "weights", """{"team_shape":0,"expertise":0,"maturity":0,"cost_horizon":0,"urgency_scale":0,"uniqueness":0,"privacy_security":0}""", "weights-sum-to-zero", "weights" },
        { "axes", """{"maturity":{"value":2,"reason":"we are"}}""", "axis-out-of-range", "axes.maturity" },
        { "axes", """{"maturity":{"value":1,"reason":""}}""", "reason-required", "axes.maturity.reason" },
        { "runs", "1", "runs-out-of-range", "runs" },
        { "runs", "1000000000", "runs-out-of-range", "runs" },
        { "seed", "-1", "seed-out-of-range", "seed" },
        { "correlations", """[{"a":"shared.engineerRate","b":"nothing","rho":0.5}]""", "unknown-input", "correlations[0]" },
        { "correlations", """[{"a":"shared.engineerRate","b":"registry.saas.licence","rho":1.5}]""", "correlation-out-of-range", "correlations[0].rho" },
        { "comparisons", """{"names":["a","b"],"judgments":[{"a":"a","b":"b","value":3},{"a":"b","b":"a","value":3}]}""", "judgments-not-reciprocal", "comparisons.judgments[1]" },
        { "comparisons", """{"names":["a","b"],"judgments":[{"a":"a","b":"b","value":0}]}""", "judgment-not-positive", "comparisons.judgments[0]" },
        { "otherMethods", """{"criteria":[{"name":"a","weight":0,"worst":0,"best":1}],"alternatives":[{"name":"x","values":[1]},{"name":"y","values":[2]}]}""", "weights-sum-to-zero", "otherMethods.criteria" },
        { "otherMethods", """{"criteria":[{"name":"a","weight":1,"worst":0,"best":1}],"alternatives":[{"name":"x","values":[1,2]},{"name":"y","values":[2]}]}""", "values-differ", "otherMethods.alternatives[0].values" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task Explains_what_it_cannot_take(string path, string value, string code, string field)
    {
        var refused = await World.Refused(400, code, Lea.PostJsonAsync("/buy-or-build", PlatformQuestion.Usual().With(path, JsonNode.Parse(value))));
        refused.Json!["errors"]!.AsObject().Select(e => e.Key).ShouldContain(field, refused.Json.ToJsonString());
    }

    [Fact]
    public async Task Wants_every_capability_stated()
    {
        var asked = PlatformQuestion.Usual();
        asked["capabilities"]!.AsObject().Remove("serving");
        (await World.Refused(400, "capability-missing", Lea.PostJsonAsync("/buy-or-build", asked))).Json!["errors"]!.AsObject().Select(e => e.Key).ShouldContain("capabilities.serving");
        await World.Refused(404, "advice-unknown", Lea.GetJsonAsync($"/buy-or-build/{Guid.NewGuid()}"));
        await World.Refused(403, "forbidden", shared.Server.As("dev:pipeline").PostJsonAsync("/buy-or-build", PlatformQuestion.Usual()));
    }

    [Fact]
    public async Task Gives_the_first_answer_to_a_repeated_key()
    {
        var first = await World.Must(201, Lea.PostJsonAsync("/buy-or-build", PlatformQuestion.Usual(), "advice-key-1"));
        (await World.Must(201, Lea.PostJsonAsync("/buy-or-build", PlatformQuestion.Usual(), "advice-key-1"))).Text("id").ShouldBe(first.Text("id"));
    }
}
