using System.Text.Json.Serialization;

namespace MLOpsGovernance.Domain.Descriptors;

/// <summary>
/// What stands for a version of a model that nobody here has the file of: bought from a vendor, or called at a supplier's address. Its canonical JSON
/// (RFC 8785, what is absent left out) has the digest that approvals, checks and deployments go by; a supplier's change is another digest, and so a new version.
/// </summary>
/// <param name="Supplier">Who makes it.</param>
/// <param name="Product">The supplier's name for it.</param>
/// <param name="ProductVersion">The supplier's name for this version of it.</param>
/// <param name="Endpoint">Where it is called.</param>
/// <param name="Contract">The contract it is used under.</param>
/// <param name="ConfigurationDigests">Digests of the settings it is used with.</param>
/// <param name="PromptDigests">Digests of the prompts it is used with.</param>
/// <param name="SupplierEvidence">What the supplier has shown about it.</param>
public sealed record ModelDescriptor(
    string Supplier, string Product, string? ProductVersion = null, string? Endpoint = null, string? Contract = null, IReadOnlyList<string>? ConfigurationDigests = null,
    IReadOnlyList<string>? PromptDigests = null, IReadOnlyList<SupplierEvidence>? SupplierEvidence = null)
{
    private static readonly char[] Joints = ['-', ':', '/', '@', ' ', '_'];

    /// <summary>Whether it names one version: what a supplier may change behind the name (none, <c>latest</c>, <c>2.*</c>) pins nothing.</summary>
    [JsonIgnore]
    public bool IsPinned =>
        !string.IsNullOrWhiteSpace(ProductVersion) && !ProductVersion.Contains('*', StringComparison.Ordinal)
        && !ProductVersion.Split(Joints).Contains("latest", StringComparer.OrdinalIgnoreCase);
}

/// <param name="Kind">For example <c>model-card</c> or <c>soc-2-report</c>.</param>
public sealed record SupplierEvidence(string Kind, string Digest);
