using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Descriptors;

/// <summary>A version is known by its artifact or by its descriptor, never by both: the model's origin says by which.</summary>
internal static class DescriptorRules
{
    internal static Decision? Unfit(Model model, ModelDescriptor? descriptor) => (model.Origin, descriptor) switch
    {
        (ModelOrigin.Internal, null) => null,
        (ModelOrigin.Internal, _) => Unprocessable("descriptor-not-allowed", $"{model.Name} is made here: register the digest of its artifact, not a descriptor."),
        (_, null) => Unprocessable("descriptor-required", $"{model.Name} comes from outside ({model.Origin}): its versions are registered by a descriptor, not by an artifact digest."),
        (_, { Supplier: var supplier }) when string.IsNullOrWhiteSpace(supplier) => Unprocessable("descriptor-without-supplier", "A descriptor names its supplier: somebody answers for what cannot be looked into."),
        _ => null,
    };
}
