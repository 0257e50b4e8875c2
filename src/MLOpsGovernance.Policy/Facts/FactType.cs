using MLOpsGovernance.Policy.Cel.Types;

namespace MLOpsGovernance.Policy.Facts;

/// <summary>A declared fact or field: its type and what its values are held to.</summary>
/// <param name="MaxItems">Of a list or map.</param>
/// <param name="MaxLength">Of a string, or of the strings inside a list or map, in UTF-16 units.</param>
internal sealed record FactType(CelType Type, bool Optional, long MaxItems, long MaxLength, IReadOnlyList<string>? Enum, double? Minimum, double? Maximum)
{
    public Extent Bounds => Extent.Of(Type, MaxItems, MaxLength);
}
