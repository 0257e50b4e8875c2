using Marten;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.Deployments;

/// <summary>A pipeline may ask with the artifact or with the image that carries it. Either way the same version runs, and whoever asks later may ask with either.</summary>
public sealed class DeployingAnImage(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly string _artifact = Fresh(), _image = Fresh(), _environment = $"image-{Guid.NewGuid():N}";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Is_put_on_record_with_the_artifact_and_the_image(bool byImage)
    {
        var world = await ApprovedAsync();

        var deployed = await DeployAsync(world, byImage);

        (deployed.Text("artifactDigest"), deployed.Text("imageDigest")).ShouldBe((_artifact, _image));
        await IsOnRecordAsync(world);
        (await world.EventsAsync("model_deployed")).ShouldHaveSingleItem()["data"].Text("artifactDigest").ShouldBe(_artifact);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Is_rolled_back_to_with_either_digest(bool byImage, bool backByImage)
    {
        var world = await ApprovedAsync();
        await DeployAsync(world, byImage);

        var back = await DeployAsync(world, backByImage, "rollback");

        (back.Text("artifactDigest"), back.Text("imageDigest")).ShouldBe((_artifact, _image));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Is_recognized_in_what_runs_by_either_digest(bool seenAsImage)
    {
        var world = await ApprovedAsync();
        await DeployAsync(world, byImage: true);

        await RunsAsItShouldAsync(world, seenAsImage);
    }

    /// <summary>Early events of a decision for the image hold the image's digest as the artifact's.</summary>
    [Fact]
    public async Task Is_recognized_where_an_early_event_holds_the_image_in_both_places()
    {
        var world = await ApprovedAsync();
        await using (var session = shared.Server.Services.GetRequiredService<IDocumentStore>().LightweightSession())
        {
            session.Events.Append($"model:{world.Model}", new ModelDeployed($"early-{world.Model}", 1, _environment, Guid.NewGuid().ToString(), _image, _image, "deploy", null, "pipeline", shared.Clock.GetUtcNow()));
            await session.SaveChangesAsync(LocalPostgresTest.Token);
        }

        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/card", new { text = "so that its grain reads again" }));

        await IsOnRecordAsync(world);
        await RunsAsItShouldAsync(world, asImage: false);
        await RunsAsItShouldAsync(world, asImage: true);
        await DeployAsync(world, byImage: false, "rollback");
    }

    private async Task<World> ApprovedAsync()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/artifact", new { artifactDigest = _artifact, imageDigest = _image }));
        await World.Must(200, world.Root.PutJsonAsync($"/environments/{_environment}", new { gated = true }));
        await world.ApprovedAsync();
        return world;
    }

    private async Task<Answer> DeployAsync(World world, bool byImage, string action = "deploy") => await World.Must(
        201, world.DeployAsync(await world.AllowedAsync(environment: _environment, action: action, artifact: byImage ? _image : _artifact), environment: _environment));

    private async Task IsOnRecordAsync(World world)
    {
        var listed = (await World.Must(200, world.Ann.GetJsonAsync($"/environments/{_environment}/deployments"))).Json!["items"]!.AsArray().ShouldHaveSingleItem()!;
        var known = (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!["deployments"]!.AsArray().ShouldHaveSingleItem()!;
        foreach (var deployment in new[] { listed, known }) (deployment.Text("artifactDigest"), deployment.Text("imageDigest")).ShouldBe((_artifact, _image));
    }

    private async Task RunsAsItShouldAsync(World world, bool asImage)
    {
        var seen = await World.Must(200, world.Pipeline.PutJsonAsync(
            $"/environments/{_environment}/observed", new { observedAt = shared.Clock.GetUtcNow(), items = new[] { new { name = "pod-1", digest = asImage ? _image : _artifact } } }));
        seen.Json!["discrepancies"]!.AsArray().ShouldBeEmpty();
    }

    private static string Fresh() => $"sha256:{Guid.NewGuid():N}{Guid.NewGuid():N}";
}
