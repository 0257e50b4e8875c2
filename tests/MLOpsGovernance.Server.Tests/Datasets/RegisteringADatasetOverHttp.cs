namespace MLOpsGovernance.Server.Tests.Datasets;

/// <summary>A dataset has one name and versions that never change, made from what is on record.</summary>
public sealed class RegisteringADatasetOverHttp(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Is_refused_under_a_name_that_is_taken()
    {
        var world = await shared.FoundedAsync();

        (await World.Refused(409, "dataset-exists", world.Ann.PostJsonAsync("/datasets", new { name = world.Dataset, team = "flowers" }))).Text("detail").ShouldContain(world.Dataset);

        (await world.EventsAsync("dataset_registered", $"dataset:{world.Dataset}")).Count.ShouldBe(1);
        (await world.EventsAsync("attempt_refused", $"dataset:{world.Dataset}")).ShouldHaveSingleItem()["data"].Text("code").ShouldBe("dataset-exists");
    }

    [Fact]
    public async Task Is_refused_for_a_version_that_is_there()
    {
        var world = await shared.FoundedAsync();

        await World.Refused(409, "dataset-version-exists", world.Ann.PostJsonAsync($"/datasets/{world.Dataset}/versions", new { version = "1", digest = World.OtherArtifact }));

        (await world.EventsAsync("dataset_version_registered", $"dataset:{world.Dataset}")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("nowhere", "1")]
    [InlineData(null, "2")]
    public async Task Is_refused_where_a_source_is_not_on_record(string? name, string version)
    {
        var world = await shared.FoundedAsync();
        var sources = new[] { new { name = world.Dataset, version = "1" }, new { name = name ?? world.Dataset, version } };

        (await World.Refused(422, "dataset-unknown", world.Ann.PostJsonAsync($"/datasets/{world.Dataset}/versions", new { version = "3", digest = World.OtherArtifact, sources })))
            .Text("detail").ShouldContain($"{name ?? world.Dataset} at version {version}");

        (await world.EventsAsync("dataset_version_registered", $"dataset:{world.Dataset}")).Count.ShouldBe(1);
        await World.Must(201, world.Ann.PostJsonAsync($"/datasets/{world.Dataset}/versions", new { version = "3", digest = World.OtherArtifact, sources = sources[..1] }));
    }

    [Fact]
    public async Task Is_refused_for_a_dataset_that_is_not_on_record()
    {
        var world = await shared.FoundedAsync();

        await World.Refused(404, "dataset-unknown", world.Ann.PostJsonAsync("/datasets/nowhere/versions", new { version = "1", digest = World.Artifact }));
    }
}
