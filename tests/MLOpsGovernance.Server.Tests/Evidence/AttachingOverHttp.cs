namespace MLOpsGovernance.Server.Tests.Evidence;

/// <summary>Evidence by digest: on the version, in the trail and among the facts.</summary>
public sealed class AttachingOverHttp(SharedServer shared) : IClassFixture<SharedServer>
{
    private DateTimeOffset Ago(int days) => shared.Clock.GetUtcNow().AddDays(-days);

    [Fact]
    public async Task Is_kept_with_the_version_by_who_attached_it()
    {
        var world = await shared.FoundedAsync();
        var id = (await World.Must(201, world.Pipeline.PostJsonAsync(Path(world), new
        {
            kind = "vulnerability-scan", digest = World.OtherArtifact, uri = "https://ci.example/runs/7", producedAt = Ago(2), validUntil = Ago(1), summary = "nothing found", about = "ann",
        }))).Text("id");

        var evidence = (await World.Must(200, world.Ann.GetJsonAsync(world.Path(1)))).Json!["evidence"]!.AsArray().ShouldHaveSingleItem()!;
        (evidence.Text("id"), evidence.Text("kind"), evidence.Text("digest"), evidence.Text("uri"), evidence.Text("summary"), evidence.Text("by"), evidence["expired"]!.GetValue<bool>())
            .ShouldBe((id, "vulnerability-scan", World.OtherArtifact, "https://ci.example/runs/7", "nothing found", "pipeline", true));
        (await world.EventsAsync("evidence_attached")).ShouldHaveSingleItem()["data"].Text("digest").ShouldBe(World.OtherArtifact);
    }

    [Fact]
    public async Task Leaves_approvals_as_they_are()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var check = await world.AllowedAsync();
        await World.Must(201, world.Ann.PostJsonAsync(Path(world), new { kind = "cost-record", digest = World.OtherArtifact, producedAt = Ago(0) }));
        await World.Must(201, world.DeployAsync(check));
    }

    [Fact]
    public async Task Is_refused_with_a_reason()
    {
        var world = await shared.FoundedAsync();
        var valid = new { kind = "sbom", digest = World.OtherArtifact, producedAt = Ago(1) };
        (await World.Refused(422, "unknown-evidence-kind", world.Ann.PostJsonAsync(Path(world), valid with { kind = "hearsay" }))).Detail.ShouldNotBeNull().ShouldContain("vulnerability-scan");
        await World.Refused(400, "invalid-digest", world.Ann.PostJsonAsync(Path(world), valid with { digest = "sha256:abc" }));
        await World.Refused(422, "evidence-from-the-future", world.Ann.PostJsonAsync(Path(world), valid with { producedAt = Ago(-1) }));
        await World.Refused(422, "evidence-expires-before-production", world.Ann.PostJsonAsync(Path(world), new { valid.kind, valid.digest, valid.producedAt, validUntil = Ago(2) }));
        await World.Refused(400, "invalid-uri", world.Ann.PostJsonAsync(Path(world), new { valid.kind, valid.digest, valid.producedAt, uri = "https://me:secret@ci.example/" }));
        await World.Refused(400, "invalid-uri", world.Ann.PostJsonAsync(Path(world), new { valid.kind, valid.digest, valid.producedAt, uri = "no link" }));
        await World.Refused(404, "version-unknown", world.Ann.PostJsonAsync($"{world.Path(9)}/evidence", valid));
        await World.Must(201, world.Ann.PostJsonAsync(Path(world), valid));
        await World.Refused(409, "evidence-attached-already", world.Ann.PostJsonAsync(Path(world), valid));
        (await world.EventsAsync("evidence_attached")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Is_of_the_kinds_that_are_listed()
    {
        var kinds = (await World.Must(200, shared.NextWorld().Ann.GetJsonAsync("/evidence-kinds"))).Json!["items"]!.AsArray();
        kinds.Single(k => k.Text("code") == "baseline-comparison")!["serves"]!.AsArray().Select(q => q!.GetValue<string>()).ShouldBe(["D3.2"]);
    }

    private static string Path(World world) => $"{world.Path(1)}/evidence";
}
