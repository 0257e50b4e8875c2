namespace MLOpsGovernance.Server.Tests.PolicyChecks;

/// <summary>A server with a policy that lets everything through and says aloud what it was told.</summary>
public sealed class TellingServer(Database database) : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Asked = new(StringComparer.Ordinal)
    {
        ["card"] = "string(model.hasCard)",
        ["proposed"] = "has(model.proposedEuAiAct) ? model.proposedEuAiAct : 'nothing'",
        ["origin"] = "(has(version.commit) ? version.commit : '-') + ' ' + (has(version.run) ? version.run : '-') + ' ' + (has(version.environmentDigest) ? version.environmentDigest : '-') + ' ' + string(version.hasMetrics)",
        ["contract"] = "has(version.contract) ? version.contract : 'none'",
        ["data"] = "datasets.map(d, d.name + ' ' + string(d.hasSchema) + ' ' + (has(d.lowestQuality) ? string(d.lowestQuality) : '-')).join(', ')",
        ["use"] = "'not ' + datasets[0].notPermitted.join(' ') + ' on ' + datasets[0].grounds.join(' ') + ' ' + string(datasets[0].specialCategory)",
        ["live"] = "live.state + (has(live.version) ? ' ' + string(live.version) : '') + (has(live.since) ? ' since ' + string(live.since) : '')",
        ["watched"] = "live.evidence.map(e, e.kind + ' ' + string(e.producedAt)).join(', ')",
        ["incidents"] = "incidents.map(i, i.severity + (has(i.version) ? ' ' + string(i.version) : '')).join(', ')",
    };

    private readonly TemporaryFolder _folder = new();

    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _folder.CopyPolicies();
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "telling.yaml"),
            $$"""
            apiVersion: governance.mlops/v1
            kind: Policy
            metadata: {name: telling, version: 1.0.0, title: What the gate is told, owner: "group:tests", severity: low}
            spec:
              match: {actions: [deploy]}
              enforcement: {default: audit}
              rules:
            {{string.Join('\n', Asked.Select(a => Rule(a.Key, a.Value)))}}
            """);
        Server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(TellingServer)), settings: ("Policies:Folder", _folder.Path));
    }

    private static string Rule(string id, string expression) =>
        $$$"""
              - id: {{{id}}}
                title: It is never so
                expression: "false"
                message: nothing
                messageExpression: "{{{expression}}}"
                remediation: Nothing is to be done.
                controls: [{framework: nist-ai-rmf, ref: "MAP 4.2"}]
        """;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Each fact that policies may rest on comes from an event that somebody caused, and is there with the next decision.</summary>
public sealed class WhatTheGateIsTold(TellingServer telling) : IClassFixture<TellingServer>
{
    private static int _worlds;

    [Fact]
    public async Task Is_whether_a_card_was_written()
    {
        var world = await WorldAsync();
        (await ToldAsync(world, "card")).ShouldBe("false");

        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/card", new { text = "A model of flowers." }));

        (await ToldAsync(world, "card")).ShouldBe("true");
    }

    [Fact]
    public async Task Is_what_somebody_proposes_the_class_to_be_until_it_is_settled()
    {
        var world = await WorldAsync();
        (await ToldAsync(world, "proposed")).ShouldBe("nothing");

        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "prohibited", tier = 1, reason = "It scores people." }));
        (await ToldAsync(world, "proposed")).ShouldBe("prohibited");

        await World.Must(200, world.Rita.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "minimal", tier = 3, reason = "It does not." }));
        (await ToldAsync(world, "proposed")).ShouldBe("nothing");
    }

    [Fact]
    public async Task Is_where_a_version_came_from()
    {
        var world = await WorldAsync();
        (await ToldAsync(world, "origin")).ShouldBe("- - - false");

        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", new
        {
            artifactDigest = World.OtherArtifact, datasets = new[] { new { name = world.Dataset, version = "1" } }, commit = "4f2a", run = "run-7", environmentDigest = World.Artifact, metrics = new { accuracy = 0.9 }, authors = new[] { "ann" },
        }));

        (await ToldAsync(world, "origin", 2, World.OtherArtifact)).ShouldBe($"4f2a run-7 {World.Artifact} true");
    }

    [Fact]
    public async Task Is_the_contract_that_a_bought_model_is_used_under()
    {
        var world = await WorldAsync();
        (await ToldAsync(world, "contract")).ShouldBe("none");
        var name = $"{world.Model}-bought";
        await World.Must(201, world.Ann.PostJsonAsync("/models", new { name, team = "flowers", purpose = "tell flowers apart", origin = "vendor" }));
        await World.Must(201, world.Ann.PostJsonAsync($"/models/{name}/versions", new { descriptor = new { supplier = "Acme", product = "Flora", contract = "C-17" }, authors = new[] { "ann" } }));
        var digest = (await World.Must(200, world.Ann.GetJsonAsync($"/models/{name}/versions/1"))).Text("artifactDigest");

        Told(await World.Must(200, world.CheckAsync(name, artifact: digest)), "contract").ShouldBe("C-17");
    }

    [Fact]
    public async Task Is_what_is_known_of_the_columns_and_the_quality_of_the_training_data()
    {
        var world = await WorldAsync();
        (await ToldAsync(world, "data")).ShouldBe($"{world.Dataset} false -");

        await World.Must(200, world.Ann.PutJsonAsync($"/datasets/{world.Dataset}/versions/1/quality", new { measures = new[] { new { name = "completeness", score = 0.75 }, new { name = "freshness", score = 1.0 } } }));
        await World.Must(201, world.Ann.PostJsonAsync($"/datasets/{world.Dataset}/versions", new { version = "2", digest = World.OtherArtifact, schema = new[] { new { name = "petal", type = "double" } } }));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", new
        {
            artifactDigest = World.OtherArtifact, datasets = new[] { new { name = world.Dataset, version = "1" }, new { name = world.Dataset, version = "2" } }, authors = new[] { "ann" },
        }));

        (await ToldAsync(world, "data", 2, World.OtherArtifact)).ShouldBe($"{world.Dataset} false 0.75, {world.Dataset} true -");
    }

    [Fact]
    public async Task Is_what_personal_data_may_be_used_for_and_on_what_grounds()
    {
        var world = await WorldAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/purpose", new { purpose = "lend", purposes = new[] { "credit-scoring", "collections", "marketing" } }));
        (await ToldAsync(world, "use")).ShouldBe("not  on  false");

        await World.Must(200, world.Carl.PutJsonAsync($"/datasets/{world.Dataset}/classification", new
        {
            sensitivity = "restricted", personalData = true,
            permittedPurposes = new object[]
            {
                new { code = "credit-scoring", legalBasis = "contract" }, new { code = "collections", legalBasis = "consent", specialCategoryCondition = "explicit-consent" }, new { code = "research", legalBasis = "public-task" },
            },
        }));

        (await ToldAsync(world, "use")).ShouldBe("not marketing on contract consent true");
    }

    [Fact]
    public async Task Is_what_runs_there_now_and_what_was_last_seen_of_it()
    {
        var world = await WorldAsync();
        (await ToldAsync(world, "live")).ShouldBe("nothing");
        await world.ApprovedAsync();
        var deployed = await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
        var (first, last) = (new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero));
        await AttachAsync(world, "monitor-report", first, 'a');
        await AttachAsync(world, "monitor-report", last, 'b');
        await AttachAsync(world, "service-health", first, 'c');

        (await ToldAsync(world, "live")).ShouldStartWith($"usable 1 since {deployed.Text("at")[..16]}");
        (await ToldAsync(world, "watched")).ShouldBe("monitor-report 2026-02-03T04:05:06Z, service-health 2026-01-02T03:04:05Z");

        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path(1)}/recall", new { reason = "Wrong labels." }));
        (await ToldAsync(world, "live")).ShouldStartWith("recalled 1 since");
    }

    [Fact]
    public async Task Is_what_went_wrong_with_it_the_latest_first()
    {
        var world = await WorldAsync();
        (await ToldAsync(world, "incidents")).ShouldBe("nothing");

        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/incidents", new { title = "It was down.", severity = "low" }));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/incidents", new { title = "It was wrong.", severity = "critical", version = 1 }));

        (await ToldAsync(world, "incidents")).ShouldBe("critical 1, low");
    }

    private Task<World> WorldAsync()
    {
        var number = Interlocked.Increment(ref _worlds);
        return new World(telling.Server, $"told-{number}", $"told-data-{number}").FoundedAsync();
    }

    private static Task AttachAsync(World world, string kind, DateTimeOffset producedAt, char digit) =>
        World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/evidence", new { kind, digest = $"sha256:{new string(digit, 64)}", producedAt }));

    private static async Task<string> ToldAsync(World world, string rule, int version = 1, string artifact = World.Artifact) =>
        Told(await World.Must(200, world.CheckAsync(version: version, artifact: artifact)), rule);

    private static string Told(Answer check, string rule) =>
        check.Json!["rules"]!.AsArray().Single(r => r.Text("policy") == "telling" && r.Text("rule") == rule)!.Text("message");
}
