using System.Net.Sockets;
using MLOpsGovernance.Evidence.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Artifacts;

public sealed class RefusingAnArtifact : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RefusingAnArtifact()
    {
        _folder.Write("outside/secret.bin", "x");
        _folder.Write("model/model.bin", "weights");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Names_the_path_where_nothing_is() => await IsRefusedAsync("no-such-model", ArtifactRefusals.NotFound, "no-such-model");

    [Fact]
    public async Task Happens_beneath_something_that_is_a_file() => await IsRefusedAsync("outside/secret.bin/model", ArtifactRefusals.NotFound, "secret.bin/model");

    [Fact]
    public async Task Happens_to_a_folder_without_a_file()
    {
        Directory.CreateDirectory(_folder.At("empty/assets"));

        await IsRefusedAsync("empty", ArtifactRefusals.Empty, "empty");
    }

    [Theory]
    [InlineData("../outside/secret.bin")]
    [InlineData("../outside")]
    [InlineData("model.bin")] // inside the artifact
    [InlineData(".")]
    [InlineData("nowhere")]
    public async Task Names_the_symbolic_link_in_it(string target)
    {
        File.CreateSymbolicLink(_folder.At("model/link"), target);

        await IsRefusedAsync("model", ArtifactRefusals.SymbolicLink, "model/link");
    }

    [Theory]
    [InlineData("link", "model")]
    [InlineData("link/", "model")]
    [InlineData("link/.", "model")]
    [InlineData("link", "model/model.bin")]
    [InlineData("link", "nowhere")]
    public async Task Happens_when_the_artifact_itself_is_a_symbolic_link(string path, string target)
    {
        File.CreateSymbolicLink(_folder.At("link"), target);

        await IsRefusedAsync(path, ArtifactRefusals.SymbolicLink, "link");
    }

    [Fact]
    public async Task Does_not_happen_for_a_link_above_the_artifact()
    {
        File.CreateSymbolicLink(_folder.At("link"), "model");

        (await ArtifactDigest.ComputeAsync(_folder.At("link/model.bin"), TestContext.Current.CancellationToken)).Size.ShouldBe(7);
    }

    [Fact]
    public async Task Names_the_pipe_in_it_and_does_not_wait_for_a_writer()
    {
        await Shell.RunAsync("mkfifo model/pipe", _folder.Path);

        await IsRefusedAsync("model", ArtifactRefusals.SpecialFile, "model/pipe");
        await IsRefusedAsync("model/pipe", ArtifactRefusals.SpecialFile, "model/pipe");
    }

    [Fact]
    public async Task Names_the_socket_in_it()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.At("model/socket")));

        await IsRefusedAsync("model", ArtifactRefusals.SpecialFile, "model/socket");
    }

    [Fact]
    public async Task Happens_to_a_device() =>
        (await Should.ThrowAsync<ArtifactRefusedException>(() => ArtifactDigest.ComputeAsync("/dev/null", TestContext.Current.CancellationToken)))
            .Code.ShouldBe(ArtifactRefusals.SpecialFile);

    [Theory]
    [InlineData("two\nlines", "two\\u000alines")] // would forge a line of the manifest
    [InlineData("escape\u001b[2J", "escape\\u001b[2J")]
    [InlineData("delete\u007f", "delete\\u007f")]
    [InlineData("next\u0085line", "next\\u0085line")]
    [InlineData("back\\slash", "back\\slash")]
    [InlineData("stand-in\ufffd", "stand-in\ufffd")]
    public async Task Names_the_file_whose_name_no_manifest_can_carry(string name, string shown)
    {
        _folder.Write($"model/{name}", "x");

        await IsRefusedAsync("model", ArtifactRefusals.Name, shown);
    }

    [Fact]
    public async Task Holds_for_the_names_of_folders_too()
    {
        Directory.CreateDirectory(_folder.At("model/a\tb"));

        await IsRefusedAsync("model", ArtifactRefusals.Name, "a\\u0009b");
    }

    [Fact]
    public async Task Happens_when_a_name_is_not_UTF_8()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other file systems have no such names");
        await Shell.RunAsync("""printf x > "model/$(printf 'latin-\351')" """, _folder.Path);

        await IsRefusedAsync("model", ArtifactRefusals.Name, "latin-");

        await Shell.RunAsync("rm model/latin-*", _folder.Path); // the runtime cannot name it to remove it
    }

    [Fact]
    public async Task Says_when_the_operating_system_does_not_let_it_be_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses a file of Linux that nobody can read from its start");

        var refused = await Should.ThrowAsync<ArtifactRefusedException>(() => ArtifactDigest.ComputeAsync("/proc/self/mem", TestContext.Current.CancellationToken));

        refused.Code.ShouldBe(ArtifactRefusals.Unreadable);
        refused.Message.ShouldContain("/proc/self/mem");
    }

    [Fact]
    public async Task Happens_to_a_file_that_holds_more_than_its_size_says()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses a file of Linux that states no size");

        (await Should.ThrowAsync<ArtifactRefusedException>(() => ArtifactDigest.ComputeAsync("/proc/self/status", TestContext.Current.CancellationToken)))
            .Code.ShouldBe(ArtifactRefusals.Changed);
    }

    private async Task IsRefusedAsync(string path, string code, string named)
    {
        var refused = await Should.ThrowAsync<ArtifactRefusedException>(() => ArtifactDigest.ComputeAsync(_folder.At(path), TestContext.Current.CancellationToken));

        refused.Code.ShouldBe(code);
        refused.Message.ShouldContain(named);
        refused.Message.ShouldNotContain('\n');
    }
}
