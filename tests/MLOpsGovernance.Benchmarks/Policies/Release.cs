using System.Text;
using System.Text.Json;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Benchmarks.Policies;

/// <summary>A release as both engines see it: as objects, and as the JSON of the same objects.</summary>
internal static class Release
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public sealed record Model(string Id, string Risk, int Tier, IReadOnlyList<string> Authors);

    public sealed record Version(int Number, string ArtifactDigest, bool Suspended);

    public sealed record Approval(string Actor, string Role, string Outcome, string ArtifactDigest, bool Revoked, DateTimeOffset At);

    public sealed record Dataset(string Name, string Sensitivity, bool Complete, bool Withdrawn, IReadOnlyList<string> Purposes);

    public sealed record Facts(Model Model, Version Version, IReadOnlyList<Approval> Approvals, IReadOnlyList<Dataset> Datasets);

    public static Facts Sample { get; } = new(
        new("credit-scoring", "high", 2, ["user:ann", "user:bob"]), new(7, "sha256:aa", false),
        [.. Enumerable.Range(0, 4).Select(static i => new Approval($"user:{i}", i % 2 == 0 ? "model-validator" : "ai-risk-officer", "approved", i == 3 ? "sha256:aa" : "sha256:bb", false, new(2026, 8, 9, 8, 0, 0, TimeSpan.Zero)))],
        [.. Enumerable.Range(0, 5).Select(static i => new Dataset($"data-{i}", "confidential", true, false, ["credit-risk", "reporting"]))]);

    public static byte[] Json { get; } = JsonSerializer.SerializeToUtf8Bytes(Sample, Options);

    private const string Schema = """
        apiVersion: governance.mlops/v1
        kind: FactSchema
        metadata: {name: release, version: 1.0.0}
        spec:
          defaults: {maxItems: 20, maxLength: 128}
          types:
            Model: {fields: {id: {type: string}, risk: {type: string}, tier: {type: int}, authors: {type: list(string)}}}
            Version: {fields: {number: {type: int}, artifactDigest: {type: string}, suspended: {type: bool}}}
            Approval: {fields: {actor: {type: string}, role: {type: string}, outcome: {type: string}, artifactDigest: {type: string}, revoked: {type: bool}, at: {type: timestamp}}}
            Dataset: {fields: {name: {type: string}, sensitivity: {type: string}, complete: {type: bool}, withdrawn: {type: bool}, purposes: {type: list(string)}}}
          facts: {model: {type: Model}, version: {type: Version}, approvals: {type: list(Approval)}, datasets: {type: list(Dataset)}}
        """;

    public static PolicySet Set(IReadOnlyList<string> rules)
    {
        var policy = new StringBuilder("""
            apiVersion: governance.mlops/v1
            kind: Policy
            metadata: {name: release, version: 1.0.0, title: Release, owner: nobody, severity: low}
            spec:
              match: {}
              enforcement: {default: mandatory}
              rules:

            """);
        for (var i = 0; i < rules.Count; i++)
            policy.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"    - {{id: R-{i}, title: t, message: m, remediation: r, controls: [{{framework: f, ref: r}}], expression: \"{rules[i]}\"}}");
        var load = PolicySet.Load([new("schema.yaml", Schema), new("release.yaml", policy.ToString())]);
        return load.Set ?? throw new InvalidOperationException(load.Errors[0].ToString());
    }

    public static PolicyQuery Query { get; } = new("deploy", "production", true, Json, new(2026, 8, 10, 12, 0, 0, TimeSpan.Zero));
}
