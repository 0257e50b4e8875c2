namespace MLOpsGovernance.Server.Tests.Policies;

/// <summary>Which laws, standards and guidance the rules in force support, and from when on these apply.</summary>
public sealed class ReadingTheFrameworks(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Shows_each_control_with_its_dates_and_the_rules_that_support_it()
    {
        var frameworks = (await World.Must(200, shared.NextWorld().As("dev:viewer:vera").GetJsonAsync("/policies/frameworks"))).Json!["items"]!.AsArray();

        var act = frameworks.Single(f => f.Text("id") == "eu-ai-act")!;
        (act.Text("status"), act.Text("publisher")).ShouldBe(("law", "European Union"));
        var data = act["controls"]!.AsArray().Single(c => c.Text("ref") == "Art. 10")!;
        data.Text("effectiveFrom").ShouldBe("2027-12-02T00:00:00Z");
        data["phases"]!.AsArray().Select(p => p.Text("from")).ShouldBe(["2027-12-02T00:00:00Z", "2028-08-02T00:00:00Z"]);
        data["supportedBy"]!.AsArray().Select(r => r.Text("rule")).ShouldContain("REL-005");
        data.Text("beyond").ShouldBe("Whether the data fits the purpose.");
        frameworks.Single(f => f.Text("id") == "sr-26-2").Text("onlyWhere").ShouldBe("!model.generative");
    }
}
