using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.Policies;

/// <summary>The documents of the set in force lie in an event; whoever changes them there changes nothing but that the gate shuts.</summary>
public sealed class TamperingWithThePolicies(Database database)
{
    [Fact]
    public async Task Shuts_the_gate_and_opens_no_past_decision()
    {
        var connection = await database.NewDatabaseAsync(nameof(TamperingWithThePolicies));
        Answer denied;
        await using (var before = await RunningServer.StartAsync(connection))
        {
            denied = await (await new World(before).FoundedAsync()).CheckAsync();
            denied.Text("outcome").ShouldBe("deny");
        }

        // The rule that wants an independent approval is content with none.
        await LocalPostgresTest.QueryAsync(
            connection, "update governance.mt_events set data = replace(data::text, 'variables.humans.size() >= 1', 'variables.humans.size() >= 0')::jsonb where stream_id = 'policy-set'");

        await using var after = await RunningServer.StartAsync(connection);
        var world = new World(after);
        var check = await World.Must(200, world.CheckAsync());
        (check.Text("outcome"), check.Text("code")).ShouldBe(("deny", "no-policy-set"));
        (await World.Refused(409, "policy-set-missing", world.Ann.PostJsonAsync($"/policy-checks/{denied.Text("decisionId")}/replay"))).Text("detail").ShouldContain(denied.Text("policySet"));
        await World.Refused(404, "no-policy-set", world.Ann.GetJsonAsync("/policies"));
    }
}
