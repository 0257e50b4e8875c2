using System.Text.Json.Nodes;
using MLOpsGovernance.Server.Tests.Tasks;

namespace MLOpsGovernance.Server.Tests.Recertification;

/// <summary>What is on record is confirmed again every quarter: models by their team, roles by an administrator.</summary>
public sealed class RecertifyingOverHttp(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly object Body = new { stillInUse = true, reason = "looked at purpose, owner and class" };

    [Fact]
    public async Task Of_a_model_is_shown_with_it()
    {
        var world = await shared.FoundedAsync();
        var before = (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!;
        before["recertification"].Time("dueAt").ShouldBe(before.Time("registeredAt").AddMonths(3));
        shared.Clock.Forward(TimeSpan.FromDays(100));
        (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!["recertification"]!["overdue"]!.GetValue<bool>().ShouldBeTrue();

        var after = (await World.Must(200, world.As("dev:contributor:bob").PostJsonAsync($"{world.Path()}/recertification", Body))).Json!["recertification"]!;
        (after["overdue"]!.GetValue<bool>(), after["stillInUse"]!.GetValue<bool>(), after.Text("by"), after.Text("reason")).ShouldBe((false, true, "bob", "looked at purpose, owner and class"));
        after.Time("dueAt").ShouldBe(after.Time("at").AddMonths(3));
        var said = (await world.EventsAsync("model_recertified")).ShouldHaveSingleItem();
        (said.Text("actor"), said["data"].Text("reason")).ShouldBe(("bob", "looked at purpose, owner and class"));
    }

    [Fact]
    public async Task Of_a_model_is_refused_with_a_reason()
    {
        var world = await shared.FoundedAsync();
        var path = $"{world.Path()}/recertification";
        foreach (var token in new[] { "dev:contributor:cleo", "dev:ai-risk-officer:rita", "dev:administrator:root" }) await World.Refused(403, "not-in-team", world.As(token).PostJsonAsync(path, Body));
        await World.Refused(403, "forbidden", world.As("dev:viewer:bob").PostJsonAsync(path, Body));
        await World.Refused(403, "forbidden", world.Pipeline.PostJsonAsync(path, Body));
        await World.Refused(404, "model-unknown", world.Ann.PostJsonAsync("/models/nobody/recertification", Body));
        await World.Refused(400, "missing-field", world.Ann.PostJsonAsync(path, new { reason = "x" }));
        await World.Refused(400, "invalid-text", world.Ann.PostJsonAsync(path, new { stillInUse = true, reason = "" }));
        (await world.EventsAsync("model_recertified")).ShouldBeEmpty();
        await World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/retirement", new { reason = "replaced" }));
        await World.Refused(409, "model-retired", world.Ann.PostJsonAsync(path, Body));
    }

    [Fact]
    public async Task Of_a_role_is_shown_with_its_holder()
    {
        var world = new World(shared.Server);
        var granted = Grant(await World.Must(200, world.Root.PutJsonAsync("/subjects/victor/roles/model-validator", new { reason = "trained" })));
        granted.Time("recertificationDueAt").ShouldBe(granted.Time("grantedAt").AddMonths(3));
        shared.Clock.Forward(TimeSpan.FromDays(100));
        Grant(await World.Must(200, world.Ann.GetJsonAsync("/subjects/victor")))["recertificationOverdue"]!.GetValue<bool>().ShouldBeTrue();

        var again = Grant(await World.Must(200, world.Root.PostJsonAsync("/subjects/victor/roles/model-validator/recertification", new { reason = "still validates" })));
        (again["recertificationOverdue"]!.GetValue<bool>(), again.Text("recertifiedBy"), again.Text("reason")).ShouldBe((false, "root", "still validates"));
        again.Time("recertificationDueAt").ShouldBe(again.Time("recertifiedAt").AddMonths(3));

        static JsonNode Grant(Answer answer) => answer.Json!["grants"]!.AsArray().ShouldHaveSingleItem()!;
    }

    [Fact]
    public async Task Of_a_role_is_refused_with_a_reason()
    {
        var world = new World(shared.Server);
        await World.Must(200, world.Root.PutJsonAsync("/subjects/wendy/roles/administrator", new { reason = "second" }));
        const string path = "/subjects/wendy/roles/administrator/recertification";
        var body = new { reason = "still needed" };
        await World.Refused(403, "recertifier-is-holder", world.As("dev:administrator:wendy").PostJsonAsync(path, body));
        await World.Refused(403, "forbidden", world.Carl.PostJsonAsync(path, body));
        await World.Refused(404, "role-not-granted", world.Root.PostJsonAsync("/subjects/wendy/roles/viewer/recertification", body));
        await World.Refused(404, "role-not-granted", world.Root.PostJsonAsync("/subjects/nobody-at-all/roles/viewer/recertification", body));
        await World.Refused(400, "invalid-value", world.Root.PostJsonAsync("/subjects/wendy/roles/emperor/recertification", body));
        await World.Refused(400, "invalid-subject", world.Root.PostJsonAsync("/subjects/a%40b.example/roles/viewer/recertification", body));
        (await world.EventsAsync("role_recertified", "subject:wendy")).ShouldBeEmpty();
    }
}
