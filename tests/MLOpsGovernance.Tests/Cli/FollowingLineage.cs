using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class FollowingLineage
{
    private const string Impact = """
        {"nodeId":"dataset:loans@1","summary":{"modelVersions":1,"deployments":1,"liveDeployments":1,"datasets":0,"jobs":0},"modelVersions":[{"model":"credit","version":3,"team":"lending","live":true,"way":["dataset:loans@1","model:credit@3"]}],
         "deployments":[{"id":"d1","model":"credit","version":3,"environment":"production","live":true,"at":"2026-01-31T12:00:00Z","way":[]}],"owners":[{"team":"lending","models":["credit"]}],"truncated":false}
        """;

    [Fact]
    public async Task Shows_what_rests_on_something()
    {
        await using var record = new Record().Has("lineage/impact?nodeId=dataset%3Aloans%401&asOf=2026-01-31T12%3A00%3A00Z", Impact);

        var ended = await record.RunAsync("lineage", "impact", "dataset:loans@1", "--as-of", "2026-01-31T12:00:00Z");

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldContain("reaches 1 model versions and 1 live deployments");
        ended.Output.ShouldContain("dataset:loans@1 → model:credit@3");
        ended.Output.ShouldContain("runs in production: credit version 3, deployment d1");
    }

    [Fact]
    public async Task Shows_the_graph_from_near_to_far()
    {
        await using var record = new Record().Has("lineage?nodeId=model%3Acredit%403&direction=upstream&mode=latest&depth=2", """
            {"graph":[{"id":"dataset:loans@1","depth":1,"outEdges":[{"origin":"dataset:loans@1","destination":"model:credit@3","kind":"trained"}]},{"id":"model:credit@3","depth":0,"outEdges":[]}],"truncated":true}
            """);

        var ended = await record.RunAsync("lineage", "show", "model:credit@3", "--direction", "upstream", "--latest", "--depth", "2");

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.IndexOf("0  model:credit@3", StringComparison.Ordinal).ShouldBeLessThan(ended.Output.IndexOf("1  dataset:loans@1", StringComparison.Ordinal));
        (ended.Output.Contains("trained → model:credit@3", StringComparison.Ordinal), ended.Error.Contains("There is more", StringComparison.Ordinal)).ShouldBe((true, true));
    }

    [Fact]
    public async Task Prepares_a_recall_and_says_how_to_confirm_it()
    {
        static RawAnswer Recall(string state) => RawAnswer.Http(200, $$$"""{"id":"r1","recall":{"id":"r1","dataset":"loans","version":"1","state":"{{{state}}}","reach":{"findings":1},"tookMilliseconds":7},"impact":{{{Impact}}}}""");
        await using var record = new Record().Answers("POST datasets/loans/recalls", Recall("prepared")).Answers("POST datasets/loans/recalls/r1/confirmation", Recall("confirmed"));

        var prepared = await record.RunAsync("recall", "prepare", "loans", "--version", "1", "--reason", "labels were swapped");
        prepared.ExitCode.ShouldBe(0, prepared.Error);
        (prepared.Output.Contains("prepared: loans 1, 1 versions to see to", StringComparison.Ordinal), prepared.Error.Contains("mlgov recall confirm loans r1", StringComparison.Ordinal)).ShouldBe((true, true));
        (await record.RunAsync("recall", "confirm", "loans", "r1")).Output.ShouldContain("confirmed: loans 1");
        (await record.RunAsync("recall", "drill", "loans")).ExitCode.ShouldBe(0);
    }
}
