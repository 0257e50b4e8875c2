using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy.Documents;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Waivers;

/// <summary>Reads a document of kind Waiver.</summary>
public static class WaiverFile
{
    /// <param name="rolesOf">The roles that a subject held when approving.</param>
    public static (Waiver? Waiver, IReadOnlyList<LoadError> Errors) Read(PolicyFile file, Func<string, IReadOnlyList<string>> rolesOf)
    {
        var diagnostics = new Diagnostics();
        var root = YamlReader.Read(file, diagnostics);
        if (root is not null && DocumentHead.Read(file.Path, root, diagnostics) is { } kind && kind != DocumentHead.Waiver)
            diagnostics.Error(file.Path, root, "document.kind", $"This is a {kind}, not a Waiver.");
        var waiver = root is null || diagnostics.Count > 0 ? null : Read(file.Path, root, diagnostics, rolesOf);
        return diagnostics.Count > 0 ? (null, diagnostics.Errors) : (waiver, []);
    }

    internal static Waiver? Read(string file, YamlNode root, Diagnostics diagnostics, Func<string, IReadOnlyList<string>> rolesOf)
    {
        if (Section.Open(file, root, "A waiver", diagnostics, ["apiVersion", "kind", "metadata", "spec"]) is not { } document) return null;
        var name = document.Map("metadata", ["name"])?.Text("name");
        var spec = document.Map("spec",
            ["policyRef", "ruleIds", "scope", "reason", "ticket", "compensatingControls", "requestedBy", "approvedBy", "approvedAt", "expiresAt"]);
        var policy = spec?.Map("policyRef", ["name", "versions"]);
        var scope = spec?.Map("scope", ["model", "environments", "artifactDigests"]);
        if (spec is null || policy is null || scope is null) return null;

        var rules = spec.Texts("ruleIds", required: true);
        if (rules.Count == 0 && spec.Find("ruleIds") is { } none) spec.Error(none, "waiver.rules", "A waiver names the rules it is for.");
        foreach (var rule in rules)
        {
            if (rule.Contains('*', StringComparison.Ordinal)) spec.Error(spec.Find("ruleIds")!, "waiver.rules", $"'{rule}': a waiver names rules one by one, without wildcards.");
        }

        var (requested, approved) = (spec.Text("requestedBy"), spec.Text("approvedBy"));
        return new(
            name ?? "", Digest.Sha256(CanonicalJson.Of(YamlJson.Utf8(root).AsMemory())), policy.Text("name") ?? "", policy.Text("versions") ?? "", rules,
            new(scope.Text("model", required: false), scope.Has("environments") ? scope.Texts("environments") : null,
                scope.Has("artifactDigests") ? scope.Texts("artifactDigests") : null),
            spec.Text("reason") ?? "", spec.Text("ticket") ?? "", spec.Texts("compensatingControls"),
            requested ?? "", approved ?? "", approved is null ? [] : rolesOf(approved),
            spec.Instant("approvedAt", required: true) ?? default, spec.Instant("expiresAt", required: true) ?? default);
    }
}
