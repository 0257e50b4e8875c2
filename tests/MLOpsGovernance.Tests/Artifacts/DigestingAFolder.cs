using System.Security.Cryptography;
using System.Text;
using MLOpsGovernance.Evidence.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Artifacts;

public sealed class DigestingAFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Is_the_SHA_256_of_its_manifest()
    {
        _folder.Write("variables/variables.index", "");
        _folder.Write("saved_model.pb", "abc");

        var artifact = await MeasureAsync();

        artifact.Manifest.ShouldBe(
            """
            mlgov-artifact-manifest-v1
            ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3 saved_model.pb
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 variables/variables.index

            """);
        artifact.Digest.ShouldBe("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(artifact.Manifest!))));
        artifact.Kind.ShouldBe(ArtifactKind.Directory);
        artifact.Size.ShouldBe(3);
    }

    [Fact]
    public async Task Orders_paths_by_their_UTF_8_bytes()
    {
        // UTF-16 puts 😀 (D83D) before ～ (FF5E), a culture puts 'a' before 'B', and '.' comes before '/'.
        string[] ordered = ["B", "a", "a.x", "a/x", "é", "～", "😀"];
        foreach (var path in ordered.Where(path => path is not "a").Reverse()) _folder.Write(path, path);

        (await MeasureAsync()).Files.Select(file => file.Path).ShouldBe(ordered.Where(path => path is not "a"));
    }

    [Fact]
    public async Task Counts_hidden_files()
    {
        _folder.Write("model.bin", "weights");
        _folder.Write(".git/config", "x");
        _folder.Write(".config.json", "{}");

        (await MeasureAsync()).Files.Select(file => file.Path).ShouldBe([".config.json", ".git/config", "model.bin"]);
    }

    [Fact]
    public async Task Leaves_empty_folders_out()
    {
        _folder.Write("saved_model.pb", "graph");
        var without = await MeasureAsync();
        Directory.CreateDirectory(_folder.At("assets/deeper"));

        (await MeasureAsync()).Digest.ShouldBe(without.Digest);
    }

    [Fact]
    public async Task Takes_names_that_differ_only_in_case_or_in_normalisation_as_two()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other file systems fold such names");
        foreach (var name in (string[])["model.bin", "Model.bin", "caf\u00e9", "cafe\u0301"]) _folder.Write(name, "x");

        (await MeasureAsync()).Files.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Is_the_same_with_a_separator_at_the_end_or_dots_in_the_path()
    {
        _folder.Write("m/model.bin", "weights");
        var plain = (await ArtifactDigest.ComputeAsync(_folder.At("m"), TestContext.Current.CancellationToken)).Digest;

        foreach (var spelling in (string[])["m/", "m/.", "./m", "m/../m//"])
            (await ArtifactDigest.ComputeAsync(_folder.At(spelling), TestContext.Current.CancellationToken)).Digest.ShouldBe(plain, spelling);
    }

    [Fact]
    public async Task Is_the_same_wherever_the_folder_lies_and_whatever_it_is_called()
    {
        _folder.Write("here/a/model.bin", "weights");
        var here = await ArtifactDigest.ComputeAsync(_folder.At("here"), TestContext.Current.CancellationToken);
        Directory.CreateDirectory(_folder.At("over"));
        Directory.Move(_folder.At("here"), _folder.At("over/there"));

        (await ArtifactDigest.ComputeAsync(_folder.At("over/there"), TestContext.Current.CancellationToken)).Digest.ShouldBe(here.Digest);
    }

    private Task<MeasuredArtifact> MeasureAsync() => ArtifactDigest.ComputeAsync(_folder.Path, TestContext.Current.CancellationToken);
}
