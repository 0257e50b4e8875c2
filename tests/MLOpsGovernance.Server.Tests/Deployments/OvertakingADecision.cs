using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Deployments;

/// <summary>Something that a decision rested on changes before the deployment: it is refused and names the very event that came between.</summary>
public sealed class OvertakingADecision(SharedServer shared) : IClassFixture<SharedServer>
{
    /// <param name="Do">What happens after the decision; the cause comes last.</param>
    /// <param name="Type">The type of the event named.</param>
    /// <param name="Is">Tells the event from others of its type.</param>
    private sealed record Cause(Func<World, string, Task> Do, string Code, string Type, Func<JsonNode, bool> Is, bool InDataset = false);

    private static readonly Dictionary<string, Cause> Causes = new(StringComparer.Ordinal)
    {
        ["the approval was revoked"] = new((w, id) => World.Must(200, w.Eve.PostJsonAsync($"{w.Path(1)}/approvals/{id}/revocation", new { reason = "looked again" })),
            "approval-revoked", "approval_revoked", _ => true),
        ["the version was rejected"] = new((w, _) => World.Must(201, w.ApproveAsync(w.Rita, "ai-risk-officer", outcome: "rejected")),
            "approval-superseded", "version_rejected", _ => true),
        ["the version was rejected after another one"] = new(async (w, _) =>
        {
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path(2)}/reviews"));
            await World.Must(201, w.ApproveAsync(w.Rita, "ai-risk-officer", 2, "rejected"));
            await World.Must(201, w.ApproveAsync(w.Rita, "ai-risk-officer", outcome: "rejected"));
        }, "approval-superseded", "version_rejected", IsOne),
        ["the purpose was changed"] = new((w, _) => World.Must(200, w.Ann.PutJsonAsync($"{w.Path()}/purpose", new { purpose = "tell people apart" })),
            "approval-superseded", "model_purpose_changed", _ => true),
        ["the purpose was changed after a review of another version was asked for"] = new(async (w, _) =>
        {
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path(2)}/reviews"));
            await World.Must(200, w.Ann.PutJsonAsync($"{w.Path()}/purpose", new { purpose = "tell people apart" }));
        }, "approval-superseded", "model_purpose_changed", _ => true),
        ["the risk was raised"] = new((w, _) => World.Must(200, w.Carl.PutJsonAsync($"{w.Path()}/risk", new { euAiAct = "high", tier = 1, reason = "people" })),
            "risk-changed", "model_risk_confirmed", _ => true),
        ["the risk was lowered"] = new((w, _) => World.Must(200, w.Carl.PutJsonAsync($"{w.Path()}/risk", new { euAiAct = "minimal", tier = 3, reason = "a toy" })),
            "risk-changed", "model_risk_confirmed", _ => true),
        ["a higher risk was proposed"] = new((w, _) => World.Must(200, w.Ann.PutJsonAsync($"{w.Path()}/risk", new { euAiAct = "limited", tier = 1, reason = "money" })),
            "risk-changed", "model_risk_proposed", _ => true),
        ["a lower risk was proposed and a higher one confirmed"] = new(async (w, _) =>
        {
            await World.Must(200, w.Ann.PutJsonAsync($"{w.Path()}/risk", new { euAiAct = "minimal", tier = 3, reason = "a toy" }));
            await World.Must(200, w.Carl.PutJsonAsync($"{w.Path()}/risk", new { euAiAct = "high", tier = 2, reason = "people" }));
        }, "risk-changed", "model_risk_confirmed", _ => true),
        ["a training dataset was classified anew"] = new((w, _) => World.Must(200, w.Carl.PutJsonAsync($"/datasets/{w.Dataset}/classification", new { sensitivity = "internal", personalData = false })),
            "dataset-changed", "dataset_classified", _ => true, InDataset: true),
        ["a stricter class of a training dataset was proposed"] = new((w, _) => World.Must(200, w.Ann.PutJsonAsync($"/datasets/{w.Dataset}/classification", new { sensitivity = "internal", personalData = false })),
            "dataset-changed", "dataset_class_proposed", _ => true, InDataset: true),
        ["a training dataset was classified anew after a proposal that changed nothing"] = new(async (w, _) =>
        {
            await World.Must(200, w.Ann.PutJsonAsync($"/datasets/{w.Dataset}/classification", new { sensitivity = "public", personalData = false, legalBasis = "contract" }));
            await World.Must(200, w.Carl.PutJsonAsync($"/datasets/{w.Dataset}/classification", new { sensitivity = "restricted", personalData = false }));
        }, "dataset-changed", "dataset_classified", e => e["class"].Text("sensitivity") == "restricted", InDataset: true),
        ["a training dataset was withdrawn"] = new((w, _) => World.Must(200, w.Ann.PostJsonAsync($"/datasets/{w.Dataset}/withdrawal", new { reason = "a mistake" })),
            "dataset-withdrawn", "dataset_withdrawn", _ => true, InDataset: true),
        ["a training dataset was withdrawn and restored"] = new(async (w, _) =>
        {
            await World.Must(200, w.Ann.PostJsonAsync($"/datasets/{w.Dataset}/withdrawal", new { reason = "a mistake" }));
            await World.Must(200, w.Carl.PostJsonAsync($"/datasets/{w.Dataset}/restoration", new { reason = "none after all" }));
        }, "dataset-changed", "dataset_withdrawn", _ => true, InDataset: true),
        ["the model was suspended"] = new((w, _) => World.Must(200, w.Ann.PostJsonAsync($"{w.Path()}/suspension", new { reason = "odd" })),
            "suspended", "model_suspended", e => e["version"] is null),
        ["the version was suspended"] = new((w, _) => World.Must(200, w.Ann.PostJsonAsync($"{w.Path()}/suspension", new { reason = "odd", version = 1 })),
            "suspended", "model_suspended", IsOne),
        ["the version was suspended after another one"] = new(async (w, _) =>
        {
            await World.Must(200, w.Ann.PostJsonAsync($"{w.Path()}/suspension", new { reason = "odd", version = 2 }));
            await World.Must(200, w.Ann.PostJsonAsync($"{w.Path()}/suspension", new { reason = "odd too", version = 1 }));
        }, "suspended", "model_suspended", IsOne),
        ["the version was recalled"] = new((w, _) => World.Must(200, w.Eve.PostJsonAsync($"{w.Path(1)}/recall", new { reason = "unfit" })),
            "version-recalled", "model_version_recalled", IsOne),
        ["the version was recalled after another one"] = new(async (w, _) =>
        {
            await World.Must(200, w.Eve.PostJsonAsync($"{w.Path(2)}/recall", new { reason = "unfit" }));
            await World.Must(200, w.Eve.PostJsonAsync($"{w.Path(1)}/recall", new { reason = "unfit too" }));
        }, "version-recalled", "model_version_recalled", IsOne),
        ["the version was retired after another one"] = new(async (w, _) =>
        {
            await World.Must(200, w.Ann.PostJsonAsync($"{w.Path()}/retirement", new { reason = "old", version = 2 }));
            await World.Must(200, w.Ann.PostJsonAsync($"{w.Path()}/retirement", new { reason = "old too", version = 1 }));
        }, "retired", "model_retired", IsOne),
        ["an author was added"] = new((w, _) => World.Must(200, w.Ann.PutJsonAsync($"{w.Path(1)}/authors/bob")), "authors-changed", "model_author_added", IsOne),
        ["an author was added after one of another version"] = new(async (w, _) =>
        {
            await World.Must(200, w.Ann.PutJsonAsync($"{w.Path(2)}/authors/bob"));
            await World.Must(200, w.Ann.PutJsonAsync($"{w.Path(1)}/authors/bob"));
        }, "authors-changed", "model_author_added", IsOne),
        ["the artifact was replaced"] = new((w, _) => World.Must(200, w.Ann.PutJsonAsync($"{w.Path(1)}/artifact", new { artifactDigest = World.OtherArtifact })),
            "artifact-changed", "model_artifact_replaced", IsOne),
        ["the image was replaced"] = new((w, _) => World.Must(200, w.Ann.PutJsonAsync($"{w.Path(1)}/artifact", new { imageDigest = World.OtherArtifact })),
            "artifact-changed", "model_artifact_replaced", IsOne),
        ["the image was replaced after that of another version"] = new(async (w, _) =>
        {
            await World.Must(200, w.Ann.PutJsonAsync($"{w.Path(2)}/artifact", new { imageDigest = World.OtherArtifact }));
            await World.Must(200, w.Ann.PutJsonAsync($"{w.Path(1)}/artifact", new { imageDigest = World.OtherArtifact }));
        }, "artifact-changed", "model_artifact_replaced", IsOne),
        ["a critical finding was opened"] = new((w, _) => World.Must(201, w.Ann.PostJsonAsync($"{w.Path()}/findings", new { title = "drifts", severity = "critical", version = 1 })),
            "finding-opened", "finding_opened", IsOne),
        ["a finding was opened after one on another version"] = new(async (w, _) =>
        {
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path()}/findings", new { title = "drifts", severity = "critical", version = 2 }));
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path()}/findings", new { title = "drifts too", severity = "critical", version = 1 }));
        }, "finding-opened", "finding_opened", IsOne),
        ["the approval was revoked after a suspension that was lifted again"] = new(async (w, id) =>
        {
            await World.Must(200, w.Ann.PostJsonAsync($"{w.Path()}/suspension", new { reason = "odd" }));
            await World.Must(200, w.Rita.PostJsonAsync($"{w.Path()}/resumption", new { reason = "understood" }));
            await World.Must(200, w.Eve.PostJsonAsync($"{w.Path(1)}/approvals/{id}/revocation", new { reason = "looked again" }));
        }, "approval-revoked", "approval_revoked", _ => true),
    };

    public static TheoryData<string> Happenings => [.. Causes.Keys];

    [Theory]
    [MemberData(nameof(Happenings))]
    public async Task Refuses_the_deployment_and_names_what_happened(string what)
    {
        var cause = Causes[what];
        var (world, approval, check) = await DecidedAsync();

        await cause.Do(world, approval);

        var refused = await World.Refused(409, "decision-overtaken", world.DeployAsync(check));
        refused.Text("overtakenCode").ShouldBe(cause.Code);
        var named = refused.Json!["overtakenBy"]!;
        named.Text("stream").ShouldBe(cause.InDataset ? $"dataset:{world.Dataset}" : $"model:{world.Model}");
        named.Text("type").ShouldBe(cause.Type);
        var real = (await world.EventsAsync(stream: named.Text("stream"))).Single(e => e["version"]!.GetValue<long>() == named["version"]!.GetValue<long>());
        (real.Text("id"), real.Text("type")).ShouldBe((named.Text("id"), named.Text("type")));
        cause.Is(real["data"]!).ShouldBeTrue(real.ToJsonString());

        (await world.EventsAsync("model_deployed")).ShouldBeEmpty();
        (await world.EventsAsync("attempt_refused"))[^1]["data"].Text("code").ShouldBe("decision-overtaken");
    }

    [Fact]
    public async Task Refuses_the_deployment_when_the_approval_ran_out_and_names_the_approval_that_said_until_when()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));
        var approval = await World.Must(201, world.ApproveAsync(world.Eve, validUntil: shared.Clock.GetUtcNow().AddMinutes(20)));
        var check = await world.AllowedAsync();

        shared.Clock.Forward(TimeSpan.FromMinutes(21));

        var refused = await World.Refused(409, "decision-overtaken", world.DeployAsync(check));
        refused.Text("overtakenCode").ShouldBe("approval-expired");
        var real = (await world.EventsAsync("version_approved")).ShouldHaveSingleItem();
        real["data"].Text("approval").ShouldBe(approval.Text("id"));
        refused.Json!["overtakenBy"].Text("id").ShouldBe(real.Text("id"));
    }

    [Fact]
    public async Task Refuses_the_deployment_when_a_condition_fell_due_and_names_the_approval_that_set_it()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));
        var due = shared.Clock.GetUtcNow().AddMinutes(20);
        await World.Must(201, world.Eve.PostJsonAsync($"{world.Path(1)}/approvals", new { outcome = "approved-with-conditions", role = "model-validator", reason = "soon", conditions = ConditionDue(due) }));
        var check = await world.AllowedAsync();

        shared.Clock.Forward(TimeSpan.FromMinutes(25));

        var refused = await IsRefusedAsync(world, check, "date-passed", "version_approved");
        refused.Text("detail").ShouldContain($"as of {due:yyyy-MM-dd'T'HH:mm:ss'Z'} REL-010 is against it: overdue: condition recalibrate of bob");
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
    }

    [Fact]
    public async Task Refuses_the_deployment_when_a_validation_set_a_condition_that_fell_due_and_names_the_validation()
    {
        var (world, _, check) = await DecidedAsync();
        var conditions = ConditionDue(shared.Clock.GetUtcNow().AddMinutes(10));
        await World.Must(201, world.Eve.PostJsonAsync($"{world.Path(1)}/validations", new { scope = "all", conclusion = "fit-with-conditions", conditions }));

        shared.Clock.Forward(TimeSpan.FromMinutes(15));

        (await IsRefusedAsync(world, check, "no-longer-allowed", "version_validated")).Text("detail").ShouldContain("REL-010 is against it");
    }

    [Theory]
    [InlineData("the gate was taken away", "environment_ungated")]
    [InlineData("the region was changed", "environment_changed")]
    public async Task Refuses_the_deployment_when_the_environment_changed(string what, string type)
    {
        var (world, _, check) = await DecidedAsync($"site-{type.Replace('_', '-')}");
        var environment = check.Text("environment");

        if (type == "environment_changed") await World.Must(200, world.Root.PutJsonAsync($"/environments/{environment}", new { region = "elsewhere" }));
        else
        {
            await World.Must(200, world.Root.PutJsonAsync($"/environments/{environment}", new { gated = false, reason = "a sandbox" }));
            await World.Must(200, world.Carl.PutJsonAsync($"/environments/{environment}", new { gated = false, reason = "agreed" }));
        }

        var refused = await World.Refused(409, "decision-overtaken", world.DeployAsync(check, environment: environment));
        refused.Text("overtakenCode").ShouldBe("environment-changed", what);
        refused.Json!["overtakenBy"].Text("type").ShouldBe(type);
        refused.Json["overtakenBy"].Text("stream").ShouldBe($"environment:{environment}");
    }

    [Theory]
    [InlineData("a card was written")]
    [InlineData("another version was registered and recalled")]
    [InlineData("another version was deployed")]
    [InlineData("somebody was refused")]
    [InlineData("an ungating was proposed")]
    [InlineData("a second person approved")]
    [InlineData("a validator found it fit")]
    [InlineData("a validator set a condition that is due later")]
    public async Task Does_not_happen_when_nothing_it_rested_on_changed(string what)
    {
        var (world, _, check) = await DecidedAsync($"site-{Array.IndexOf([.. Nothing.Keys], what)}");

        await Nothing[what](world, check.Text("environment"));

        await World.Must(201, world.DeployAsync(check, environment: check.Text("environment")));
    }

    private static readonly Dictionary<string, Func<World, string, Task>> Nothing = new(StringComparer.Ordinal)
    {
        ["a card was written"] = (w, _) => World.Must(200, w.Ann.PutJsonAsync($"{w.Path()}/card", new { text = "A model of flowers." })),
        ["another version was registered and recalled"] = async (w, _) =>
        {
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path()}/versions", w.VersionBody(World.OtherArtifact)));
            await World.Must(200, w.Eve.PostJsonAsync($"{w.Path(3)}/recall", new { reason = "unfit" }));
        },
        ["another version was deployed"] = async (w, environment) =>
        {
            await w.ApprovedAsync(version: 2);
            await World.Must(201, w.DeployAsync(await w.AllowedAsync(2, environment, artifact: World.OtherArtifact), version: 2, environment: environment));
        },
        ["somebody was refused"] = (w, _) => World.Refused(403, "approver-is-author", w.ApproveAsync(w.As("dev:model-validator:ann"))),
        ["an ungating was proposed"] = (w, environment) => World.Must(200, w.Root.PutJsonAsync($"/environments/{environment}", new { gated = false, reason = "a sandbox" })),
        ["a validator found it fit"] = (w, _) => World.Must(201, w.Eve.PostJsonAsync($"{w.Path(1)}/validations", new { scope = "all", conclusion = "fit" })),
        ["a validator set a condition that is due later"] = (w, _) => World.Must(201, w.Eve.PostJsonAsync(
            $"{w.Path(1)}/validations", new { scope = "all", conclusion = "fit-with-conditions", conditions = ConditionDue(new(2999, 1, 1, 0, 0, 0, TimeSpan.Zero)) })),
        ["a second person approved"] = (w, _) => World.Must(201, w.ApproveAsync(w.Rita, "ai-risk-officer")),
    };

    /// <summary>A model judged as limited, tier 2, with two versions, the first approved and allowed.</summary>
    private async Task<(World World, string Approval, Answer Check)> DecidedAsync(string environment = "production")
    {
        var world = await shared.FoundedAsync("limited", 2);
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        if (environment != "production") await World.Must(200, world.Root.PutJsonAsync($"/environments/{environment}", new { region = "here" }));
        var approval = await world.ApprovedAsync();
        return (world, approval, await world.AllowedAsync(environment: environment));
    }

    private static object[] ConditionDue(DateTimeOffset due) => [new { id = "recalibrate", title = "recalibrate it", owner = "bob", due }];

    /// <summary>Refused, and the only event of that type in the model's history is named.</summary>
    private static async Task<Answer> IsRefusedAsync(World world, Answer check, string code, string type)
    {
        var refused = await World.Refused(409, "decision-overtaken", world.DeployAsync(check));
        refused.Text("overtakenCode").ShouldBe(code);
        refused.Json!["overtakenBy"].Text("id").ShouldBe((await world.EventsAsync(type)).ShouldHaveSingleItem().Text("id"));
        (await world.EventsAsync("model_deployed")).ShouldBeEmpty();
        return refused;
    }

    private static bool IsOne(JsonNode data) => data["version"]?.GetValue<int>() == 1;
}
