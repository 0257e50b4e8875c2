using System.Collections.Concurrent;
using System.Text;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Server.Policies;

/// <summary>
/// What was loaded of late, by the content of the files. Compiling some hundred rules costs time and generated code, and the same files come again: from the
/// folder, from the history, in a proposal and when that is adopted.
/// </summary>
internal static class LoadedPolicySets
{
    private const int Most = 16;
    private static readonly ConcurrentDictionary<string, Lazy<PolicySetLoad>> Known = new(StringComparer.Ordinal);

    public static PolicySetLoad Of(IReadOnlyList<PolicyFile> files)
    {
        if (Known.Count >= Most) Known.Clear();
        return Known.GetOrAdd(Fingerprint(files), _ => new(() => PolicySet.Load(files))).Value;
    }

    /// <summary>Of the files as they are, comments and tests included.</summary>
    public static string Fingerprint(IReadOnlyList<PolicyFile> files)
    {
        var text = new StringBuilder();
        foreach (var file in files) text.Append(file.Path).Append('\0').Append(file.Text).Append('\0');
        return Digest.Sha256(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
