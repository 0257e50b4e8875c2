namespace MLOpsGovernance.Server.Tests.Deployments;

/// <summary>A server whose policies look at evidence, at validations and at the clock in every way that a rule can.</summary>
public sealed class StrictServer(Database database) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public ForwardClock Clock { get; } = new();

    public RunningServer Server { get; private set; } = null!;

    /// <summary>Further ahead than the other tests ever set the clock.</summary>
    public DateTimeOffset InForce { get; } = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddDays(30).ToUnixTimeSeconds());

    public async ValueTask InitializeAsync()
    {
        _folder.CopyPolicies();
        foreach (var raised in new[] { "gate/validation.yaml", "release/release-hygiene.yaml" })
        {
            var file = Path.Combine(_folder.Path, raised);
            // What its tests say of warnings does not hold here.
            File.Delete(Path.ChangeExtension(file, ".test.yaml"));
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("default: advisory", "default: mandatory", StringComparison.Ordinal));
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "gate", "documents.yaml"),
            $$"""
            apiVersion: governance.mlops/v1
            kind: Policy
            metadata: {name: documents, version: 1.0.0, title: The documents hold, owner: "group:model-risk", severity: high}
            spec:
              match: {actions: [deploy]}
              failurePolicy: Fail
              enforcement: {default: mandatory}
              rules:
                - id: DOC-001
                  title: No evidence has expired
                  expression: evidence.size() == 0 || evidence.all(e, !has(e.validUntil) || now < e.validUntil)
                  message: Evidence has expired.
                  remediation: Attach evidence that holds.
                  controls: [{framework: nist-ai-rmf, ref: MEASURE 2.5}]
                - id: DOC-002
                  title: Evaluations are of the last two days
                  expression: evidence.size() == 0 || evidence.all(e, e.kind != 'evaluation-report' || now - e.producedAt < duration('48h'))
                  message: An evaluation is older than two days.
                  remediation: Evaluate it anew.
                  controls: [{framework: nist-ai-rmf, ref: MEASURE 2.5}]
                - id: DOC-003
                  title: Nothing generative
                  effectiveFrom: {{InForce:yyyy-MM-dd'T'HH:mm:ss'Z'}}
                  expression: "!model.generative"
                  message: Generative models are not let in any more.
                  remediation: Deploy another model.
                  controls: [{framework: nist-ai-rmf, ref: MEASURE 2.5}]
            """);
        Server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(StrictServer)), Clock, ("Policies:Folder", _folder.Path));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>
/// Whatever a rule looks at, facts that nobody thought of as material and the clock included: a deployment that the gate would refuse now is refused, and what turned it is named.
/// </summary>
public sealed class JudgingADecisionAgain(StrictServer strict) : IClassFixture<StrictServer>
{
    private static int _worlds;

    [Fact]
    public async Task Refuses_the_deployment_when_a_validator_found_it_unfit_and_names_the_validation()
    {
        var world = await ApprovedAsync();
        var check = await world.AllowedAsync();
        await ValidateAsync(world, "unfit");

        (await RefusedAsync(world, check, "no-longer-allowed", "version_validated")).ShouldContain("VAL-002 is against it: found unfit by eve");
    }

    /// <summary>Nothing happened to the version that is to go live, but to the one whose place it takes.</summary>
    [Fact]
    public async Task Refuses_the_deployment_when_there_is_nothing_left_to_go_back_to()
    {
        var world = await ApprovedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        await world.ApprovedAsync(version: 2);
        var check = await world.AllowedAsync(2, artifact: World.OtherArtifact);
        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path(1)}/recall", new { reason = "Wrong labels." }));

        var refused = await World.Refused(409, "decision-overtaken", world.DeployAsync(check, version: 2));

        refused.Detail.ShouldNotBeNull().ShouldContain("RLS-01 is against it: version 1 runs here and is recalled");
        refused.Json!["overtakenBy"].Text("type").ShouldBe("model_version_recalled");
    }

    [Fact]
    public async Task Names_the_first_of_several_that_turned_it_and_none_that_did_not()
    {
        var world = await ApprovedAsync();
        var check = await world.AllowedAsync();
        await ValidateAsync(world, "fit");
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/card", new { text = "A model of flowers." }));
        await ValidateAsync(world, "unfit");
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/card", new { text = "A model of more flowers." }));

        var refused = await World.Refused(409, "decision-overtaken", world.DeployAsync(check));

        refused.Json!["overtakenBy"].Text("id").ShouldBe((await world.EventsAsync("version_validated")).Single(e => e["data"].Text("conclusion") == "unfit").Text("id"));
    }

    [Fact]
    public async Task Refuses_the_deployment_when_a_validation_ran_out_and_names_it_and_the_date()
    {
        var world = await ApprovedAsync();
        var until = strict.Clock.GetUtcNow().AddMinutes(30);
        await ValidateAsync(world, "fit", until);
        var check = await world.AllowedAsync();
        strict.Clock.Forward(TimeSpan.FromMinutes(31));

        (await RefusedAsync(world, check, "date-passed", "version_validated")).ShouldContain($"as of {until:yyyy-MM-dd'T'HH:mm:ss'Z'} VAL-001 is against it");
    }

    [Fact]
    public async Task Refuses_the_deployment_when_evidence_ran_out_and_names_it_and_the_date()
    {
        var world = await ApprovedAsync();
        var until = strict.Clock.GetUtcNow().AddMinutes(30);
        await AttachAsync(world, "ci-attestation", strict.Clock.GetUtcNow().AddDays(-9), until);
        var check = await world.AllowedAsync();
        strict.Clock.Forward(TimeSpan.FromMinutes(31));

        (await RefusedAsync(world, check, "date-passed", "evidence_attached")).ShouldContain($"as of {until:yyyy-MM-dd'T'HH:mm:ss'Z'} DOC-001 is against it");
    }

    /// <summary>A rule may reckon with dates, so that the instant that counts stands nowhere.</summary>
    [Fact]
    public async Task Refuses_the_deployment_when_a_date_passed_that_no_fact_names()
    {
        var world = await ApprovedAsync();
        var produced = strict.Clock.GetUtcNow().AddHours(-48).AddMinutes(30);
        await AttachAsync(world, "evaluation-report", produced);
        var check = await world.AllowedAsync();
        strict.Clock.Forward(TimeSpan.FromMinutes(31));

        (await RefusedAsync(world, check, "date-passed", null)).ShouldContain($"as of {produced.AddHours(48):yyyy-MM-dd'T'HH:mm:ss'Z'} DOC-002 is against it");
    }

    [Fact]
    public async Task Refuses_the_deployment_when_a_rule_came_into_force()
    {
        strict.Clock.Forward(strict.InForce.AddMinutes(-10) - strict.Clock.GetUtcNow());
        var world = await ApprovedAsync(generative: true);
        var check = await world.AllowedAsync();
        strict.Clock.Forward(TimeSpan.FromMinutes(11));

        (await RefusedAsync(world, check, "date-passed", null)).ShouldContain($"as of {strict.InForce:yyyy-MM-dd'T'HH:mm:ss'Z'} DOC-003 is against it");
    }

    [Fact]
    public async Task Lets_the_deployment_through_when_dates_passed_that_change_nothing()
    {
        var world = await ApprovedAsync();
        await AttachAsync(world, "sbom", strict.Clock.GetUtcNow().AddDays(-9), strict.Clock.GetUtcNow().AddMinutes(50));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "drifts", severity = "low", version = 1, due = strict.Clock.GetUtcNow().AddMinutes(20) }));
        var check = await world.AllowedAsync();
        strict.Clock.Forward(TimeSpan.FromMinutes(45));

        await World.Must(201, world.DeployAsync(check));
    }

    private async Task<World> ApprovedAsync(bool generative = false)
    {
        var number = Interlocked.Increment(ref _worlds);
        var world = new World(strict.Server, $"m{number}", $"iris{number}");
        await world.FoundedAsync(generative: generative);
        await world.ApprovedAsync();
        return world;
    }

    private static Task ValidateAsync(World world, string conclusion, DateTimeOffset? validUntil = null) =>
        World.Must(201, world.Eve.PostJsonAsync($"{world.Path(1)}/validations", new { scope = "all", conclusion, validUntil }));

    private static Task AttachAsync(World world, string kind, DateTimeOffset producedAt, DateTimeOffset? validUntil = null) =>
        World.Must(201, world.Pipeline.PostJsonAsync($"{world.Path(1)}/evidence", new { kind, digest = World.OtherArtifact, producedAt, validUntil }));

    /// <summary>What the refusal says; it names the only event of that type, or none.</summary>
    private static async Task<string> RefusedAsync(World world, Answer check, string code, string? type)
    {
        var refused = await World.Refused(409, "decision-overtaken", world.DeployAsync(check));
        refused.Text("overtakenCode").ShouldBe(code);
        if (type is null) refused.Json!["overtakenBy"].ShouldBeNull();
        else refused.Json!["overtakenBy"].Text("id").ShouldBe((await world.EventsAsync(type)).ShouldHaveSingleItem().Text("id"));
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        (await world.EventsAsync("model_deployed")).ShouldBeEmpty();
        return refused.Text("detail");
    }
}
