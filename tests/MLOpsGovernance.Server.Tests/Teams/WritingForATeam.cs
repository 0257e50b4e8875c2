namespace MLOpsGovernance.Server.Tests.Teams;

/// <summary>Contributors and engineering leads write for the teams they belong to. What another team has they may read, ask the gate about and report incidents of.</summary>
public sealed class WritingForATeam(SharedServer shared) : IClassFixture<SharedServer>
{
    private static int _teams;

    /// <summary>Everything that is a team's own to do, aimed at what flowers has.</summary>
    public static TheoryData<string, string, string, string> Acts => new()
    {
        { "register-model", "POST", "/models", """{"name":"theirs-M","team":"flowers","purpose":"x"}""" },
        { "change-purpose", "PUT", "/models/M/purpose", """{"purpose":"x"}""" },
        { "classify-model", "PUT", "/models/M/risk", """{"euAiAct":"minimal","tier":3,"reason":"x"}""" },
        { "write-card", "PUT", "/models/M/card", """{"text":"x"}""" },
        { "set-alias", "PUT", "/models/M/aliases/champion", """{"version":1}""" },
        { "remove-alias", "DELETE", "/models/M/aliases/champion", "" },
        { "suspend-model", "POST", "/models/M/suspension", """{"reason":"x"}""" },
        { "retire-model", "POST", "/models/M/retirement", """{"reason":"x"}""" },
        { "register-version", "POST", "/models/M/versions", """{"artifactDigest":"A","authors":[]}""" },
        { "add-author", "PUT", "/models/M/versions/1/authors/bob", "" },
        { "replace-artifact", "PUT", "/models/M/versions/1/artifact", """{"artifactDigest":"A"}""" },
        { "request-review", "POST", "/models/M/versions/1/reviews", "{}" },
        { "attach-evidence", "POST", "/models/M/versions/1/evidence", """{"kind":"ci-attestation","digest":"A","producedAt":"2026-01-31T12:00:00Z"}""" },
        { "request-break-glass", "POST", "/models/M/versions/1/break-glass", """{"environment":"production","reason":"x","minutes":5}""" },
        { "open-finding", "POST", "/models/M/findings", """{"title":"x","severity":"high"}""" },
        { "change-finding", "PUT", "/models/M/findings/F", """{"plan":"x"}""" },
        { "close-finding", "POST", "/models/M/findings/F/closure", """{"reason":"x"}""" },
        { "reopen-finding", "POST", "/models/M/findings/F/reopening", """{"reason":"x"}""" },
        { "register-dataset", "POST", "/datasets", """{"name":"theirs-M","team":"flowers"}""" },
        { "register-dataset-version", "POST", "/datasets/D/versions", """{"version":"2","digest":"A"}""" },
        { "classify-dataset", "PUT", "/datasets/D/classification", """{"sensitivity":"public","personalData":false}""" },
        { "report-dataset-quality", "PUT", "/datasets/D/versions/1/quality", """{"measures":[{"name":"x","score":1}]}""" },
        { "withdraw-dataset", "POST", "/datasets/D/withdrawal", """{"reason":"x"}""" },
        { "restore-dataset", "POST", "/datasets/D/restoration", """{"reason":"x"}""" },
        { "rename-team", "PUT", "/teams/flowers", """{"displayName":"x"}""" },
        { "put-member", "PUT", "/teams/flowers/members/cleo", """{"functions":[]}""" },
        { "remove-member", "DELETE", "/teams/flowers/members/bob", "" },
    };

    [Theory, MemberData(nameof(Acts))]
    public async Task Is_refused_to_those_of_other_teams(string act, string method, string path, string body)
    {
        var world = await shared.FoundedAsync();
        var finding = (await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "drifts", severity = "low" }))).Text("id");
        path = path.Replace("/M", $"/{world.Model}").Replace("/D", $"/{world.Dataset}").Replace("/F", $"/{finding}");
        body = body.Replace("theirs-M", $"theirs-{world.Model}").Replace("\"A\"", $"\"{World.OtherArtifact}\"");
        var content = () => body.Length == 0 ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        // An engineering lead may do all that a contributor may.
        foreach (var token in new[] { "dev:contributor:cleo", "dev:engineering-lead:lee" })
            (await World.Refused(403, "not-in-team", world.As(token).CallAsync(method, path, content()))).Detail!.ShouldContain("team flowers");

        var aim = path.Split('/') switch
        {
            [_, "teams", ..] => "team:flowers",
            [_, "models", _, ..] => $"model:{world.Model}",
            [_, "datasets", _, ..] => $"dataset:{world.Dataset}",
            _ => $"refusals:{shared.Clock.GetUtcNow():yyyy-MM-dd}",
        };
        var attempts = (await world.EventsAsync("attempt_refused", aim)).Where(e => e["data"].Text("action") == act).ToList();
        // The day's refusals are those of other tests too; what they were aimed at tells them apart.
        if (aim.StartsWith("refusals:", StringComparison.Ordinal)) attempts.RemoveAll(e => !e["data"].Text("target").EndsWith($":theirs-{world.Model}", StringComparison.Ordinal));
        attempts.Select(e => (e.Text("actor"), e["data"].Text("code"))).ShouldBe([("cleo", "not-in-team"), ("lee", "not-in-team")]);
    }

    [Fact]
    public async Task Is_for_members_and_for_who_formed_it()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.As("dev:contributor:bob").PutJsonAsync($"{world.Path()}/card", new { text = "by a member" }));
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/card", new { text = "by who formed it" }));
        (await World.Must(200, world.Ann.GetJsonAsync("/teams/flowers"))).Text("founder").ShouldBe("ann");
    }

    [Fact]
    public async Task Is_for_administrators_pipelines_and_those_whose_role_is_outside()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Root.PutJsonAsync($"{world.Path()}/card", new { text = "by an administrator" }));
        await World.Must(201, world.Pipeline.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        await World.Must(200, world.Carl.PutJsonAsync($"/datasets/{world.Dataset}/classification", new { sensitivity = "internal", personalData = false }));
        await World.Must(201, world.Eve.PostJsonAsync($"{world.Path()}/findings", new { title = "drifts", severity = "low" }));
        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path()}/suspension", new { reason = "drifts" }));
    }

    [Fact]
    public async Task Leaves_reading_asking_and_reporting_to_everybody()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var cleo = world.As("dev:contributor:cleo");
        await World.Must(200, cleo.GetJsonAsync(world.Path()));
        await World.Must(200, cleo.PostJsonAsync("/policy-checks", new { model = world.Model, version = 1, environment = "production", artifactDigest = World.Artifact }));
        await World.Must(201, cleo.PostJsonAsync($"{world.Path()}/incidents", new { title = "wrong answers", severity = "low" }));
    }

    /// <summary>Who has to fulfil a condition may be of another team, and nobody else can say that it is.</summary>
    [Fact]
    public async Task Leaves_a_condition_to_its_owner()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.As("dev:contributor:cleo").GetJsonAsync("/me"));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));
        await World.Must(201, world.Eve.PostJsonAsync($"{world.Path(1)}/approvals", new
        {
            outcome = "approved-with-conditions", role = "model-validator", reason = "evaluated",
            conditions = new[] { new { id = "watch", title = "watch it", owner = "cleo", due = "2099-01-31T12:00:00Z" } },
        }));

        await World.Must(200, world.As("dev:contributor:cleo").PostJsonAsync($"{world.Path(1)}/conditions/watch/fulfilment", new { reason = "watched" }));
    }

    [Fact]
    public async Task Needs_no_membership_of_who_forms_a_team_and_goes_on()
    {
        var (contributor, team) = (shared.Server.As("dev:contributor"), await FormedAsync(shared.Server.As("dev:contributor")));
        await World.Must(201, contributor.PostJsonAsync("/datasets", new { name = $"{team}-data", team }));
        await World.Must(201, contributor.PostJsonAsync($"/datasets/{team}-data/versions", new { version = "1", digest = World.Artifact }));
        await World.Must(201, contributor.PostJsonAsync("/models", new { name = $"{team}-model", team, purpose = "x" }));
        var version = new { artifactDigest = World.Artifact, datasets = new[] { new { name = $"{team}-data", version = "1" } }, authors = new[] { "contributor" } };
        await World.Must(201, contributor.PostJsonAsync($"/models/{team}-model/versions", version));
        await World.Must(201, shared.Server.As("dev:pipeline").PostJsonAsync($"/models/{team}-model/versions", version));
        await World.Refused(403, "not-in-team", shared.Server.As("dev:contributor:mallory").PostJsonAsync($"/models/{team}-model/versions", version));
        await World.Refused(403, "not-in-team", shared.Server.As("dev:contributor:mallory").PutJsonAsync($"/teams/{team}/members/mallory", new { functions = Array.Empty<string>() }));
        await World.Refused(403, "not-in-team", shared.Server.As("dev:contributor:mallory").PostJsonAsync("/models", new { name = $"{team}-other", team, purpose = "x" }));
    }

    [Fact]
    public async Task Is_open_while_nobody_ever_belonged_to_it()
    {
        var (root, cleo) = (shared.Server.As("dev:administrator:root"), shared.Server.As("dev:contributor:cleo"));
        var team = await FormedAsync(root);
        await World.Must(201, cleo.PostJsonAsync("/models", new { name = $"{team}-1", team, purpose = "x" }));

        await World.Must(200, root.PutJsonAsync($"/teams/{team}/members/bob", new { functions = new[] { "ml-engineer" } }));

        await World.Refused(403, "not-in-team", cleo.PostJsonAsync("/models", new { name = $"{team}-2", team, purpose = "x" }));
        await World.Must(201, shared.Server.As("dev:contributor:bob").PostJsonAsync("/models", new { name = $"{team}-2", team, purpose = "x" }));
        await World.Must(200, root.DeleteJsonAsync($"/teams/{team}/members/bob"));
        await World.Refused(403, "not-in-team", cleo.PostJsonAsync("/models", new { name = $"{team}-3", team, purpose = "x" }));
    }

    [Fact]
    public async Task Ends_with_the_membership()
    {
        var (kim, team) = (shared.Server.As("dev:contributor:kim"), await FormedAsync(shared.Server.As("dev:contributor:kim")));
        await World.Must(200, kim.PutJsonAsync($"/teams/{team}/members/bob", new { functions = new[] { "ml-engineer" } }));
        await World.Must(200, shared.Server.As("dev:contributor:bob").DeleteJsonAsync($"/teams/{team}/members/kim"));

        await World.Refused(403, "not-in-team", kim.PostJsonAsync("/models", new { name = $"{team}-1", team, purpose = "x" }));
    }

    /// <summary>Who may write as a member is no outsider, whatever other role they hold.</summary>
    [Fact]
    public async Task Makes_an_insider_who_only_proposes_a_class()
    {
        var (kim, team) = (shared.Server.As("dev:contributor:kim"), await FormedAsync(shared.Server.As("dev:contributor:kim")));
        await World.Must(201, kim.PostJsonAsync("/datasets", new { name = $"{team}-data", team }));

        var answer = await World.Must(200, shared.Server.As("dev:compliance-officer:kim").PutJsonAsync($"/datasets/{team}-data/classification", new { sensitivity = "public", personalData = false }));

        answer.Json!["classification"].Text("state").ShouldBe("proposed");
    }

    [Fact]
    public async Task Says_of_what_is_not_there_that_it_is_not_there()
    {
        var cleo = shared.Server.As("dev:contributor:cleo");
        await World.Refused(422, "team-unknown", cleo.PostJsonAsync("/models", new { name = "nowhere", team = "nobodys", purpose = "x" }));
        await World.Refused(404, "model-unknown", cleo.PutJsonAsync("/models/nothing/card", new { text = "x" }));
        await World.Refused(404, "team-unknown", cleo.PutJsonAsync("/teams/nobodys", new { displayName = "x" }));
    }

    private static async Task<string> FormedAsync(HttpClient by)
    {
        var team = $"team-{Interlocked.Increment(ref _teams)}";
        await World.Must(201, by.PostJsonAsync("/teams", new { name = team }));
        return team;
    }
}
