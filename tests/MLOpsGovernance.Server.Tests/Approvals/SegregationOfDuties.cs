using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Approvals;

/// <summary>Nobody approves what they had a hand in, on any path. Each attempt is refused, changes nothing and stays in the history of what it was aimed at.</summary>
public sealed class SegregationOfDuties(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Kim = "dev:model-validator:kim";

    /// <summary>What somebody does to a version before they try to approve it.</summary>
    private static readonly Dictionary<string, Func<World, Task>> Hands = new(StringComparer.Ordinal)
    {
        ["registered the version"] = async w =>
        {
            await JoinedAsync(w);
            await World.Must(201, w.As("dev:contributor:kim").PostJsonAsync($"{w.Path()}/versions", w.VersionBody(World.OtherArtifact)));
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path(2)}/reviews"));
        },
        ["was declared an author by somebody else"] = async w =>
        {
            await KnownAsync(w);
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path()}/versions", w.VersionBody(World.OtherArtifact, "ann", "kim")));
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path(2)}/reviews"));
        },
        ["was named an author later"] = async w =>
        {
            await ReviewedAsync(w);
            await KnownAsync(w);
            await World.Must(200, w.Ann.PutJsonAsync($"{w.Path(2)}/authors/kim"));
        },
        ["owns the key that registered the version"] = async w =>
        {
            await World.Must(201, (await KeyAsync(w)).PostJsonAsync($"{w.Path()}/versions", w.VersionBody(World.OtherArtifact)));
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path(2)}/reviews"));
        },
        ["owns the key that replaced the artifact"] = async w =>
        {
            await ReviewedAsync(w);
            await World.Must(200, (await KeyAsync(w)).PutJsonAsync($"{w.Path(2)}/artifact", new { imageDigest = World.Artifact }));
        },
        ["replaced the artifact"] = async w =>
        {
            await ReviewedAsync(w);
            await JoinedAsync(w);
            await World.Must(200, w.As("dev:contributor:kim").PutJsonAsync($"{w.Path(2)}/artifact", new { imageDigest = World.Artifact }));
        },
        ["asked for the review"] = async w =>
        {
            await RegisteredAsync(w);
            await World.Must(201, w.As(Kim).PostJsonAsync($"{w.Path(2)}/reviews"));
        },
        ["owns the key that asked for the review"] = async w =>
        {
            await RegisteredAsync(w);
            await World.Must(201, (await KeyAsync(w)).PostJsonAsync($"{w.Path(2)}/reviews"));
        },
        ["asked for an earlier review that ended in a rejection"] = async w =>
        {
            await RegisteredAsync(w);
            await World.Must(201, w.As(Kim).PostJsonAsync($"{w.Path(2)}/reviews"));
            await World.Must(201, w.ApproveAsync(w.Rita, "ai-risk-officer", 2, "rejected"));
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path(2)}/reviews"));
        },
    };

    public static TheoryData<string, string> Involved =>
        new(Hands.Keys.Select(hand => (hand, hand.Contains("asked for", StringComparison.Ordinal) ? "approver-requested-review" : "approver-is-author")));

    public static TheoryData<string, string> Outsiders => new()
    {
        { "dev:administrator:root", "forbidden" },
        { "dev:pipeline", "forbidden" },
        { "dev:contributor:cleo", "forbidden" },
        { "dev:engineering-lead:lee", "forbidden" },
        { "dev:viewer:vera", "forbidden" },
        { "dev:executive:max", "forbidden" },
        { "dev:ai-risk-officer:rita", "role-not-held" },
    };

    [Theory]
    [MemberData(nameof(Involved))]
    public async Task Refuses_whoever(string hand, string code)
    {
        var world = await shared.FoundedAsync();
        await Hands[hand](world);

        var refused = await World.Refused(403, code, world.ApproveAsync(world.As(Kim), version: 2));

        refused.Text("detail").ShouldContain("kim");
        await NothingButTheAttemptAsync(world, 2, "kim", "approve-version", code);
        // The refusal is about the person, not the version.
        await World.Must(201, world.ApproveAsync(world.Eve, version: 2));
        await world.AllowedAsync(2, artifact: World.OtherArtifact);
    }

    /// <summary>A rejection stops a version as well as an approval lets it go, so it needs the same distance.</summary>
    [Theory]
    [MemberData(nameof(Involved))]
    public async Task Lets_no_one_reject_either_who(string hand, string code)
    {
        var world = await shared.FoundedAsync();
        await Hands[hand](world);

        await World.Refused(403, code, world.ApproveAsync(world.As(Kim), version: 2, outcome: "rejected"));

        (await world.Ann.GetJsonAsync(world.Path(2))).Text("review").ShouldBe("open");
    }

    [Theory]
    [MemberData(nameof(Outsiders))]
    public async Task Refuses_whoever_does_not_hold_the_role(string token, string code)
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));

        await World.Refused(403, code, world.ApproveAsync(world.As(token)));

        await NothingButTheAttemptAsync(world, 1, token.Split(':')[^1], "approve-version", code);
    }

    [Fact]
    public async Task Refuses_a_key_whoever_owns_it()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));
        var key = await KeyAsync(world);
        var me = (await World.Must(200, key.GetJsonAsync("/me"))).Json!;

        await World.Refused(403, "forbidden", world.ApproveAsync(key));

        var attempt = await NothingButTheAttemptAsync(world, 1, me.Text("subject"), "approve-version", "forbidden");
        attempt.Text("owner").ShouldBe("kim");
    }

    [Fact]
    public async Task Takes_an_approval_from_its_giver_who_turns_out_to_be_an_author_and_gives_it_back_to_nobody()
    {
        var world = await shared.FoundedAsync();
        var id = await world.ApprovedAsync();
        await world.AllowedAsync();

        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/authors/eve"));

        (await world.ApprovalAsync(id)).Text("state").ShouldBe("superseded");
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        await World.Refused(403, "approver-is-author", world.ApproveAsync(world.Eve));
    }

    [Fact]
    public async Task Takes_an_approval_from_its_giver_who_asks_for_the_next_review()
    {
        var world = await shared.FoundedAsync();
        var id = await world.ApprovedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));

        await World.Must(201, world.Eve.PostJsonAsync($"{world.Path(1)}/reviews"));

        var approval = await world.ApprovalAsync(id);
        approval.Text("state").ShouldBe("conflicted");
        approval["why"]!.AsArray().ShouldHaveSingleItem().Text("code").ShouldBe("approver-requested-review");
        var denied = await world.CheckAsync();
        denied.Text("outcome").ShouldBe("deny");
        denied.Json!["rules"]!.AsArray().Single(r => r.Text("rule") == "REL-002").Text("message").ShouldContain("is conflicted (eve asked for the review)");
    }

    [Fact]
    public async Task Takes_one_approval_from_each_person_and_role()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();

        await World.Refused(409, "already-approved", world.ApproveAsync(world.Eve));

        (await world.EventsAsync("version_approved")).Count.ShouldBe(1);
        (await world.EventsAsync("attempt_refused")).ShouldHaveSingleItem()["data"].Text("code").ShouldBe("already-approved");
    }

    [Fact]
    public async Task Does_not_count_one_person_in_two_roles_as_two_people()
    {
        var world = await shared.FoundedAsync("high", 1);
        await world.ApprovedAsync();
        await World.Must(201, world.ApproveAsync(world.As("dev:ai-risk-officer:eve"), "ai-risk-officer"));

        var denied = await world.CheckAsync();
        denied.Text("outcome").ShouldBe("deny");
        denied.Json!["rules"]!.AsArray().Where(r => r.Text("result") == "fail" && r.Text("level") == "mandatory").ShouldHaveSingleItem().Text("message").ShouldContain("found 1 in 2");

        await World.Must(201, world.ApproveAsync(world.Rita, "ai-risk-officer"));
        await world.AllowedAsync();
    }

    [Fact]
    public async Task Does_not_count_two_people_in_one_role_as_two_roles()
    {
        var world = await shared.FoundedAsync("high", 1);
        await world.ApprovedAsync();
        await World.Must(201, world.ApproveAsync(world.As("dev:model-validator:vic")));

        var denied = await world.CheckAsync();
        denied.Text("outcome").ShouldBe("deny");
        denied.Json!["rules"]!.AsArray().Where(r => r.Text("result") == "fail" && r.Text("level") == "mandatory").ShouldHaveSingleItem().Text("message").ShouldContain("found 2 in 1");
    }

    [Fact]
    public async Task Lets_nobody_approve_a_version_whose_place_a_later_one_took()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        await world.ApprovedAsync(version: 2);
        await World.Must(201, world.DeployAsync(await world.AllowedAsync(2, artifact: World.OtherArtifact), version: 2));

        await World.Refused(409, "version-superseded", world.ApproveAsync(world.Eve));

        (await world.Ann.GetJsonAsync(world.Path(1))).Json!["supersededBy"]!.GetValue<int>().ShouldBe(2);
        await NothingButTheAttemptAsync(world, 1, "eve", "approve-version", "version-superseded");
    }

    [Fact]
    public async Task Lets_nobody_approve_without_a_review()
    {
        var world = await shared.FoundedAsync();

        await World.Refused(409, "review-not-open", world.ApproveAsync(world.Eve));

        await NothingButTheAttemptAsync(world, 1, "eve", "approve-version", "review-not-open");
    }

    [Theory]
    [InlineData("high", 3)]
    [InlineData("minimal", 1)]
    public async Task Wants_an_author_who_is_a_person_where_the_risk_is_high(string euAiAct, int tier)
    {
        var world = await shared.FoundedAsync(euAiAct, tier);

        await World.Refused(422, "human-author-required", world.Pipeline.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        await World.Refused(422, "unknown-author", world.Pipeline.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact, "nobody-ever-seen")));

        (await world.EventsAsync("attempt_refused")).Select(e => (e.Text("actor"), e["data"].Text("action"), e["data"].Text("code")))
            .ShouldBe([("pipeline", "register-version", "human-author-required"), ("pipeline", "register-version", "unknown-author")]);
        (await World.Must(201, (await KeyAsync(world)).PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)))).Json!["humanAuthors"]!.AsArray()
            .Select(a => a!.GetValue<string>()).ShouldBe(["kim"]);
    }

    [Fact]
    public async Task Wants_an_author_who_is_a_person_when_the_risk_is_raised_later()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Pipeline.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(2)}/reviews"));
        await World.Must(200, world.Carl.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "high", tier = 1, reason = "people" }));

        await World.Refused(422, "human-author-required", world.ApproveAsync(world.Eve, version: 2));
        await NothingButTheAttemptAsync(world, 2, "eve", "approve-version", "human-author-required");

        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(2)}/authors/bob"));
        await World.Must(201, world.ApproveAsync(world.Eve, version: 2));
    }

    [Fact]
    public async Task Keeps_an_attempt_on_what_does_not_exist_among_the_refusals_of_the_day()
    {
        var world = await shared.FoundedAsync();
        var nowhere = new World(shared.Server, $"{world.Model}-nowhere");

        await World.Refused(404, "model-unknown", nowhere.ApproveAsync(nowhere.Eve));
        await World.Refused(403, "forbidden", nowhere.ApproveAsync(nowhere.Root));

        (await nowhere.EventsAsync()).ShouldBeEmpty();
        var day = shared.Clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (await world.EventsAsync("attempt_refused", $"refusals:{day}")).Where(e => e["data"].Text("target") == $"model:{nowhere.Model}")
            .Select(e => (e.Text("actor"), e["data"].Text("code"))).ShouldBe([("eve", "model-unknown"), ("root", "forbidden")]);
    }

    /// <summary>One refused attempt stands in the model's history, the version has no approval, and the gate does not open.</summary>
    private static async Task<JsonNode> NothingButTheAttemptAsync(World world, int version, string actor, string action, string code)
    {
        var attempt = (await world.EventsAsync("attempt_refused")).ShouldHaveSingleItem();
        (attempt.Text("actor"), attempt["data"].Text("by"), attempt["data"].Text("action"), attempt["data"].Text("code")).ShouldBe((actor, actor, action, code));
        (await world.Ann.GetJsonAsync(world.Path(version))).Json!["approvals"]!.AsArray().ShouldBeEmpty();
        (await world.CheckAsync(version: version, artifact: version == 1 ? World.Artifact : World.OtherArtifact)).Text("outcome").ShouldBe("deny");
        return attempt;
    }

    private static Task<Answer> RegisteredAsync(World world) => World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));

    private static async Task ReviewedAsync(World world)
    {
        await RegisteredAsync(world);
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(2)}/reviews"));
    }

    /// <summary>Kim belongs to the team, and so may write for it.</summary>
    private static Task<Answer> JoinedAsync(World world) => World.Must(200, world.Ann.PutJsonAsync("/teams/flowers/members/kim", new { functions = new[] { "ml-engineer" } }));

    /// <summary>Kim signs in once, and so is known as a person.</summary>
    private static Task<Answer> KnownAsync(World world) => World.Must(200, world.As(Kim).GetJsonAsync("/me"));

    private static async Task<HttpClient> KeyAsync(World world) =>
        world.As((await World.Must(201, world.As("dev:contributor:kim").PostJsonAsync("/api-keys", new { name = "training" }))).Text("token"));
}
