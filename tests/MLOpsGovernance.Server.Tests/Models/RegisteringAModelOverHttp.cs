namespace MLOpsGovernance.Server.Tests.Models;

/// <summary>A model has one name; its versions rest on data that is on record, and on no more authors than policies can be told of.</summary>
public sealed class RegisteringAModelOverHttp(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Is_refused_under_a_name_that_is_taken()
    {
        var world = await shared.FoundedAsync();

        (await World.Refused(409, "model-exists", world.Ann.PostJsonAsync("/models", new { name = world.Model, team = "flowers", purpose = "something else" }))).Text("detail").ShouldContain(world.Model);

        (await world.EventsAsync("model_registered")).Count.ShouldBe(1);
        (await world.EventsAsync("attempt_refused")).ShouldHaveSingleItem()["data"].Text("code").ShouldBe("model-exists");
    }

    [Theory]
    [InlineData("nowhere", "1")]
    [InlineData(null, "2")]
    public async Task Is_refused_for_a_version_whose_training_data_is_not_on_record(string? name, string version)
    {
        var world = await shared.FoundedAsync();
        var datasets = new[] { new { name = world.Dataset, version = "1" }, new { name = name ?? world.Dataset, version } };

        (await World.Refused(422, "dataset-unknown", world.Ann.PostJsonAsync($"{world.Path()}/versions", new { artifactDigest = World.OtherArtifact, datasets, authors = Array.Empty<string>() })))
            .Text("detail").ShouldContain($"{name ?? world.Dataset} with a version {version}");

        (await world.EventsAsync("model_version_registered")).Count.ShouldBe(1);
        (await world.EventsAsync("attempt_refused")).ShouldHaveSingleItem()["data"].Text("code").ShouldBe("dataset-unknown");
    }

    [Fact]
    public async Task Takes_a_hundred_authors_and_refuses_the_next_so_that_the_gate_can_still_judge()
    {
        var world = await shared.FoundedAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            await World.Must(200, world.Ann.PutJsonAsync($"/teams/flowers/members/author-{i}", new { functions = new[] { "data-engineer" } })));
        for (var i = 0; i < 99; i++) await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/authors/author-{i}"));

        (await World.Refused(409, "too-many-authors", world.Ann.PutJsonAsync($"{world.Path(1)}/authors/author-99"))).Text("detail").ShouldContain("at most 100 authors");
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/authors/author-3"));
        await World.Refused(409, "too-many-authors", world.Root.PutJsonAsync($"{world.Path(1)}/artifact", new { artifactDigest = World.OtherArtifact }));

        await world.ApprovedAsync();
        await world.AllowedAsync();
    }
}
