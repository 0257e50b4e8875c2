namespace MLOpsGovernance.Server.Tests.Approvals;

/// <summary>What an approval does not rest on may change as it likes.</summary>
public sealed class KeepingAnApproval(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly Dictionary<string, Func<World, Task>> Changes = new(StringComparer.Ordinal)
    {
        ["a card was written"] = w => World.Must(200, w.Ann.PutJsonAsync($"{w.Path()}/card", new { text = "A model of flowers." })),
        ["an alias was set"] = w => World.Must(200, w.Ann.PutJsonAsync($"{w.Path()}/aliases/champion", new { version = 1 })),
        ["a low finding was opened"] = w => World.Must(201, w.Ann.PostJsonAsync($"{w.Path()}/findings", new { title = "drifts", severity = "low", version = 1 })),
        ["an incident was reported"] = w => World.Must(201, w.Ann.PostJsonAsync($"{w.Path()}/incidents", new { title = "odd", severity = "low", version = 1 })),
        ["the same purpose was sent again"] = w => World.Must(200, w.Ann.PutJsonAsync($"{w.Path()}/purpose", new { purpose = "tell flowers apart" })),
        ["the same artifact was sent again"] = w => World.Must(200, w.Ann.PutJsonAsync($"{w.Path(1)}/artifact", new { artifactDigest = World.Artifact })),
        ["an author was named again"] = w => World.Must(200, w.Ann.PutJsonAsync($"{w.Path(1)}/authors/ann")),
        ["the figures behind the same risk were proposed and confirmed anew"] = async w =>
        {
            await World.Must(200, w.Ann.PutJsonAsync($"{w.Path()}/risk", new { euAiAct = "minimal", tier = 3, reason = "nothing at stake", materiality = new { exposure = 1, currency = "EUR", date = "2026-01-31", peopleAffected = 0 } }));
            await World.Must(200, w.Carl.PutJsonAsync($"{w.Path()}/risk", new { euAiAct = "minimal", tier = 3, reason = "agreed" }));
        },
        ["another version was registered and put under review"] = async w =>
        {
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path()}/versions", w.VersionBody(World.OtherArtifact)));
            await World.Must(201, w.Ann.PostJsonAsync($"{w.Path(2)}/reviews"));
        },
        ["the training dataset got another version and a quality report"] = async w =>
        {
            await World.Must(201, w.Ann.PostJsonAsync($"/datasets/{w.Dataset}/versions", new { version = "2", digest = World.OtherArtifact }));
            await World.Must(200, w.Ann.PutJsonAsync($"/datasets/{w.Dataset}/versions/1/quality", new { measures = new[] { new { name = "completeness", score = 0.9 } } }));
        },
        ["the same class of the training dataset was confirmed again"] = w => World.Must(200, w.Rita.PutJsonAsync($"/datasets/{w.Dataset}/classification", new { sensitivity = "public", personalData = false })),
        ["somebody was refused"] = w => World.Refused(403, "approver-is-author", w.ApproveAsync(w.As("dev:model-validator:ann"))),
        ["the model was suspended and resumed"] = async w =>
        {
            await World.Must(200, w.Ann.PostJsonAsync($"{w.Path()}/suspension", new { reason = "odd" }));
            await World.Must(200, w.Rita.PostJsonAsync($"{w.Path()}/resumption", new { reason = "understood" }));
        },
    };

    public static TheoryData<string> Happenings => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Happenings))]
    public async Task Is_what_happens_when_nothing_material_changes(string what)
    {
        var world = await shared.FoundedAsync();
        var id = await world.ApprovedAsync();

        await Changes[what](world);

        var approval = await world.ApprovalAsync(id);
        approval.Text("state").ShouldBe("live");
        approval["why"]!.AsArray().ShouldBeEmpty();
        await world.AllowedAsync();
        (await world.EventsAsync("approval_superseded")).ShouldBeEmpty();
    }

    /// <summary>Nobody had said that it was higher, although the gate judged by the highest until then.</summary>
    [Fact]
    public async Task Is_what_the_first_confirmation_of_a_class_does()
    {
        var world = shared.NextWorld();
        await world.FoundedAsync();
        var model = $"{world.Model}-unconfirmed";
        await World.Must(201, world.Ann.PostJsonAsync("/models", new { name = model, team = "flowers", purpose = "tell flowers apart" }));
        await World.Must(200, world.Ann.PutJsonAsync($"/models/{model}/risk", new { euAiAct = "minimal", tier = 3, reason = "a toy" }));
        await World.Must(201, world.Ann.PostJsonAsync($"/models/{model}/versions", world.VersionBody()));
        await world.ApprovedAsync(model);

        await World.Must(200, world.Rita.PostJsonAsync($"/models/{model}/risk/confirmation"));

        (await World.Must(200, world.CheckAsync(model))).Json!["allowed"]!.GetValue<bool>().ShouldBeTrue();
    }

    /// <summary>Whoever approved while the data was withdrawn knew it; its restoration takes nothing away.</summary>
    [Fact]
    public async Task Is_what_the_restoration_of_a_dataset_does_that_was_withdrawn_before_the_approval()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Ann.PostJsonAsync($"/datasets/{world.Dataset}/withdrawal", new { reason = "a mistake" }));
        var id = await world.ApprovedAsync();
        (await world.CheckAsync()).Json!["rules"]!.AsArray().Where(r => r.Text("result") == "fail").Select(r => r.Text("rule")).ShouldBe(["REL-005"]);

        await World.Must(200, world.Carl.PostJsonAsync($"/datasets/{world.Dataset}/restoration", new { reason = "none after all" }));

        (await world.ApprovalAsync(id)).Text("state").ShouldBe("live");
        await world.AllowedAsync();
    }
}
