using System.Text.Json.Nodes;
using MLOpsGovernance.Evidence.Descriptors;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class DescribingFromTheCommandLine : IAsyncDisposable
{
    private const string Descriptor = $$"""{"supplier":"Scores Ltd","product":"credit-score","productVersion":"4.2","promptDigests":["{{CommandLine.Digest}}"],"supplierEvidence":[{"kind":"model-card","digest":"{{CommandLine.Digest}}"}]}""";

    private const string Manifest = $$"""
        apiVersion: governance.mlops/v1
        kind: Manifest
        models:
          - name: score
            team: lending
            purpose: Scores loans.
            origin: vendor
            generative: true
            versions:
              - descriptor:
                  supplier: Scores Ltd
                  product: credit-score
                  productVersion: "4.2"
                  promptDigests: ["{{CommandLine.Digest}}"]
                  supplierEvidence: [{kind: model-card, digest: "{{CommandLine.Digest}}"}]
                authors: [ann]
        """;

    private static readonly string Digest = DescriptorDigest.Of(System.Text.Encoding.UTF8.GetBytes(Descriptor));

    private readonly Record _record = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Prints_the_digest_of_a_descriptor()
    {
        (await DigestAsync(Descriptor)).ShouldBe(new(0, Digest + "\n", ""));
        JsonNode.Parse((await DigestAsync(Descriptor, "-o", "json")).Output)!["kind"]!.GetValue<string>().ShouldBe("descriptor");
    }

    [Theory]
    [InlineData("""{"product":"credit-score"}""", "descriptor-without-supplier")]
    [InlineData("""{"supplier":" ","product":"credit-score"}""", "descriptor-without-supplier")]
    [InlineData("""{"supplier":"a"}""", "descriptor-without-product")]
    [InlineData("""{"supplier":"a","product":"b","colour":"c"}""", "'colour' is not a member")]
    [InlineData("[]", "no descriptor")]
    [InlineData("{", "no descriptor")]
    public async Task Gives_none_to_what_the_server_would_refuse(string json, string why)
    {
        var ended = await DigestAsync(json);

        (ended.ExitCode, ended.Output).ShouldBe((2, ""));
        ended.Error.ShouldContain(why);
    }

    [Theory]
    [InlineData]
    [InlineData("x", "--descriptor", "y")]
    [InlineData("--descriptor", "y", "--manifest")]
    public async Task Wants_to_know_what_the_digest_is_of(params string[] args) => (await _record.RunAsync(["digest", .. args])).ExitCode.ShouldBe(2);

    [Fact]
    public async Task Registers_a_model_without_a_file_from_a_manifest()
    {
        var ended = await _record.RunAsync("apply", "-f", _folder.Write("manifest.yaml", Manifest));

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldContain($"+ create version of model score: {Digest}");
        Same("POST models", """{"name":"score","team":"lending","purpose":"Scores loans.","origin":"vendor","generative":true}""");
        Same("POST models/score/versions", $$"""{"descriptor":{{Descriptor}},"datasets":[],"authors":["ann"]}""");
    }

    [Fact]
    public async Task Finds_the_version_again_by_the_digest_of_its_descriptor()
    {
        _record.Has("models/score", $$"""{"name":"score","team":"lending","purpose":"Scores loans.","purposes":[],"origin":"vendor","generative":true,"versions":[{"version":1,"artifactDigest":"{{Digest}}","datasets":[],"authors":["ann"]}]}""");

        (await _record.RunAsync("apply", "-f", _folder.Write("manifest.yaml", Manifest))).ExitCode.ShouldBe(0);

        _record.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"name":"score","team":"lending","purpose":"Scores loans.","purposes":[],"generative":true,"versions":[]}""", "its origin is internal, not vendor")]
    [InlineData("""{"name":"score","team":"lending","purpose":"Scores loans.","purposes":[],"origin":"vendor","generative":false,"versions":[]}""", "not generative")]
    public async Task Changes_no_origin(string known, string why)
    {
        var ended = await _record.Has("models/score", known).RunAsync("apply", "-f", _folder.Write("manifest.yaml", Manifest));

        ended.ExitCode.ShouldBe(1);
        ended.Output.ShouldContain(why);
        _record.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Takes_no_artifact_beside_a_descriptor()
    {
        var ended = await _record.RunAsync("apply", "-f", _folder.Write("manifest.yaml", Manifest + $"\n        artifactDigest: {CommandLine.Digest}\n"));

        ended.ExitCode.ShouldBe(2);
        ended.Error.ShouldContain("descriptor");
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _record.DisposeAsync();
    }

    private Task<Ended> DigestAsync(string json, params string[] options) =>
        CommandLine.RunAsync((output, error) => new(output, error) { Variable = _ => null }, ["digest", "--descriptor", _folder.Write("descriptor.json", json), .. options]);

    private void Same(string call, string body)
    {
        var sent = _record.Writes.Single(w => w.Call == call).Body;
        JsonNode.DeepEquals(JsonNode.Parse(sent), JsonNode.Parse(body)).ShouldBeTrue(sent);
    }
}
