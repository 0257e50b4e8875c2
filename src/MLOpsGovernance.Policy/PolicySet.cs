using MLOpsGovernance.Policy.Facts;

namespace MLOpsGovernance.Policy;

/// <summary>Policies, fact schema and catalogues that were checked together and hold together. Immutable; safe for any number of threads.</summary>
public sealed class PolicySet
{
    private PolicySet(string digest, IReadOnlyList<PolicyFile> files) => (Digest, Files) = (digest, files);

    /// <summary>SHA-256 of the canonical JSON of <c>[[path, digest], …]</c> over every file of the set, catalogues included, tests excluded.</summary>
    public string Digest { get; }

    public IReadOnlyList<PolicyFile> Files { get; }

    public IReadOnlyList<PolicyDocument> Policies { get; } = [];

    public FactSchema Facts { get; } = FactSchema.Empty;

    /// <summary>Never throws on bad content: everything wrong with it comes back as errors with file, line and column.</summary>
    public static PolicySetLoad Load(IEnumerable<PolicyFile> files) =>
        new(null, [new("", 1, 1, "set.not-loaded", "Policy documents cannot be read yet.")], []);

    /// <summary>Every <c>*.yaml</c> below the folder, in ordinal order of the paths.</summary>
    public static IReadOnlyList<PolicyFile> ReadFolder(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Select(file => new PolicyFile(Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText(file)))
            .OrderBy(file => file.Path, StringComparer.Ordinal)];

    public PolicyVerdict Evaluate(PolicyQuery query) => new(PolicyOutcome.Error, Policies.Count > 0, [], new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Whether any policy reads that top-level fact, so that facts nobody reads need not be collected.</summary>
    public bool Reads(string fact) => Facts.Names.Contains(fact, StringComparer.Ordinal);
}
