using MLOpsGovernance.Evidence.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Artifacts;

public sealed class AnArtifactThatChangesWhileItIsRead : IDisposable
{
    private const int Size = 256 * 1024 * 1024; // reading takes far longer than the time between two changes

    private static readonly TimeSpan BetweenChanges = TimeSpan.FromMilliseconds(10);

    private readonly TemporaryFolder _folder = new();

    public AnArtifactThatChangesWhileItIsRead() => CreateWeights("weights.bin");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Is_refused_when_the_file_grows() => IsRefusedWhileAsync(_folder.At("weights.bin"), "weights.bin", _ =>
    {
        using var file = OpenForWriting();
        file.Seek(0, SeekOrigin.End);
        file.WriteByte(1);
    });

    [Fact]
    public Task Is_refused_when_a_byte_is_written_in_place_and_the_time_set_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems are asked for length and times only");
        var weights = _folder.At("weights.bin");
        File.SetLastWriteTimeUtc(weights, DateTime.UnixEpoch);
        return IsRefusedWhileAsync(weights, "weights.bin", round =>
        {
            using (var file = OpenForWriting()) file.WriteByte((byte)round);
            File.SetLastWriteTimeUtc(weights, DateTime.UnixEpoch);
        });
    }

    [Fact]
    public Task Is_refused_when_the_file_is_replaced_by_another() => IsRefusedWhileAsync(_folder.At("weights.bin"), "weights.bin", round =>
    {
        CreateWeights("other.bin");
        File.Move(_folder.At("other.bin"), _folder.At("weights.bin"), overwrite: true);
    });

    [Fact]
    public async Task Is_refused_when_a_link_above_it_is_switched_to_another_release()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mv -T, the switch without a gap, is GNU's");
        await SwitchToAsync(-1);
        await IsRefusedWhileAsync(_folder.At("current/weights.bin"), "current/weights.bin", SwitchToAsync);

        async Task SwitchToAsync(int release)
        {
            Directory.CreateDirectory(_folder.At($"release{release}"));
            CreateWeights($"release{release}/weights.bin");
            await Shell.RunAsync($"ln -s release{release} next && mv -T next current", _folder.Path);
        }
    }

    [Fact]
    public Task Is_refused_when_a_file_is_added_to_the_folder() =>
        IsRefusedWhileAsync(_folder.Path, _folder.Path, round => _folder.Write($"added/{round}.bin", "x"));

    private void CreateWeights(string path)
    {
        using var weights = File.Create(_folder.At(path));
        weights.SetLength(Size);
    }

    private FileStream OpenForWriting() => new(_folder.At("weights.bin"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

    private static Task IsRefusedWhileAsync(string artifact, string named, Action<int> change) => IsRefusedWhileAsync(artifact, named, round =>
    {
        change(round);
        return Task.CompletedTask;
    });

    private static async Task IsRefusedWhileAsync(string artifact, string named, Func<int, Task> change)
    {
        using var measured = new CancellationTokenSource();
        var changing = Task.Run(async () =>
        {
            for (var round = 0; !measured.IsCancellationRequested; round++)
            {
                await change(round);
                await Task.Delay(BetweenChanges);
            }
        });
        try
        {
            var refused = await Should.ThrowAsync<ArtifactRefusedException>(() => ArtifactDigest.ComputeAsync(artifact, TestContext.Current.CancellationToken));

            refused.Code.ShouldBe(ArtifactRefusals.Changed);
            refused.Message.ShouldContain(named);
        }
        finally
        {
            await measured.CancelAsync();
            await changing;
        }
    }
}
