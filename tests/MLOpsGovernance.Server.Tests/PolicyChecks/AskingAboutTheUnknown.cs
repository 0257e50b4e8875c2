namespace MLOpsGovernance.Server.Tests.PolicyChecks;

/// <summary>What is well written but not known is denied with a code, never let through and never an error.</summary>
public sealed class AskingAboutTheUnknown(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("nowhere", 1, "production", "model-unknown")]
    [InlineData(null, 9, "production", "version-unknown")]
    [InlineData(null, 1, "nowhere", "environment-unknown")]
    public async Task Is_answered_by_a_denial_that_says_what_is_not_known(string? model, int version, string environment, string code)
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        model = model is null ? null : $"{world.Model}-{model}";

        foreach (var action in new[] { "deploy", "promote", "rollback" })
        {
            var denied = await World.Must(200, world.CheckAsync(model, version, environment, action));

            (denied.Text("outcome"), denied.Json!["allowed"]!.GetValue<bool>(), denied.Text("code"), denied.Text("waitingFor")).ShouldBe(("deny", false, code, "none"));
            denied.Json["rules"]!.AsArray().ShouldBeEmpty();
            (await world.EventsAsync("policy_checked", $"check:{denied.Text("decisionId")}")).ShouldHaveSingleItem()["data"].Text("code").ShouldBe(code);
        }
    }

    /// <summary>Well-formed and unknown is not malformed.</summary>
    [Fact]
    public async Task Is_not_the_same_as_asking_what_cannot_be_asked()
    {
        var world = await shared.FoundedAsync();

        (await World.Must(400, world.CheckAsync(environment: "No Where"))).Json!["errors"]!.AsObject().Select(e => e.Key).ShouldBe(["environment"]);
        (await World.Must(400, world.CheckAsync(version: 0))).Json!["errors"]!.AsObject().Select(e => e.Key).ShouldBe(["version"]);
        (await World.Must(400, world.CheckAsync(action: "smuggle"))).Json!["errors"]!["action"]![0]!.GetValue<string>().ShouldContain("deploy, promote, rollback");
        (await World.Must(400, world.CheckAsync(artifact: "latest"))).Json!["errors"]!["artifactDigest"]![0]!.GetValue<string>().ShouldContain("sha256:");
    }

    [Fact]
    public async Task Becomes_known_without_asking_anew_what_was_denied()
    {
        var world = await shared.FoundedAsync();
        var denied = await world.CheckAsync(version: 2, artifact: World.OtherArtifact);
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        await world.ApprovedAsync(version: 2);

        await World.Refused(409, "decision-not-allowed", world.DeployAsync(denied, version: 2));
        await world.AllowedAsync(2, artifact: World.OtherArtifact);
    }
}
