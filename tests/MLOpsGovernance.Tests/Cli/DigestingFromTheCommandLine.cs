using System.Text.Json.Nodes;
using MLOpsGovernance.Evidence.Artifacts;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class DigestingFromTheCommandLine : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Prints_the_digest_and_nothing_else()
    {
        var ended = await RunAsync(_folder.Write("abc", "abc"));

        ended.ShouldBe(new(0, "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n", "")); // FIPS 180-2, B.1
    }

    [Fact]
    public async Task Agrees_with_the_library_about_a_folder()
    {
        _folder.Write("model/saved_model.pb", "a graph");
        _folder.Write("model/variables/data", "1");

        (await RunAsync(_folder.At("model"))).Output.Trim().ShouldBe((await ArtifactDigest.ComputeAsync(_folder.At("model"), TestContext.Current.CancellationToken)).Digest);
    }

    [Fact]
    public async Task Prints_the_manifest_that_has_the_digest()
    {
        _folder.Write("model/weights", "1");
        var manifest = (await RunAsync(_folder.At("model"), "--manifest")).Output;

        MLOpsGovernance.Evidence.Digest.Sha256(System.Text.Encoding.UTF8.GetBytes(manifest)).ShouldBe((await RunAsync(_folder.At("model"))).Output.Trim());
    }

    [Fact]
    public async Task Describes_the_artifact_for_programs()
    {
        _folder.Write("model/weights", "12345");

        var json = JsonNode.Parse((await RunAsync(_folder.At("model"), "-o", "json")).Output)!;

        json["kind"]!.GetValue<string>().ShouldBe("directory");
        json["size"]!.GetValue<long>().ShouldBe(5);
        json["files"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_what_no_digest_can_stand_for()
    {
        Directory.CreateDirectory(_folder.At("empty"));
        File.CreateSymbolicLink(_folder.At("link"), _folder.Write("target", "1"));

        foreach (var (path, code) in new[] { ("missing", ArtifactRefusals.NotFound), ("empty", ArtifactRefusals.Empty), ("link", ArtifactRefusals.SymbolicLink) })
        {
            var ended = await RunAsync(_folder.At(path));
            ended.ExitCode.ShouldBe(2);
            ended.Output.ShouldBeEmpty();
            ended.Error.ShouldContain(code);
        }
    }

    public void Dispose() => _folder.Dispose();

    // No server and no token: none is needed.
    private static Task<Ended> RunAsync(string path, params string[] options) =>
        CommandLine.RunAsync((output, error) => new(output, error) { Variable = _ => null }, ["digest", path, .. options]);
}
