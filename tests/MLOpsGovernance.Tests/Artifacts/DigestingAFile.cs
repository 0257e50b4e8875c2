using MLOpsGovernance.Evidence.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Artifacts;

public sealed class DigestingAFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")] // FIPS 180-4, example 1
    public async Task Is_the_SHA_256_of_its_bytes(string text, string sha256)
    {
        var artifact = await ArtifactDigest.ComputeAsync(_folder.Write("model.bin", text), Stop);

        artifact.Digest.ShouldBe($"sha256:{sha256}");
        artifact.Kind.ShouldBe(ArtifactKind.File);
        artifact.Size.ShouldBe(text.Length);
        artifact.Files.ShouldBe([new("model.bin", text.Length, sha256)]);
        artifact.Manifest.ShouldBeNull();
    }

    [Fact]
    public async Task Is_what_sha256sum_prints_when_it_takes_several_reads()
    {
        var bytes = new byte[(3 * 1024 * 1024) + 17];
        new Random(1).NextBytes(bytes);
        var path = _folder.Write("weights.bin", bytes);

        (await Shell.RunAsync("sha256sum < weights.bin", _folder.Path)).ShouldStartWith((await ArtifactDigest.ComputeAsync(path, Stop)).Digest["sha256:".Length..]);
    }

    [Fact]
    public async Task Reaches_the_end_of_a_file_over_2_GiB()
    {
        var path = _folder.At("large.bin");
        await using (var file = File.Create(path)) file.SetLength(int.MaxValue + 2L); // a hole: it takes no room on disk

        var artifact = await ArtifactDigest.ComputeAsync(path, Stop);

        artifact.Digest.ShouldBe("sha256:b8030a8ab89280935633d8d991da3d9907c0f12e8b6fc3bfc515f4d440872b6e"); // by coreutils
        artifact.Size.ShouldBe(2_147_483_649);
    }

    [Fact]
    public async Task Does_not_depend_on_its_name_its_times_or_its_permissions()
    {
        var here = _folder.Write("a/model.zip", "weights");
        var there = _folder.Write("b/other.zip", "weights");
        File.SetLastWriteTimeUtc(there, DateTime.UnixEpoch);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(there, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        (await ArtifactDigest.ComputeAsync(there, Stop)).Digest.ShouldBe((await ArtifactDigest.ComputeAsync(here, Stop)).Digest);
    }

    [Fact]
    public async Task Stops_when_it_is_cancelled()
    {
        var path = _folder.Write("model.bin", "weights");

        await Should.ThrowAsync<OperationCanceledException>(() => ArtifactDigest.ComputeAsync(path, new CancellationToken(canceled: true)));
    }
}
