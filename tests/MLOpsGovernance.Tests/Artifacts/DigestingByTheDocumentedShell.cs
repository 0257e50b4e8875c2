using System.Text.RegularExpressions;
using CsCheck;
using MLOpsGovernance.Evidence.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Artifacts;

/// <summary>docs/artifact-digests.md, taken at its word.</summary>
public sealed partial class DigestingByTheDocumentedShell : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _page = File.ReadAllText(RepositoryFiles.At("docs", "artifact-digests.md")).ReplaceLineEndings("\n");

    public DigestingByTheDocumentedShell() => Assert.SkipUnless(OperatingSystem.IsLinux(), "the page's commands are GNU's");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Gives_the_digest_of_the_test_vector()
    {
        await Shell.RunAsync(Block("### Test vector", 0), _folder.Path);

        var printed = await Shell.RunAsync(Block("## Computing it with a shell", 0), _folder.Path);
        var artifact = await ArtifactDigest.ComputeAsync(_folder.At("model"), TestContext.Current.CancellationToken);

        artifact.Manifest.ShouldBe(Block("### Test vector", 1));
        artifact.Digest.ShouldBe(Block("### Test vector", 2).TrimEnd());
        $"sha256:{printed.TrimEnd()}".ShouldBe(artifact.Digest);
    }

    [Fact]
    public async Task Gives_our_digest_for_any_tree() => await TreesOfFiles.Any.SampleAsync(
        async tree =>
        {
            using var folder = new TemporaryFolder();
            foreach (var (path, bytes) in tree) folder.Write($"model/{path}", bytes);

            var printed = await Shell.RunAsync(Block("## Computing it with a shell", 0), folder.Path);

            return $"sha256:{printed.TrimEnd()}" == (await ArtifactDigest.ComputeAsync(folder.At("model"))).Digest;
        },
        iter: 40,
        threads: 1);

    [Fact]
    public async Task Gives_the_digest_of_a_file()
    {
        var path = _folder.Write("model.zip", "weights");

        (await ArtifactDigest.ComputeAsync(path, TestContext.Current.CancellationToken)).Digest
            .ShouldBe("sha256:" + (await Shell.RunAsync("sha256sum < model.zip | cut -d' ' -f1", _folder.Path)).TrimEnd());
    }

    private string Block(string heading, int index) =>
        Fence().Matches(_page, _page.IndexOf($"\n{heading}\n", StringComparison.Ordinal))[index].Groups["content"].Value;

    [GeneratedRegex(@"^```(?:sh)?\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fence();
}
