using System.Text.Json.Nodes;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Tests.Hosting;

namespace MLOpsGovernance.Server.Tests.Policies;

/// <summary>The folder is followed while the server runs: a good edit is taken, a broken one changes nothing but what is said about it.</summary>
public sealed class FollowingTheFolder(Database database) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Release => Path.Combine(_folder.Path, "gate", "release.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Adopts_a_good_edit_at_once_in_Development_and_stays_with_the_last_good_set_when_one_is_broken()
    {
        _folder.CopyPolicies();
        var good = await File.ReadAllTextAsync(Release, Token);
        var connection = await database.NewDatabaseAsync(nameof(FollowingTheFolder));
        string edited;
        await using (var server = await StartAsync(connection))
        {
            var world = await new World(server).FoundedAsync();
            var first = (await PoliciesAsync(world)).Text("digest");

            await File.WriteAllTextAsync(Release, good.Replace("version: 1.0.0", "version: 1.0.1", StringComparison.Ordinal), Token);
            edited = (await UntilAsync(() => PoliciesAsync(world), p => p.Text("digest") != first)).Text("digest");
            var adopted = (await world.EventsAsync("policy_set_adopted", "policy-set"))[^1];
            (adopted.Text("actor"), adopted["data"].Text("digest")).ShouldBe(("system:development", edited));

            await File.WriteAllTextAsync(Release, good.Replace("failurePolicy: Fail", "failurePolisy: Fail", StringComparison.Ordinal), Token);
            var broken = await UntilAsync(() => PoliciesAsync(world), p => p["folder"]!["errors"]!.AsArray().Count > 0);
            broken.Text("digest").ShouldBe(edited);
            broken["folder"]!["errors"]!.AsArray().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                e => e.Text("file").ShouldBe("gate/release.yaml"), e => e!["line"]!.GetValue<int>().ShouldBe(15), e => e!["column"]!.GetValue<int>().ShouldBe(3),
                e => e.Text("code").ShouldBe("document.unknown-key"), e => e.Text("suggestion").ShouldBe("failurePolicy"));
            var health = await HealthAsync(server);
            (health.Text("status"), health["checks"]!["policies"].Text("status")).ShouldBe(("degraded", "degraded"));
            health["checks"]!["policies"].Text("description").ShouldContain("gate/release.yaml(15,3): 'spec' has no key 'failurePolisy'");
            (await world.CheckAsync()).ShouldSatisfyAllConditions(c => c.Text("outcome").ShouldBe("deny"), c => c.Text("policySet").ShouldBe(edited));

            // It loads, and breaks what its tests promise.
            await File.WriteAllTextAsync(Release, good.Replace("variables.withdrawn.size() == 0", "variables.withdrawn.size() <= 1", StringComparison.Ordinal), Token);
            var failing = await UntilAsync(() => PoliciesAsync(world), p => p["folder"]!["errors"]!.AsArray().Any(e => e.Text("code") == "test.failed"));
            (failing.Text("digest"), failing["folder"]!["errors"]![0].Text("file")).ShouldBe((edited, "gate/release.test.yaml"));
        }

        // A broken folder keeps nobody from starting where a set is in force.
        await using (var again = await StartAsync(connection))
        {
            var world = new World(again);
            (await PoliciesAsync(world)).Text("digest").ShouldBe(edited);
            await File.WriteAllTextAsync(Release, good, Token);
            (await UntilAsync(() => PoliciesAsync(world), p => p["folder"]!["errors"]!.AsArray().Count == 0 && p.Text("digest") != edited)).Text("adoptedBy").ShouldBe("system:development");
        }
    }

    [Fact]
    public async Task Only_proposes_an_edit_elsewhere_and_two_officers_put_it_in_force()
    {
        _folder.CopyPolicies();
        var signing = IdentityProvider.NewKey("only");
        await using var provider = await IdentityProvider.StartAsync(signing);
        var connection = await database.NewDatabaseAsync($"{nameof(FollowingTheFolder)}Elsewhere");
        await using var server = await ProvidedServer.StartAsync(connection, provider.Address, [.. Settings]);
        using var root = server.As(await provider.TokenAsync("root"));
        foreach (var (subject, role) in new[] { ("carl", "compliance-officer"), ("rita", "ai-risk-officer") }) await World.Must(200, root.PutJsonAsync($"/subjects/{subject}/roles/{role}", new { reason = "appointed" }));
        using var carl = server.As(await provider.TokenAsync("carl"));
        using var rita = server.As(await provider.TokenAsync("rita"));
        var first = (await World.Must(200, carl.GetJsonAsync("/policies"))).Text("digest");
        (await World.Must(200, carl.GetJsonAsync("/policies/proposals"))).Json!["items"]!.AsArray().ShouldBeEmpty();

        await File.WriteAllTextAsync(Release, (await File.ReadAllTextAsync(Release, Token)).Replace("version: 1.0.0", "version: 1.0.1", StringComparison.Ordinal), Token);

        var found = await UntilAsync(async () => (await World.Must(200, carl.GetJsonAsync("/policies/proposals"))).Json!, p => p["items"]!.AsArray().Count > 0);
        var id = found["items"]!.AsArray().ShouldHaveSingleItem().Text("id");
        var proposal = (await World.Must(200, carl.GetJsonAsync($"/policies/proposals/{id}"))).Json!;
        (proposal.Text("origin"), proposal["proposedBy"]![0]!.GetValue<string>(), proposal.Text("waitsFor")).ShouldBe(("folder", "system:folder", "an AI risk or compliance officer to put it forward, and another to adopt it"));
        (await World.Must(200, carl.GetJsonAsync("/policies"))).Text("digest").ShouldBe(first);

        (await World.Must(200, carl.PostJsonAsync($"/policies/proposals/{id}/adoption"))).Json.ShouldSatisfyAllConditions(
            p => p.Text("state").ShouldBe("proposed"), p => p!["secondedBy"]![0]!.GetValue<string>().ShouldBe("carl"), p => p.Text("waitsFor").ShouldEndWith("other than carl"));
        await World.Refused(403, "second-person-required", carl.PostJsonAsync($"/policies/proposals/{id}/adoption"));
        (await World.Must(200, rita.PostJsonAsync($"/policies/proposals/{id}/adoption"))).Text("state").ShouldBe("adopted");
        (await World.Must(200, carl.GetJsonAsync("/policies"))).Json.ShouldSatisfyAllConditions(p => p.Text("digest").ShouldBe(proposal.Text("digest")), p => p.Text("adoptedBy").ShouldBe("rita"));
    }

    [Fact]
    public async Task Needs_a_folder_that_loads_where_nothing_is_in_force_yet()
    {
        _folder.CopyPolicies();
        await File.WriteAllTextAsync(Release, (await File.ReadAllTextAsync(Release, Token)).Replace("failurePolicy: Fail", "failurePolisy: Fail", StringComparison.Ordinal), Token);
        var why = (await Should.ThrowAsync<StartupException>(StartAsync(await database.NewDatabaseAsync($"{nameof(FollowingTheFolder)}Born")))).Message;
        why.ShouldContain("gate/release.yaml(15,3): ");
        why.Split("Did you mean").Length.ShouldBe(2, why);
    }

    private (string, string)[] Settings => [("Policies:Folder", _folder.Path), ("Policies:Poll", "00:00:02"), ("Policies:Quiet", "00:00:00.100")];

    private Task<RunningServer> StartAsync(string connection) => RunningServer.StartAsync(connection, null, Settings);

    private static async Task<JsonNode> PoliciesAsync(World world) => (await World.Must(200, world.Ann.GetJsonAsync("/policies"))).Json!;

    private static async Task<JsonNode> HealthAsync(RunningServer server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        return JsonNode.Parse(await client.GetStringAsync("/healthz/ready", Token))!;
    }

    private static async Task<JsonNode> UntilAsync(Func<Task<JsonNode>> read, Func<JsonNode, bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var now = await read();
            if (holds(now)) return now;
            await Task.Delay(50, patience.Token);
        }
    }
}
