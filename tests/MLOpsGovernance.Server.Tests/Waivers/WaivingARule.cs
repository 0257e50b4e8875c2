using MLOpsGovernance.Server.Tests.Tasks;

namespace MLOpsGovernance.Server.Tests.Waivers;

/// <summary>A rule that fails and is waived: the gate opens for exactly that, for as long as that, and says so.</summary>
public sealed class WaivingARule(SharedServer shared) : IClassFixture<SharedServer>
{
    private DateTimeOffset In(double days) => shared.Clock.GetUtcNow().AddDays(days);

    [Fact]
    public async Task Opens_the_gate_once_a_second_person_approved_and_shows_the_rule_as_waived()
    {
        var world = await shared.FoundedAsync();
        var until = In(10);
        var asked = await World.Must(201, world.AskForWaiverAsync(until: until));
        (asked.Text("state"), asked.Text("policy"), asked.Text("rule"), asked.Text("policyVersions"), asked.Text("requestedBy"), asked.Text("reason")).ShouldBe(("requested", "release", "REL-002", ">=1.0.0 <2.0.0", "ann", "the validator is ill"));
        (asked.Json!["applies"]!.GetValue<bool>(), asked.Text("whyNot")).ShouldBe((false, "it is requested"));
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");

        var approved = await World.Must(200, world.Rita.DecideAsync(asked.Text("id"), "approval"));

        (approved.Text("state"), approved.Text("approvedBy"), approved.Text("compensatingControl"), approved.Json!["applies"]!.GetValue<bool>()).ShouldBe(("approved", "rita", "a person looks at each answer", true));
        var check = await world.AllowedAsync();
        var rule = check.Rule("REL-002");
        (rule.Text("result"), rule["waiver"].Text("name"), rule["waiver"].Text("underlying"), rule["waiver"]!["expiresAt"]!.GetValue<DateTimeOffset>()).ShouldBe(("waived", asked.Text("id"), "fail", until));
        rule.Text("message").ShouldContain("needs 1 independent approval");
        check.Json!["rules"]!.AsArray().Where(r => r.Text("result") == "waived").ShouldHaveSingleItem();
        await World.Must(201, world.DeployAsync(check));
        (await World.Must(200, world.Ann.PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay"))).Json!["identical"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Opens_it_for_nothing_else()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        await world.WaivedAsync(In(10));
        await world.AllowedAsync();

        (await world.CheckAsync(environment: "staging")).Text("outcome").ShouldBe("deny", "another environment");
        (await world.CheckAsync(version: 2, artifact: World.OtherArtifact)).Text("outcome").ShouldBe("deny", "another version");
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "drifts", severity = "high" }));
        (await world.CheckAsync()).Rule("REL-006").Text("result").ShouldBe("fail", "another rule");
    }

    [Fact]
    public async Task May_be_for_every_version_and_is_then_for_no_artifact_alone()
    {
        var world = await shared.FoundedAsync();
        await world.WaivedAsync(In(10), version: null);
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));

        await world.AllowedAsync(2, artifact: World.OtherArtifact);
    }

    [Fact]
    public async Task Is_for_what_the_version_was_when_it_was_asked_for()
    {
        var world = await shared.FoundedAsync();
        await world.WaivedAsync(In(10));

        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/artifact", new { artifactDigest = World.OtherArtifact }));

        (await world.CheckAsync(artifact: World.OtherArtifact)).Text("outcome").ShouldBe("deny");
    }

    [Fact]
    public async Task Ends_by_itself_for_decisions_made_before_too()
    {
        var world = await shared.FoundedAsync();
        var until = In(0.02);
        var id = await world.WaivedAsync(until);
        var check = await world.AllowedAsync();
        check.Json!["validUntil"]!.GetValue<DateTimeOffset>().ShouldBe(until);

        shared.Clock.Forward(TimeSpan.FromMinutes(30));

        (await world.CheckAsync()).Rule("REL-002").Text("result").ShouldBe("fail");
        await World.Refused(409, "decision-stale", world.DeployAsync(check));
        (await World.Must(200, world.Ann.GetJsonAsync($"/waivers/{id}"))).Text("state").ShouldBe("expired");
        (await World.Must(200, world.Ann.PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay"))).Json!["identical"]!.GetValue<bool>().ShouldBeTrue("what held then");
    }

    [Fact]
    public async Task Ends_with_its_revocation_which_a_deployment_names()
    {
        var world = await shared.FoundedAsync();
        var id = await world.WaivedAsync(In(10));
        var check = await world.AllowedAsync();

        await World.Must(200, world.Carl.DecideAsync(id, "revocation"));

        var refused = await World.Refused(409, "decision-overtaken", world.DeployAsync(check));
        refused.Text("overtakenCode").ShouldBe("waiver-revoked");
        (refused.Json!["overtakenBy"].Text("stream"), refused.Json["overtakenBy"].Text("type")).ShouldBe(($"waiver:{id}", "waiver_revoked"));
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        (await World.Must(200, world.Ann.PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay"))).Json!["identical"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Covers_what_may_be_waived_and_nothing_for_a_prohibited_practice()
    {
        var world = await shared.FoundedAsync();
        await world.WaivedAsync(In(10));
        await world.AllowedAsync();

        await World.Must(200, world.Carl.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "prohibited", tier = 1, reason = "scores people" }));

        (await world.CheckAsync()).Json!["rules"]!.AsArray().ShouldNotContain(r => r.Text("result") == "waived");
    }

    [Fact]
    public async Task Stands_in_the_dossier_the_history_and_the_audit_trail()
    {
        var world = await shared.FoundedAsync();
        var id = await world.WaivedAsync(In(10));
        var rejected = (await World.Must(201, world.AskForWaiverAsync(rule: "REL-011", until: In(3)))).Text("id");
        await World.Must(200, world.Carl.DecideAsync(rejected, "rejection"));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));

        var dossier = (await World.Must(200, world.Ann.GetJsonAsync($"{world.Path(1)}/dossier"))).Json!;
        dossier["waivers"]!.AsArray().Select(w => (w.Text("id"), w.Text("state"))).ShouldBe([(rejected, "rejected"), (id, "approved")], "the latest first");
        dossier["read"]!.AsArray().Select(r => r.Text("stream")).ShouldContain($"waiver:{id}");
        dossier["history"]!.AsArray().Count(e => e.Text("type") == "model_waiver_noted").ShouldBe(2);
        (await World.Must(200, world.Ann.GetJsonAsync($"{world.Path(2)}/dossier"))).Json!["waivers"]!.AsArray().ShouldBeEmpty("they are for another version");
        (await world.EventsAsync(stream: $"waiver:{id}")).Select(e => (e.Text("type"), e.Text("actor"))).ShouldBe([("waiver_requested", "ann"), ("waiver_approved", "rita")]);
    }

    [Fact]
    public async Task Waits_for_the_role_and_then_for_its_owner()
    {
        var world = await shared.FoundedAsync();
        var id = (await World.Must(201, world.AskForWaiverAsync(until: In(10)))).Text("id");
        var task = (await world.Rita.TasksAsync($"model={world.Model}&kind=approve-waiver")).ShouldHaveSingleItem();
        (task.Text("item"), task.Text("environment"), task.Text("link")).ShouldBe((id, "production", $"/api/v1/waivers/{id}"));
        (await world.Eve.TasksAsync($"model={world.Model}")).ShouldBeEmpty("the policy does not name her role");

        await World.Must(200, world.Rita.DecideAsync(id, "approval"));

        (await world.Rita.TasksAsync($"model={world.Model}")).ShouldBeEmpty();
        (await world.Ann.TasksAsync($"model={world.Model}&kind=renew-waiver")).ShouldHaveSingleItem().Text("assignee").ShouldBe("ann");
        shared.Clock.Forward(TimeSpan.FromDays(11));
        (await world.Ann.TasksAsync($"model={world.Model}&kind=renew-waiver")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_listed_by_what_it_is_for_how_it_stands_and_when_it_ends()
    {
        var world = await shared.FoundedAsync();
        var (soon, later) = (await world.WaivedAsync(In(2)), await world.WaivedAsync(In(20), "REL-006"));
        var open = (await World.Must(201, world.AskForWaiverAsync(rule: "REL-011", until: In(1)))).Text("id");

        (await IdsAsync("")).ShouldBe([soon, later, open]);
        (await IdsAsync($"&expiringBefore={In(5):yyyy-MM-dd'T'HH:mm:ss'Z'}")).ShouldBe([soon]);
        (await IdsAsync("&state=requested")).ShouldBe([open]);
        (await IdsAsync("&rule=REL-006")).ShouldBe([later]);
        (await IdsAsync("&environment=staging")).ShouldBeEmpty();
        (await IdsAsync("&team=flowers&environment=production")).Count.ShouldBe(3);
        shared.Clock.Forward(TimeSpan.FromDays(3));
        (await IdsAsync("&state=expired")).ShouldBe([soon]);
        (await IdsAsync("&state=lapsed")).ShouldBe([open]);
        (await IdsAsync("&state=approved")).ShouldBe([later]);

        async Task<IReadOnlyList<string>> IdsAsync(string more) => [.. (await World.Must(200, world.Ann.GetJsonAsync($"/waivers?model={world.Model}{more}"))).Json!["items"]!.AsArray().Select(w => w.Text("id"))];
    }

    [Fact]
    public async Task Is_the_same_for_the_same_key_and_can_be_followed_by_one_that_lasts_longer()
    {
        var world = await shared.FoundedAsync();
        var first = In(2);
        var id = (await World.Must(201, world.AskForWaiverAsync(until: first, key: $"k-{world.Model}"))).Text("id");
        (await World.Must(201, world.AskForWaiverAsync(until: first, key: $"k-{world.Model}"))).Text("id").ShouldBe(id);
        await World.Must(200, world.Rita.DecideAsync(id, "approval"));

        var next = await World.Must(201, world.AskForWaiverAsync(until: In(12)));
        next.Text("renews").ShouldBe(id);
        await World.Must(200, world.Rita.DecideAsync(next.Text("id"), "approval"));

        (await world.AllowedAsync()).Rule("REL-002")["waiver"].Text("name").ShouldBe(next.Text("id"), "the one that lasts longer");
    }
}
