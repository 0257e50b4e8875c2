using System.Text.Json.Nodes;
using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.Datasets;

/// <summary>What is made from data inherits its limits, and a model trained on it rests on that data too.</summary>
public sealed class DerivingADataset(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly object Credit = new { code = "credit-scoring", legalBasis = "contract" }, Marketing = new { code = "marketing", legalBasis = "consent" }, Research = new { code = "research", legalBasis = "public-task" };

    [Fact]
    public async Task Shows_what_each_version_inherits()
    {
        var world = await DerivedAsync();
        var versions = (await World.Must(200, world.Ann.GetJsonAsync($"/datasets/{world.Dataset}"))).Json!["versions"]!.AsArray();
        var effective = versions.ShouldHaveSingleItem()!["effective"]!;
        (effective.Text("sensitivity"), effective["personalData"]!.GetValue<bool>(), effective["retentionDays"]!.GetValue<int>()).ShouldBe(("confidential", true, 365));
        Codes(effective["permittedPurposes"]!).ShouldBe(["research"]);
        Names(effective["inheritedFrom"]!).ShouldBe([$"{world.Dataset}-clean", $"{world.Dataset}-raw"]);
        Names(effective["withdrawnSources"]!).ShouldBeEmpty();
        DateTimeOffset.Parse(effective.Text("retainUntil"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(shared.Clock.GetUtcNow().AddDays(364), shared.Clock.GetUtcNow().AddDays(366));
    }

    [Fact]
    public async Task Tells_the_gate_what_is_inherited_and_from_what()
    {
        var world = await DerivedAsync();
        await world.ApprovedAsync();
        var facts = await FactsAsync(await world.AllowedAsync());
        var dataset = facts["datasets"]!.AsArray().ShouldHaveSingleItem()!;
        (dataset.Text("sensitivity"), dataset["personalData"]!.GetValue<bool>(), dataset.Text("classState")).ShouldBe(("confidential", true, "confirmed"));
        Names(dataset["permittedPurposes"]!).ShouldBe(["research"]);
        var permission = dataset["permissions"]!.AsArray().ShouldHaveSingleItem()!;
        (permission.Text("code"), permission.Text("legalBasis")).ShouldBe(("research", "public-task"));
        Names(dataset["inheritedFrom"]!).ShouldBe([$"{world.Dataset}-clean", $"{world.Dataset}-raw"]);
        facts["sources"]!.AsArray().Select(s => s.Text("name")).ShouldBe([$"{world.Dataset}-clean", $"{world.Dataset}-raw"], ignoreOrder: true);
    }

    [Fact]
    public async Task Is_free_of_it_once_a_compliance_officer_confirms_that_it_is_anonymised()
    {
        var world = await DerivedAsync();
        var body = new { sensitivity = "public", personalData = false, anonymised = true, reason = "counts of at least fifty" };
        (await World.Must(200, world.Rita.PutJsonAsync($"/datasets/{world.Dataset}/classification", body))).Json!["classification"]!["proposed"]!["anonymised"]!.GetValue<bool>().ShouldBeTrue();
        await World.Refused(403, "confirmer-is-proposer", world.Rita.PostJsonAsync($"/datasets/{world.Dataset}/classification/confirmation"));
        await World.Refused(403, "role-cannot-confirm", world.As("dev:ai-risk-officer:ruth").PostJsonAsync($"/datasets/{world.Dataset}/classification/confirmation"));

        var confirmed = await World.Must(200, world.Carl.PostJsonAsync($"/datasets/{world.Dataset}/classification/confirmation"));
        var effective = confirmed.Json!["versions"]![0]!["effective"]!;
        (effective.Text("sensitivity"), effective["personalData"]!.GetValue<bool>()).ShouldBe(("confidential", false));
    }

    private static readonly Dictionary<string, (Func<World, Task> Do, string Approval, string Overtaken)> Changes = new(StringComparer.Ordinal)
    {
        ["was classified anew"] = (w => World.Must(200, ClassifyAsync(w, "raw", "restricted", true, Credit, Research)), "dataset-reclassified", "source-changed"),
        ["was proposed to be stricter"] = (w => World.Must(200, w.Ann.PutJsonAsync($"/datasets/{w.Dataset}-raw/classification", new { sensitivity = "restricted", personalData = true })), "dataset-reclassified", "source-changed"),
        ["was withdrawn"] = (w => World.Must(200, w.Ann.PostJsonAsync($"/datasets/{w.Dataset}-raw/withdrawal", new { reason = "a mistake" })), "dataset-withdrawn", "source-withdrawn"),
    };

    public static TheoryData<string> Happenings => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Happenings))]
    public async Task Lets_approval_and_decision_fall_when_a_source(string what)
    {
        var (change, approvalCode, overtakenCode) = Changes[what];
        var world = await DerivedAsync();
        var id = await world.ApprovedAsync();
        var check = await world.AllowedAsync();

        await change(world);

        var approval = await world.ApprovalAsync(id);
        (approval.Text("state"), approval["why"]!.AsArray().ShouldHaveSingleItem().Text("code")).ShouldBe(("superseded", approvalCode));
        approval["why"]![0].Text("why").ShouldContain($"{world.Dataset}-raw, a source of the training data,");
        var refused = await World.Refused(409, "decision-overtaken", world.DeployAsync(check));
        refused.Text("overtakenCode").ShouldBe(overtakenCode);
        refused.Json!["overtakenBy"].Text("stream").ShouldBe($"dataset:{world.Dataset}-raw");

        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        await LocalPostgresTest.UntilAsync(async () => (await world.EventsAsync("approval_superseded")).Count > 0, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Leaves_both_standing_when_a_source_gets_another_version()
    {
        var world = await DerivedAsync();
        var id = await world.ApprovedAsync();
        var check = await world.AllowedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"/datasets/{world.Dataset}-raw/versions", new { version = "2", digest = World.OtherArtifact }));
        (await world.ApprovalAsync(id)).Text("state").ShouldBe("live");
        await World.Must(201, world.DeployAsync(check));
    }

    /// <summary>Raw data, cleaned, and features made of that: only the last is what the model was trained on.</summary>
    private async Task<World> DerivedAsync()
    {
        var world = shared.NextWorld();
        await World.Must(201, world.Ann.PostJsonAsync("/teams", new { name = $"{world.Model}-team" }));
        foreach (var (name, source) in new[] { ("-raw", null), ("-clean", "-raw"), ("", "-clean") })
        {
            await World.Must(201, world.Ann.PostJsonAsync("/datasets", new { name = world.Dataset + name, team = $"{world.Model}-team" }));
            object[] sources = source is null ? [] : [new { name = world.Dataset + source, version = "1" }];
            await World.Must(201, world.Ann.PostJsonAsync($"/datasets/{world.Dataset}{name}/versions", new { version = "1", digest = World.Artifact, sources }));
        }

        await World.Must(200, ClassifyAsync(world, "raw", "confidential", true, Credit, Research));
        await World.Must(200, ClassifyAsync(world, "clean", "internal", true, Marketing, Research));
        await world.FoundedAsync();
        await World.Must(200, world.Carl.PutJsonAsync($"/datasets/{world.Dataset}/classification", new { sensitivity = "public", personalData = false }));
        return world;
    }

    private static Task<Answer> ClassifyAsync(World world, string name, string sensitivity, bool personalData, params object[] permittedPurposes) => world.Carl.PutJsonAsync(
        $"/datasets/{world.Dataset}-{name}/classification", new { sensitivity, personalData, permittedPurposes, retentionDays = 365 });

    private async Task<JsonNode> FactsAsync(Answer check)
    {
        var bytes = await LocalPostgresTest.QueryAsync(shared.Connection, $"select bytes from governance.content where digest = '{check.Text("factsDigest")}'");
        return JsonNode.Parse((byte[])bytes!)!;
    }

    private static IEnumerable<string> Codes(JsonNode purposes) => purposes.AsArray().Select(p => p.Text("code"));

    private static IEnumerable<string> Names(JsonNode names) => names.AsArray().Select(n => n!.GetValue<string>());
}
