using MLOpsGovernance.Evidence.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Artifacts;

public sealed class AnArtifactThatChangesWhileItIsRead : IDisposable
{
    private const int Size = 256 * 1024 * 1024; // long enough to read that many changes fall in between

    private readonly TemporaryFolder _folder = new();

    public AnArtifactThatChangesWhileItIsRead()
    {
        using var weights = File.Create(_folder.At("weights.bin"));
        weights.SetLength(Size);
    }

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
        var time = File.GetLastWriteTimeUtc(_folder.At("weights.bin"));
        return IsRefusedWhileAsync(_folder.At("weights.bin"), "weights.bin", round =>
        {
            using (var file = OpenForWriting()) file.WriteByte((byte)round);
            File.SetLastWriteTimeUtc(_folder.At("weights.bin"), time);
        });
    }

    [Fact]
    public Task Is_refused_when_the_file_is_replaced_by_another() => IsRefusedWhileAsync(_folder.At("weights.bin"), "weights.bin", round =>
    {
        using (var file = File.Create(_folder.At("other.bin"))) file.SetLength(Size);
        File.Move(_folder.At("other.bin"), _folder.At("weights.bin"), overwrite: true);
    });

    [Fact]
    public Task Is_refused_when_a_file_is_added_to_the_folder() =>
        IsRefusedWhileAsync(_folder.Path, _folder.Path, round => _folder.Write($"added/{round}.bin", "x"));

    private FileStream OpenForWriting() => new(_folder.At("weights.bin"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

    private static async Task IsRefusedWhileAsync(string artifact, string named, Action<int> change)
    {
        using var measured = new CancellationTokenSource();
        var changing = Task.Run(async () =>
        {
            for (var round = 0; !measured.IsCancellationRequested; round++)
            {
                change(round);
                await Task.Delay(1);
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
