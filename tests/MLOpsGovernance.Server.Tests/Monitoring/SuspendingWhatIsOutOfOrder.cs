using MLOpsGovernance.Server.Tests.Policies;
using MLOpsGovernance.Server.Tests.Tasks;
using MLOpsGovernance.Server.Tests.Waivers;

namespace MLOpsGovernance.Server.Tests.Monitoring;

/// <summary>What is reported of a version in use is a fact for the gate, and where a policy says so it stops what runs at once.</summary>
public sealed class SuspendingWhatIsOutOfOrder(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Policy = """
        apiVersion: governance.mlops/v1
        kind: Policy
        metadata: {name: watched, version: 1.0.0, title: What is out of order does not go on, owner: "group:ml-operations", severity: high}
        spec:
          match: {actions: [deploy, promote]}
          enforcement: {default: mandatory, live: suspend}
          rules:
            - id: WATCH-1
              title: Nothing drifted and no figure is out of its limits
              expression: monitoring.drift != 'drift' && monitoring.breached.size() == 0
              message: It is out of order in use.
              messageExpression: "'out of order: ' + (monitoring.drifted + monitoring.breached).join(', ')"
              remediation: Find the cause.
              controls: [{framework: mlops-baseline, ref: monitoring}]
        """;

    private object Report(double auc) => new
    {
        observedAt = shared.Clock.GetUtcNow(), environment = "production", metrics = new[] { new { name = "auc", value = auc, atLeast = 0.8, onLabels = true } }, incidentSeverity = "high",
    };

    [Fact]
    public async Task Happens_with_the_report_and_opens_one_incident()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
        var documents = PolicyOffice.Documents();
        documents.Add(PolicyOffice.Document("monitoring/watched.yaml", Policy));
        var proposal = (await World.Must(201, PolicyOffice.ProposeAsync(world.Carl, documents))).Json!;
        await World.Must(200, PolicyOffice.AdoptAsync(world.Rita, proposal));
        await World.Must(201, world.Pipeline.PostJsonAsync($"{world.Path(1)}/monitoring", Report(0.9)));
        (await world.CheckAsync()).Rule("WATCH-1").Text("result").ShouldBe("pass");

        var alarm = (await World.Must(201, world.Pipeline.PostJsonAsync($"{world.Path(1)}/monitoring", Report(0.6)))).Json!;

        alarm["suspended"]!.GetValue<bool>().ShouldBeTrue();
        var check = await world.CheckAsync();
        (check.Rule("WATCH-1").Text("result"), check.Rule("WATCH-1").Text("message"), check.Rule("REL-007").Text("result")).ShouldBe(("fail", "out of order: auc", "fail"));
        (await world.EventsAsync("model_suspended")).ShouldHaveSingleItem().Text("actor").ShouldBe("system:compliance");
        (await world.TasksOfAsync(world.Ann, "&kind=take-down")).ShouldHaveSingleItem();
        var incident = (await World.Must(200, world.Ann.GetJsonAsync($"/incidents?model={world.Model}"))).Json!["items"]!.AsArray().ShouldHaveSingleItem();
        (incident.Text("id"), incident.Text("title"), incident.Text("state")).ShouldBe((alarm.Text("incident"), $"Version 1 of {world.Model} is out of order in use: auc is 0.6.", "open"));

        // It goes on: nothing is opened or asked for twice.
        (await World.Must(201, world.Pipeline.PostJsonAsync($"{world.Path(1)}/monitoring", Report(0.5)))).Json!["incident"].ShouldBeNull();
        (await world.EventsAsync("takedown_asked")).ShouldHaveSingleItem();
    }
}
