using System.Runtime.CompilerServices;

namespace MLOpsGovernance.Server.Tests;

/// <summary>
/// Pins what others rely on. The approved file lies beside the test; on a difference what was received is written beside it, and
/// whoever means the change puts the one in place of the other.
/// </summary>
internal static class Approved
{
    public static void Matches(string received, string name, string extension, [CallerFilePath] string test = "")
    {
        var file = Beside(test, $"{name}.approved.{extension}");
        var beside = file.Replace(".approved.", ".received.", StringComparison.Ordinal);
        received = received.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == received)
        {
            File.Delete(beside);
            return;
        }

        File.WriteAllText(beside, received);
        var approved = File.Exists(file) ? File.ReadAllLines(file) : [];
        var differs = received.Split('\n').Zip(approved).FirstOrDefault(p => p.First != p.Second);
        Assert.Fail($"{Path.GetFileName(file)} does not hold any more. Received: '{differs.First}', approved: '{differs.Second}'. All of it is in {Path.GetFileName(beside)}; if the change is meant, put it in the approved file's place.");
    }

    /// <summary>The approved text itself, for tests that go on from it.</summary>
    public static string Text(string name, string extension, [CallerFilePath] string test = "") => File.ReadAllText(Beside(test, $"{name}.approved.{extension}"));

    /// <summary>A file or folder beside the test's source.</summary>
    public static string Beside(string test, string name) =>
        InRepository(Path.Combine("tests", "MLOpsGovernance.Server.Tests", Path.GetFileName(Path.GetDirectoryName(test))!, name));

    public static string InRepository(string path) => Path.Combine(Root(), path);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MLOpsGovernance.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("MLOpsGovernance.sln is not above the tests.");
    }
}
