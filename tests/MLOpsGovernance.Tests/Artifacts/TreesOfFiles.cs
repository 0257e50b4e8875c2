using CsCheck;

namespace MLOpsGovernance.Tests.Artifacts;

internal static class TreesOfFiles
{
    private static readonly Gen<string> Name =
        Gen.OneOf("model", "Model", "a", "a.x", "b c", " lead", "-n", "%s", "$HOME", "'quoted'", "*", "é", "e\u0301", "～", "😀", ".hidden");

    /// <summary>One to eight files at paths up to three levels deep; no path is both a file and a folder.</summary>
    public static readonly Gen<Dictionary<string, byte[]>> Any =
        Gen.Select(Name.Array[1, 3], Gen.Byte.Array[0, 40], static (names, bytes) => (Path: string.Join('/', names), Bytes: bytes))
            .Array[1, 8]
            .Select(static files =>
            {
                var tree = new Dictionary<string, byte[]>(StringComparer.Ordinal);
                foreach (var (path, bytes) in files)
                {
                    if (!tree.Keys.Any(other => Collide(path, other))) tree[path] = bytes;
                }

                return tree;
            });

    public static bool Collide(string path, string other) =>
        path == other
        || path.StartsWith(other + '/', StringComparison.Ordinal)
        || other.StartsWith(path + '/', StringComparison.Ordinal);
}
