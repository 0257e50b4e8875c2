using CsCheck;
using MLOpsGovernance.Evidence.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Artifacts;

/// <summary>For any tree of files; the trees are real ones on disk.</summary>
public sealed class TheDigestOfAFolder
{
    private const int Trees = 100;

    [Fact]
    public Task Changes_when_a_byte_does() => ChangesAsync((tree, pick) =>
    {
        var (path, bytes) = tree.ElementAt(pick % tree.Count);
        if (bytes.Length == 0) return false;
        bytes = [.. bytes];
        bytes[pick % bytes.Length] ^= (byte)(1 << (pick % 8));
        tree[path] = bytes;
        return true;
    });

    [Fact]
    public Task Changes_when_a_byte_is_added_at_the_end() => ChangesAsync((tree, pick) =>
    {
        var (path, bytes) = tree.ElementAt(pick % tree.Count);
        tree[path] = [.. bytes, 0];
        return true;
    });

    [Fact]
    public Task Changes_when_a_file_is_renamed() => ChangesAsync((tree, pick) =>
    {
        var (path, bytes) = tree.ElementAt(pick % tree.Count);
        tree.Remove(path);
        tree.Add(path + "2", bytes);
        return true;
    });

    [Fact]
    public Task Changes_when_a_file_moves_to_another_folder() => ChangesAsync((tree, pick) =>
    {
        var (path, bytes) = tree.ElementAt(pick % tree.Count);
        tree.Remove(path);
        tree.Add($"moved/{Path.GetFileName(path)}", bytes);
        return true;
    });

    [Fact]
    public Task Changes_when_two_files_swap_their_contents() => ChangesAsync((tree, pick) =>
    {
        var (left, right) = (tree.ElementAt(pick % tree.Count), tree.ElementAt((pick + 1) % tree.Count));
        (tree[left.Key], tree[right.Key]) = (right.Value, left.Value);
        return !left.Value.AsSpan().SequenceEqual(right.Value);
    });

    [Fact]
    public Task Changes_when_a_file_is_added_even_an_empty_one() => ChangesAsync((tree, _) =>
    {
        tree.Add("added", []);
        return true;
    });

    [Fact]
    public Task Changes_when_a_file_is_removed() => ChangesAsync((tree, pick) =>
    {
        tree.Remove(tree.ElementAt(pick % tree.Count).Key);
        return tree.Count > 0;
    });

    [Fact]
    public async Task Changes_when_the_end_of_one_file_becomes_the_start_of_the_next() =>
        (await DigestAsync(Tree([1, 2], [3])) == await DigestAsync(Tree([1], [2, 3]))).ShouldBeFalse();

    [Fact]
    public async Task Does_not_change_with_the_order_of_creation_and_the_times() => await TreesOfFiles.Any.SampleAsync(
        async tree => await DigestAsync(tree) == await DigestAsync(tree.Reverse().ToDictionary(StringComparer.Ordinal), DateTime.UnixEpoch),
        iter: Trees,
        threads: 1);

    private static Dictionary<string, byte[]> Tree(byte[] a, byte[] b) => new(StringComparer.Ordinal) { ["a"] = a, ["b"] = b };

    private static async Task ChangesAsync(Func<Dictionary<string, byte[]>, int, bool> change)
    {
        var changed = 0;
        await Gen.Select(TreesOfFiles.Any, Gen.Int[0, 1000]).SampleAsync(
            async (tree, pick) =>
            {
                var other = new Dictionary<string, byte[]>(tree, StringComparer.Ordinal);
                if (!change(other, pick)) return true;
                changed++;
                return await DigestAsync(tree) != await DigestAsync(other);
            },
            iter: Trees,
            threads: 1);
        changed.ShouldBeGreaterThan(Trees / 4);
    }

    private static async Task<string> DigestAsync(Dictionary<string, byte[]> tree, DateTime? time = null)
    {
        using var folder = new TemporaryFolder();
        foreach (var (path, bytes) in tree)
        {
            var full = folder.Write(path, bytes);
            if (time is { } at) File.SetLastWriteTimeUtc(full, at);
        }

        return (await ArtifactDigest.ComputeAsync(folder.Path)).Digest;
    }
}
