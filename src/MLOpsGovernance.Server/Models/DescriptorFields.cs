using System.Text.Json;
using FluentValidation;
using MLOpsGovernance.Domain.Descriptors;
using MLOpsGovernance.Evidence.Descriptors;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Models;

/// <summary>The shape of a descriptor, and the digest it is known by.</summary>
internal static class DescriptorFields
{
    private const int MostDigests = 100;

    /// <summary>The same as <c>mlgov digest --descriptor</c> prints.</summary>
    public static string DigestOf(ModelDescriptor descriptor) => DescriptorDigest.Of(JsonSerializer.SerializeToUtf8Bytes(descriptor, Json.Lenient));

    public static void Descriptor(InlineValidator<ModelDescriptor> rules)
    {
        rules.RuleFor(d => d.Supplier).Must(s => !string.IsNullOrWhiteSpace(s)).WithErrorCode("descriptor-without-supplier").WithMessage("a descriptor names its supplier.");
        rules.RuleFor(d => d.Supplier).IsText(0, 200);
        rules.RuleFor(d => d.Product).Must(p => !string.IsNullOrWhiteSpace(p)).WithErrorCode("descriptor-without-product").WithMessage("a descriptor names the supplier's product.");
        rules.RuleFor(d => d.Product).IsText(0, 200);
        rules.RuleFor(d => d.ProductVersion).IsText(0, 128);
        rules.RuleFor(d => d.Endpoint).Must(IsAddress).WithErrorCode("invalid-endpoint").WithMessage("an endpoint is an absolute http or https address of at most 1000 characters, without credentials or a query.");
        rules.RuleFor(d => d.Contract).IsReference();
        rules.RuleFor(d => d.ConfigurationDigests).Must(d => d is null || d.Count <= MostDigests).WithMessage($"at most {MostDigests} digests.");
        rules.RuleForEach(d => d.ConfigurationDigests).IsDigest();
        rules.RuleFor(d => d.PromptDigests).Must(d => d is null || d.Count <= MostDigests).WithMessage($"at most {MostDigests} digests.");
        rules.RuleForEach(d => d.PromptDigests).IsDigest();
        rules.RuleFor(d => d.SupplierEvidence).Must(e => e is null || e.Count <= MostDigests).WithMessage($"at most {MostDigests} pieces of evidence.");
        rules.RuleForEach(d => d.SupplierEvidence).ChildRules(e =>
        {
            e.RuleFor(x => x.Kind).IsName();
            e.RuleFor(x => x.Digest).IsDigest();
        });
    }

    /// <summary>What is registered stays in the log for good, so nothing that opens a door may be in it.</summary>
    private static bool IsAddress(string? endpoint) =>
        endpoint is null || (endpoint.Length <= 1000 && endpoint.All(c => c is > ' ' and <= '~') && Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0);
}
