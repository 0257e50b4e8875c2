using System.Collections.Concurrent;
using System.Text;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Server.Policies;

/// <summary>Runs the tests that come with a set. The same set with the same tests gives the same results, so it is not done twice; forgetting is harmless.</summary>
internal static class PolicyTestRuns
{
    private const int Most = 16, MostShown = 20;
    private static readonly ConcurrentDictionary<string, Lazy<PolicyTestSummary>> Known = new(StringComparer.Ordinal);

    /// <param name="files">The set's own files, its tests, and the waivers that they use.</param>
    public static PolicyTestSummary Of(PolicySet set, IReadOnlyList<PolicyFile> files)
    {
        if (Known.Count >= Most) Known.Clear();
        return Known.GetOrAdd(DigestOf(files), _ => new(() => Run(set, files))).Value;
    }

    private static PolicyTestSummary Run(PolicySet set, IReadOnlyList<PolicyFile> files)
    {
        var tests = files.Where(IsTest).ToList();
        var results = tests.SelectMany(test => PolicyTests.Run(set, test, files)).ToList();
        var failed = results.Where(r => !r.Passed).ToList();
        return new(tests.Count, results.Count, failed.Count, [.. failed.Take(MostShown).Select(Words)]);
    }

    public static bool IsTest(PolicyFile file) => file.Path.EndsWith(".test.yaml", StringComparison.Ordinal);

    private static string Words(PolicyTestResult result) =>
        $"{result.File}({result.Line},{result.Column}){(result.Name.Length == 0 ? "" : $" {result.Name}")}: {result.Error?.Message ?? string.Join("; ", result.Failures)}";

    private static string DigestOf(IReadOnlyList<PolicyFile> files)
    {
        var text = new StringBuilder();
        foreach (var file in files.OrderBy(f => f.Path, StringComparer.Ordinal)) text.Append(file.Path).Append('\0').Append(file.Text).Append('\0');
        return Digest.Sha256(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
