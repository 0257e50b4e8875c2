namespace MLOpsGovernance.Server.Tests.Subjects;

/// <summary>Roles are given by an administrator to somebody else; nobody raises themselves, and nobody both administers and approves.</summary>
public sealed class GrantingARoleOverHttp(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string[] Approvers = ["model-validator", "ai-risk-officer", "chief-risk-officer", "compliance-officer"];

    private static int _people;

    private readonly string _somebody = $"somebody-{Interlocked.Increment(ref _people)}";

    private readonly World _world = new(shared.Server);

    public static TheoryData<string> ApproverRoles => [.. Approvers];

    [Fact]
    public async Task Is_for_an_administrator_who_is_somebody_else()
    {
        var granted = await World.Must(200, _world.Root.PutJsonAsync($"/subjects/{_somebody}/roles/model-validator", new { reason = "passed the course" }));

        Roles(granted).ShouldBe(["model-validator"]);
        granted.Json!["person"]!.GetValue<bool>().ShouldBeFalse();
        var told = (await _world.EventsAsync(stream: $"subject:{_somebody}")).ShouldHaveSingleItem();
        (told.Text("type"), told.Text("actor"), told["data"].Text("role"), told["data"].Text("reason")).ShouldBe(("role_granted", "root", "model-validator", "passed the course"));
        await World.Must(200, _world.Root.PutJsonAsync($"/subjects/{_somebody}/roles/model-validator"));
        (await _world.EventsAsync(stream: $"subject:{_somebody}")).Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(ApproverRoles))]
    public async Task Is_refused_to_an_administrator_for_themselves(string role)
    {
        var me = _world.As($"dev:administrator:{_somebody}");

        await World.Refused(403, "grantee-is-grantor", me.PutJsonAsync($"/subjects/{_somebody}/roles/{role}"));

        await NothingGrantedAsync(_somebody, "grantee-is-grantor");
    }

    [Theory]
    [MemberData(nameof(ApproverRoles))]
    public async Task Is_refused_to_whoever_holds_the_role_already(string role)
    {
        var me = _world.As($"dev:{role}:{_somebody}");

        await World.Refused(403, "forbidden", me.PutJsonAsync($"/subjects/{_somebody}/roles/{role}"));
        await World.Refused(403, "forbidden", me.PutJsonAsync($"/subjects/{_somebody}/roles/administrator"));
        await World.Refused(403, "forbidden", me.DeleteJsonAsync($"/subjects/{_somebody}/roles/{role}"));

        await NothingGrantedAsync(_somebody, "forbidden", "forbidden", "forbidden");
    }

    [Theory]
    [InlineData("contributor")]
    [InlineData("pipeline")]
    [InlineData("engineering-lead")]
    [InlineData("executive")]
    [InlineData("viewer")]
    public async Task Is_refused_to_everybody_else(string role)
    {
        await World.Must(200, _world.As($"dev:viewer:{_somebody}").GetJsonAsync("/me"));

        await World.Refused(403, "forbidden", _world.As($"dev:{role}:other").PutJsonAsync($"/subjects/{_somebody}/roles/model-validator"));

        await NothingGrantedAsync(_somebody, "forbidden");
    }

    [Theory]
    [MemberData(nameof(ApproverRoles))]
    public async Task Never_makes_one_person_administer_and_approve(string role)
    {
        await World.Must(200, _world.Root.PutJsonAsync($"/subjects/{_somebody}/roles/{role}"));
        await World.Refused(409, "approver-never-administers", _world.Root.PutJsonAsync($"/subjects/{_somebody}/roles/administrator"));

        await World.Must(200, _world.Root.DeleteJsonAsync($"/subjects/{_somebody}/roles/{role}"));
        await World.Must(200, _world.Root.PutJsonAsync($"/subjects/{_somebody}/roles/administrator"));
        await World.Refused(409, "administrator-never-approves", _world.Root.PutJsonAsync($"/subjects/{_somebody}/roles/{role}"));

        Roles(await _world.Ann.GetJsonAsync($"/subjects/{_somebody}")).ShouldBe(["administrator"]);
    }

    [Fact]
    public async Task Is_taken_back_by_an_administrator()
    {
        await World.Must(200, _world.Root.PutJsonAsync($"/subjects/{_somebody}/roles/model-validator"));
        await World.Refused(403, "forbidden", _world.Ann.DeleteJsonAsync($"/subjects/{_somebody}/roles/model-validator"));
        await World.Refused(404, "role-not-granted", _world.Root.DeleteJsonAsync($"/subjects/{_somebody}/roles/ai-risk-officer"));

        Roles(await World.Must(200, _world.Root.DeleteJsonAsync($"/subjects/{_somebody}/roles/model-validator"))).ShouldBeEmpty();

        (await _world.EventsAsync("role_revoked", $"subject:{_somebody}")).ShouldHaveSingleItem().Text("actor").ShouldBe("root");
    }

    [Fact]
    public async Task Is_not_done_by_signing_in_with_a_role()
    {
        await World.Must(200, _world.As($"dev:model-validator:{_somebody}").GetJsonAsync("/me"));

        var subject = await World.Must(200, _world.Ann.GetJsonAsync($"/subjects/{_somebody}"));

        subject.Json!["person"]!.GetValue<bool>().ShouldBeTrue();
        Roles(subject).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_for_roles_that_there_are()
    {
        var refused = await World.Must(400, _world.Root.PutJsonAsync($"/subjects/{_somebody}/roles/emperor"));
        refused.Json!["errors"]!["role"]![0]!.GetValue<string>().ShouldContain("model-validator");
    }

    /// <summary>A person who could sign in under a machine's name could act as one, and a machine could pass for a person.</summary>
    [Theory]
    [InlineData("dev:model-validator:key:0123456789abcdef0123456789abcdef")]
    [InlineData("dev:administrator:system:birth")]
    [InlineData("dev:pipeline:system:gate")]
    public async Task Is_not_got_around_by_signing_in_under_the_name_of_a_machine(string token)
    {
        var refused = await World.Refused(401, "invalid-subject", _world.As(token).GetJsonAsync("/me"));
        refused.Text("detail").ShouldContain("machine");
    }

    private static IEnumerable<string> Roles(Answer subject) => subject.Json!["roles"]!.AsArray().Select(r => r!.GetValue<string>());

    private async Task NothingGrantedAsync(string subject, params string[] refusals)
    {
        Roles(await World.Must(200, _world.Ann.GetJsonAsync($"/subjects/{subject}"))).ShouldBeEmpty();
        (await _world.EventsAsync("attempt_refused", $"subject:{subject}")).Select(e => e["data"].Text("code")).ShouldBe(refusals);
    }
}
