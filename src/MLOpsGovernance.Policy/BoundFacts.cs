using MLOpsGovernance.Policy.Cel.Values;
using MLOpsGovernance.Policy.Facts;

namespace MLOpsGovernance.Policy;

/// <summary>Facts that one policy set has read, for whoever asks it more than once about them. Immutable; safe for any number of threads.</summary>
public sealed class BoundFacts
{
    private readonly PolicySet _set;
    private readonly CelValue[] _values;
    private readonly string? _problem;

    internal BoundFacts(PolicySet set, CelValue[] values, string? problem) => (_set, _values, _problem) = (set, values, problem);

    public bool IsBoundBy(PolicySet set) => ReferenceEquals(_set, set);

    /// <summary>The facts of the query as that set reads them: those that are bound, where it bound them.</summary>
    internal static (CelValue[] Values, string? Problem) Of(PolicySet set, PolicyQuery query, bool[] read) =>
        query.Bound is { } bound && bound.IsBoundBy(set) ? (bound._values, bound._problem) : FactReader.Read(query.Facts.Span, set.Facts, read);
}
