using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.Approvals;

/// <summary>What an approval rests on changes, and the gate shuts: at once, with the reason, and the history tells it.</summary>
public sealed class LosingAnApproval(SharedServer shared) : IClassFixture<SharedServer>
{
    /// <summary>Each change by what it is: what somebody does, the code of the approval's end, and the artifact that is then checked.</summary>
    private static readonly Dictionary<string, (Func<World, Task> Do, string Code, string Artifact)> Changes = new(StringComparer.Ordinal)
    {
        ["the artifact was built anew"] = (w => World.Must(200, w.Ann.PutJsonAsync($"{w.Path(1)}/artifact", new { artifactDigest = World.OtherArtifact })), "artifact-changed", World.OtherArtifact),
        ["the image was built anew"] = (w => World.Must(200, w.Ann.PutJsonAsync($"{w.Path(1)}/artifact", new { imageDigest = World.OtherArtifact })), "image-changed", World.OtherArtifact),
        ["the artifact was changed and changed back"] = (async w =>
        {
            await World.Must(200, w.Ann.PutJsonAsync($"{w.Path(1)}/artifact", new { artifactDigest = World.OtherArtifact }));
            await World.Must(200, w.Ann.PutJsonAsync($"{w.Path(1)}/artifact", new { artifactDigest = World.Artifact }));
        }, "artifact-changed", World.Artifact),
        ["an author was added"] = (w => World.Must(200, w.Ann.PutJsonAsync($"{w.Path(1)}/authors/bob")), "authors-changed", World.Artifact),
        ["the approver turned out to be an author"] = (w => World.Must(200, w.Ann.PutJsonAsync($"{w.Path(1)}/authors/eve")), "authors-changed", World.Artifact),
        ["the purpose was changed"] = (w => World.Must(200, w.Ann.PutJsonAsync($"{w.Path()}/purpose", new { purpose = "tell people apart" })), "purpose-changed", World.Artifact),
        ["the class under the AI Act was raised"] = (w => World.Must(200, w.Carl.PutJsonAsync($"{w.Path()}/risk", new { euAiAct = "limited", tier = 3, reason = "a chat" })), "risk-raised", World.Artifact),
        ["the tier was raised"] = (w => World.Must(200, w.Carl.PutJsonAsync($"{w.Path()}/risk", new { euAiAct = "minimal", tier = 2, reason = "money" })), "risk-raised", World.Artifact),
        ["the team proposed a higher tier"] = (w => World.Must(200, w.Ann.PutJsonAsync($"{w.Path()}/risk", new { euAiAct = "minimal", tier = 2, reason = "money" })), "risk-raised", World.Artifact),
        ["a training dataset was classified anew"] = (w => World.Must(200, w.Carl.PutJsonAsync($"/datasets/{w.Dataset}/classification", new { sensitivity = "internal", personalData = false })), "dataset-reclassified", World.Artifact),
        ["the team proposed a stricter class for a training dataset"] = (w => World.Must(200, w.Ann.PutJsonAsync($"/datasets/{w.Dataset}/classification", new { sensitivity = "restricted", personalData = true })), "dataset-reclassified", World.Artifact),
        ["a training dataset was withdrawn"] = (w => World.Must(200, w.Ann.PostJsonAsync($"/datasets/{w.Dataset}/withdrawal", new { reason = "a mistake" })), "dataset-withdrawn", World.Artifact),
        ["a training dataset was withdrawn and restored"] = (async w =>
        {
            await World.Must(200, w.Ann.PostJsonAsync($"/datasets/{w.Dataset}/withdrawal", new { reason = "a mistake" }));
            await World.Must(200, w.Carl.PostJsonAsync($"/datasets/{w.Dataset}/restoration", new { reason = "none after all" }));
        }, "dataset-withdrawn", World.Artifact),
        ["another validator rejected the version"] = (w => World.Must(201, w.ApproveAsync(w.Rita, "ai-risk-officer", outcome: "rejected")), "rejected-since", World.Artifact),
    };

    public static TheoryData<string> Happenings => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Happenings))]
    public async Task Shuts_the_gate_at_once_says_why_and_stays_in_the_history(string what)
    {
        var (change, code, artifact) = Changes[what];
        var world = await shared.FoundedAsync();
        var id = await world.ApprovedAsync();
        await world.AllowedAsync();

        await change(world);

        var approval = await world.ApprovalAsync(id);
        approval.Text("state").ShouldBe("superseded");
        approval["why"]!.AsArray().Select(w => w.Text("code")).ShouldBe([code]);

        var denied = await world.CheckAsync(artifact: artifact);
        denied.Text("outcome").ShouldBe("deny");
        var rule = denied.Json!["rules"]!.AsArray().Single(r => r.Text("rule") == "REL-002");
        rule.Text("result").ShouldBe("fail");
        rule.Text("message").ShouldContain("the approval of eve (model-validator) is superseded");
        rule.Text("message").ShouldContain(approval["why"]![0].Text("why"));

        // What happened outside the model's own stream is written into its history after the check that met it.
        await LocalPostgresTest.UntilAsync(async () => (await world.EventsAsync("approval_superseded")).Count > 0, TimeSpan.FromSeconds(20));
        var data = (await world.EventsAsync("approval_superseded")).ShouldHaveSingleItem()["data"]!;
        data.Text("approval").ShouldBe(id);
        data["version"]!.GetValue<int>().ShouldBe(1);
        data["causes"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldBe([code]);
    }

    [Fact]
    public async Task Follows_a_lowered_risk_because_it_was_given_for_what_was_held_to_be_higher()
    {
        var world = await shared.FoundedAsync("limited", 2);
        var id = await world.ApprovedAsync();

        await World.Must(200, world.Carl.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "minimal", tier = 3, reason = "less than thought" }));

        var approval = await world.ApprovalAsync(id);
        (approval.Text("state"), approval["why"]!.AsArray().ShouldHaveSingleItem().Text("code")).ShouldBe(("superseded", "risk-lowered"));
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        (await world.EventsAsync("approval_superseded")).ShouldHaveSingleItem()["data"]!["causes"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldBe(["risk-lowered"]);
        await world.ApprovedAsync();
        await world.AllowedAsync();
    }

    [Fact]
    public async Task Is_mended_by_an_approval_of_what_the_version_is_now()
    {
        var world = await shared.FoundedAsync();
        var lost = await world.ApprovedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/artifact", new { artifactDigest = World.OtherArtifact }));
        (await world.CheckAsync(artifact: World.OtherArtifact)).Text("outcome").ShouldBe("deny");

        await world.ApprovedAsync();

        await world.AllowedAsync(artifact: World.OtherArtifact);
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        (await world.ApprovalAsync(lost)).Text("state").ShouldBe("superseded");
    }

    [Fact]
    public async Task Does_not_happen_to_the_approvals_of_another_version_when_a_version_changes()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        var (one, two) = (await world.ApprovedAsync(), await world.ApprovedAsync(version: 2));

        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(2)}/authors/bob"));

        (await world.ApprovalAsync(two, 2)).Text("state").ShouldBe("superseded");
        (await world.ApprovalAsync(one)).Text("state").ShouldBe("live");
        await world.AllowedAsync();
    }

    [Fact]
    public async Task Happens_to_the_approvals_of_every_version_when_the_model_changes()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        string[] both = [await world.ApprovedAsync(), await world.ApprovedAsync(version: 2)];

        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/purpose", new { purpose = "tell people apart" }));

        (await world.EventsAsync("approval_superseded")).Select(e => e["data"].Text("approval")).ShouldBe(both, ignoreOrder: true);
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        (await world.CheckAsync(version: 2, artifact: World.OtherArtifact)).Text("outcome").ShouldBe("deny");
    }
}
