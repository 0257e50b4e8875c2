using System.Text;
using MLOpsGovernance.Evidence.Descriptors;

namespace MLOpsGovernance.Server.Tests.Models;

/// <summary>A vendor's model, or one behind a supplier's address, is known by a descriptor; from there on it is a version like any other.</summary>
public sealed class RegisteringAModelWithoutAFile(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Descriptor = $$"""
        {"supplier":"Scores Ltd","product":"credit-score","productVersion":"4.2.1","endpoint":"https://api.scores.example/v4","contract":"C-2026-17",
         "configurationDigests":["{{World.Artifact}}"],"promptDigests":["{{World.OtherArtifact}}"],"supplierEvidence":[{"kind":"model-card","digest":"{{World.Artifact}}"}]}
        """;

    [Theory]
    [InlineData("vendor")]
    [InlineData("api")]
    public async Task Is_known_by_the_digest_of_its_descriptor_and_goes_through_the_gate(string origin)
    {
        var world = await OutsideAsync(origin);

        var version = await World.Must(201, RegisterAsync(world, Descriptor));

        var digest = DescriptorDigest.Of(Encoding.UTF8.GetBytes(Descriptor));
        (version.Text("artifactDigest"), version.Json!["pinned"]!.GetValue<bool>(), version.Json["descriptor"].Text("supplier")).ShouldBe((digest, true, "Scores Ltd"));
        var model = (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!;
        (model.Text("origin"), model["generative"]!.GetValue<bool>()).ShouldBe((origin, true));

        (await world.CheckAsync(artifact: digest)).Text("outcome").ShouldBe("deny");
        await world.ApprovedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync(artifact: digest)));
    }

    [Fact]
    public async Task Gets_a_new_version_when_the_supplier_changes_something()
    {
        var world = await OutsideAsync("api");
        await World.Must(201, RegisterAsync(world, Descriptor));
        await world.ApprovedAsync();

        var changed = await World.Must(201, RegisterAsync(world, Descriptor.Replace("4.2.1", "4.3")));

        changed.Json!["version"]!.GetValue<int>().ShouldBe(2);
        (await world.CheckAsync(version: 2, artifact: changed.Text("artifactDigest"))).Text("outcome").ShouldBe("deny");
        await World.Refused(409, "descriptor-bound", world.Ann.PutJsonAsync($"{world.Path(2)}/artifact", new { artifactDigest = World.Artifact }));
    }

    [Theory]
    [InlineData("\"latest\"")]
    [InlineData("\"*\"")]
    [InlineData("null")]
    public async Task Says_that_what_the_supplier_may_change_is_not_pinned(string productVersion)
    {
        var world = await OutsideAsync("api");

        var version = await World.Must(201, RegisterAsync(world, $$"""{"supplier":"a","product":"b","productVersion":{{productVersion}}}"""));

        version.Json!["pinned"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Theory]
    [InlineData(400, "descriptor-without-supplier", """{"descriptor":{"product":"b"}}""")]
    [InlineData(400, "descriptor-without-supplier", """{"descriptor":{"supplier":" ","product":"b"}}""")]
    [InlineData(400, "descriptor-without-product", """{"descriptor":{"supplier":"a"}}""")]
    [InlineData(400, "invalid-endpoint", """{"descriptor":{"supplier":"a","product":"b","endpoint":"https://me:secret@a.example/"}}""")]
    [InlineData(400, "invalid-endpoint", """{"descriptor":{"supplier":"a","product":"b","endpoint":"https://a.example/?key=secret"}}""")]
    [InlineData(400, "invalid-digest", """{"descriptor":{"supplier":"a","product":"b","promptDigests":["sha256:00"]}}""")]
    [InlineData(400, "unknown-field", """{"descriptor":{"supplier":"a","product":"b","colour":"c"}}""")]
    [InlineData(400, "artifact-and-descriptor", """{"artifactDigest":"D","descriptor":{"supplier":"a","product":"b"}}""")]
    [InlineData(400, "artifact-digest-missing", "{}")]
    [InlineData(422, "descriptor-required", """{"artifactDigest":"D"}""")]
    public async Task Is_refused_when_the_descriptor_is_none(int status, string code, string fields)
    {
        var world = await OutsideAsync("vendor");

        await World.Refused(status, code, PostAsync(world, fields));
    }

    [Fact]
    public async Task Is_refused_for_a_model_that_is_made_here()
    {
        var world = await shared.FoundedAsync();

        await World.Refused(422, "descriptor-not-allowed", RegisterAsync(world, Descriptor));
        await World.Refused(400, "invalid-value", world.Ann.PostJsonAsync("/models", new { name = $"{world.Model}-x", team = "flowers", purpose = "x", origin = "moon" }));
        (await world.EventsAsync("attempt_refused")).ShouldHaveSingleItem()["data"].Text("code").ShouldBe("descriptor-not-allowed");
    }

    private async Task<World> OutsideAsync(string origin)
    {
        var founded = await shared.FoundedAsync();
        var world = new World(shared.Server, $"{founded.Model}-{origin}", founded.Dataset);
        await World.Must(201, world.Ann.PostJsonAsync("/models", new { name = world.Model, team = "flowers", purpose = "score", origin, generative = true }));
        await World.Must(200, world.Carl.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "minimal", tier = 3, reason = "a toy" }));
        return world;
    }

    private static Task<Answer> RegisterAsync(World world, string descriptor) => PostAsync(world, $$"""{"descriptor":{{descriptor}}}""");

    private static Task<Answer> PostAsync(World world, string fields)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(fields.Replace("\"D\"", $"\"{World.Artifact}\""))!.AsObject();
        body["authors"] = new System.Text.Json.Nodes.JsonArray("ann");
        return world.Ann.PostJsonAsync($"{world.Path()}/versions", new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
    }
}
