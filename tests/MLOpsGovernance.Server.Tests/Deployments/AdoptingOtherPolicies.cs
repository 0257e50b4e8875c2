namespace MLOpsGovernance.Server.Tests.Deployments;

/// <summary>In Development a changed policy folder is adopted at the next start.</summary>
public sealed class AdoptingOtherPolicies(Database database)
{
    [Fact]
    public async Task Overtakes_the_decisions_made_before_and_leaves_them_to_be_replayed()
    {
        var connection = await database.NewDatabaseAsync(nameof(AdoptingOtherPolicies));
        using var folder = new TemporaryFolder();
        Answer check;
        await using (var before = await RunningServer.StartAsync(connection))
        {
            var world = await new World(before).FoundedAsync();
            await world.ApprovedAsync();
            check = await world.AllowedAsync();
        }

        await using (var unchanged = await RunningServer.StartAsync(connection))
            (await new World(unchanged).EventsAsync("policy_set_adopted", "policy-set")).ShouldHaveSingleItem();

        folder.CopyPolicies();
        var release = Path.Combine(folder.Path, "gate", "release.yaml");
        await File.WriteAllTextAsync(
            release, (await File.ReadAllTextAsync(release, TestContext.Current.CancellationToken)).Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        await using var after = await RunningServer.StartAsync(connection, null, ("Policies:Folder", folder.Path));
        var later = new World(after);
        var refused = await World.Refused(409, "decision-overtaken", later.DeployAsync(check));
        refused.Text("overtakenCode").ShouldBe("policy-set-changed");
        var adoptions = await later.EventsAsync("policy_set_adopted", "policy-set");
        adoptions.Count.ShouldBe(2);
        (refused.Json!["overtakenBy"].Text("stream"), refused.Json["overtakenBy"].Text("type"), refused.Json["overtakenBy"].Text("id"))
            .ShouldBe(("policy-set", "policy_set_adopted", adoptions[1].Text("id")));

        var replayed = await World.Must(200, later.Ann.PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay"));
        replayed.Json!["identical"]!.GetValue<bool>().ShouldBeTrue(replayed.Json.ToJsonString());
        var again = await later.AllowedAsync();
        again.Text("policySet").ShouldNotBe(check.Text("policySet"));
        await World.Must(201, later.DeployAsync(again));
    }
}
