using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>Lists taken as sets, by the language's equality.</summary>
internal static class SetFunctions
{
    // The comparisons charge themselves; this is what they can come to.
    private static readonly WorstCaseRule Pairs = static e =>
        2 * (e[0].Size + e[1].Size) + OperatorCost.Product(OperatorCost.Product(e[0].Size, e[1].Size), 2 * Math.Min(OperatorCost.Weight(e[0].Items), OperatorCost.Weight(e[1].Items)));

    public static void AddTo(LibraryBuilder library) => library
        .Global("sets.contains(list(A), list(A)): bool", static (meter, a) => Contains(meter, a[0].List, a[1].List), worst: Pairs)
        .Global("sets.equivalent(list(A), list(A)): bool", static (meter, a) =>
            Contains(meter, a[0].List, a[1].List) is { IsTrue: false } no ? no : Contains(meter, a[1].List, a[0].List), worst: Pairs)
        .Global("sets.intersects(list(A), list(A)): bool", static (meter, a) => Intersects(meter, a[0].List, a[1].List), worst: Pairs);

    private static CelValue Contains(Meter meter, CelList all, CelList some)
    {
        foreach (ref readonly var item in some.Items)
        {
            var found = Access.In(meter, item, CelValue.Of(all));
            if (!found.IsTrue) return found;
        }

        return CelValue.True;
    }

    private static CelValue Intersects(Meter meter, CelList a, CelList b)
    {
        foreach (ref readonly var item in a.Items)
        {
            var found = Access.In(meter, item, CelValue.Of(b));
            if (!found.IsFalse) return found;
        }

        return CelValue.False;
    }
}
