using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>What every document states: its version of the format and its kind.</summary>
internal static class DocumentHead
{
    public const string ApiVersion = "governance.mlops/v1";
    public const string Policy = "Policy", FactSchema = "FactSchema", Frameworks = "Frameworks", Waiver = "Waiver", PolicyTest = "PolicyTest", EvidenceKinds = "EvidenceKinds", Purposes = "Purposes",
        PolicySet = "PolicySet";

    /// <summary>Kinds that this library does not read, but that hold together with the policies and count in the set's digest.</summary>
    public static readonly string[] Catalogues =
        [Frameworks, Purposes, EvidenceKinds, "Environments", "Roles", "RiskClasses", "Sensitivities", "LegalBases", "DataCategories", "Obligations"];

    private static readonly string[] Kinds = [Policy, FactSchema, Waiver, PolicyTest, PolicySet, .. Catalogues];

    /// <summary>The kind, or null with an error.</summary>
    public static string? Read(string file, YamlNode node, Diagnostics diagnostics)
    {
        if (Section.Open(file, node, "A document", diagnostics, null) is not { } head) return null;
        if (head.Scalar("apiVersion") is { } version && version.Text != ApiVersion)
            head.Error(version, "document.version", $"'apiVersion' must be {ApiVersion}, not '{version.Text}'.");
        if (head.Scalar("kind") is not { } kind) return null;
        if (Kinds.Contains(kind.Text, StringComparer.Ordinal)) return kind.Text;
        head.Error(kind, "document.kind", $"'{kind.Text}' is no kind of document; the kinds are {string.Join(", ", Kinds)}.", Spelling.Nearest(kind.Text, Kinds));
        return null;
    }
}
