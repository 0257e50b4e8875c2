using MLOpsGovernance.Policy.Waivers;

namespace MLOpsGovernance.Policy;

/// <summary>One question to a policy set. The same query to the same set gives the same verdict, to the byte.</summary>
/// <param name="Action">What is about to happen: <c>deploy</c>, <c>promote</c>, <c>rollback</c>.</param>
/// <param name="Environment">Where it is about to happen.</param>
/// <param name="Gated">Whether the environment demands a policy: with no mandatory rule judged, the answer is deny.</param>
/// <param name="Facts">One JSON object in UTF-8, at most 1 MiB, typed by the set's fact schema.</param>
/// <param name="Now">The one clock of the decision: the variable <c>now</c>, and the instant that waivers are judged at.</param>
/// <param name="Waivers">Every waiver that might apply; which of them do is decided here.</param>
public sealed record PolicyQuery(
    string Action, string Environment, bool Gated, ReadOnlyMemory<byte> Facts, DateTimeOffset Now, IReadOnlyList<Waiver>? Waivers = null)
{
    /// <summary>The same facts, read already by <see cref="PolicySet.Bind"/>; another set than the one that read them reads <see cref="Facts"/> itself.</summary>
    public BoundFacts? Bound { get; init; }
}
