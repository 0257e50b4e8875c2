using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>The lists extension, and sum, min and max.</summary>
internal static class ListFunctions
{
    public const long LongestRange = 10_000_000;

    private static readonly CostRule Linear = static sizes => 1 + sizes[0];
    private static readonly ExtentRule Same = static e => e[0];

    public static void AddTo(LibraryBuilder library)
    {
        library
            .Member("list(A).distinct(): list(A)", static (meter, a) => Distinct(meter, a[0].List), Linear, Same, DistinctWork)
            .Member("list(A).reverse(): list(A)", static (_, a) => Reverse(a[0].List), Linear, Same)
            .Member("list(A).slice(int, int): list(A)", static (_, a) => Slice(a[0].List, a[1].Int, a[2].Int), Linear, Same)
            .Member("list(list(A)).flatten(): list(A)", static (meter, a) => Flatten(meter, a[0].List, 1), Linear, Flattened, static e => Flattened(e).Size * 2)
            .Member("list(A).flatten(): list(A)", static (meter, a) => Flatten(meter, a[0].List, 1), Linear, Flattened, static e => Flattened(e).Size * 2)
            .Member("list(dyn).flatten(int): list(dyn)", static (meter, a) => a[1].Int < 0
                ? CelValue.Error("flatten() takes a depth of 0 or more") : Flatten(meter, a[0].List, a[1].Int), Linear, static e => new(Leaves(e[0]), Innermost(e[0])), static e => Leaves(e[0]) * 2)
            .Global("lists.range(int): list(int)", static (meter, a) => Range(meter, a[0].Int))
            .Member("list(A).min(): A", static (meter, a) => Extreme(meter, a[0].List, -1), Linear, static e => e[0].Items, EachItem)
            .Member("list(A).max(): A", static (meter, a) => Extreme(meter, a[0].List, 1), Linear, static e => e[0].Items, EachItem)
            .Global("@sortBy(list(A), list(B)): list(A)", static (meter, a) => Sort(meter, a[0].List, a[1].List), SortCost, Same, SortWork);
        foreach (var (type, zero) in ((string, CelValue)[])[("int", CelValue.Of(0L)), ("uint", CelValue.Of(0UL)), ("double", CelValue.Of(0.0)), ("duration", CelValue.Of(default(CelDuration)))])
            library.Member($"list({type}).sum(): {type}", (meter, a) => Sum(meter, a[0].List, zero), Linear, worst: EachItem);
        foreach (var type in (string[])["int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes"])
            library.Member($"list({type}).sort(): list({type})", static (meter, a) => Sort(meter, a[0].List, a[0].List), SortCost, Same, SortWork);
    }

    private static readonly ExtentRule Flattened = static e => new(e[0].Size * Math.Max(1, e[0].Items.Size), e[0].Items.Items);

    private static long Leaves(Extent list) => list.Item is { } item ? OperatorCost.Product(list.Size, 1 + Leaves(item)) : 1;

    private static Extent Innermost(Extent list) => list.Item is { } item ? Innermost(item) : list;

    private static long Each(Extent list) => OperatorCost.Product(list.Size, OperatorCost.Weight(list.Items));

    // Lists and maps are compared with every kept one; scalars are hashed.
    private static readonly WorstCaseRule DistinctWork = static e => e[0].Items.Item is null
        ? e[0].Size * (1 + Sizes.Tenth(e[0].Items.Size))
        : OperatorCost.Product(e[0].Size, Each(e[0]));

    private static readonly WorstCaseRule SortWork = static e => OperatorCost.Product(Each(e[^1]), 10 + 2 * (long)Math.Log2(e[0].Size + 1));

    private static readonly WorstCaseRule EachItem = static e => Each(e[0]);

    private static readonly CostRule SortCost = static sizes => 1 + sizes[0] * (1 + (long)Math.Log2(sizes[0] + 1));

    /// <summary>Scalars by hashing; the rest by comparing with each kept one, and the comparisons are charged.</summary>
    private static CelValue Distinct(Meter meter, CelList list)
    {
        var seen = new HashSet<CelValue>(KeyComparer.Instance);
        var kept = new ListBuilder(0);
        var compared = new ListBuilder(0);
        foreach (ref readonly var item in list.Items)
        {
            if (!item.IsValue) return item;
            if (CelMap.IsKey(item) || (item.Kind == CelKind.Double && !double.IsNaN(item.Double)))
            {
                if (!meter.Spend(1 + Sizes.Tenth(Sizes.Of(item)))) return CelError.Budget;
                if (!seen.Add(item)) continue;
            }
            else
            {
                var known = Access.In(meter, item, compared.ToValue());
                if (known.IsTrue) continue;
                if (!known.IsFalse) return known;
                compared.Add(item);
            }

            kept.Add(item);
        }

        return kept.ToValue();
    }

    private static CelValue Reverse(CelList list)
    {
        var items = list.Items.ToArray();
        Array.Reverse(items);
        return CelValue.Of(new CelList(items));
    }

    private static CelValue Slice(CelList list, long start, long end) =>
        start < 0 || end < start || end > list.Count
            ? CelValue.Error($"slice({start}, {end}) does not lie within a list of {list.Count}")
            : CelValue.Of(new CelList(list.Items[(int)start..(int)end].ToArray()));

    private static CelValue Flatten(Meter meter, CelList list, long depth)
    {
        var flat = new ListBuilder(list.Count);
        return FlattenInto(meter, list, depth, ref flat) ? flat.ToValue() : CelError.Budget;
    }

    private static bool FlattenInto(Meter meter, CelList list, long depth, ref ListBuilder flat)
    {
        foreach (ref readonly var item in list.Items)
        {
            if (!meter.Spend(1)) return false;
            if (depth > 0 && item.Kind == CelKind.List)
            {
                if (!FlattenInto(meter, item.List, depth - 1, ref flat)) return false;
            }
            else flat.Add(item);
        }

        return true;
    }

    private static CelValue Range(Meter meter, long count)
    {
        if (count <= 0) return CelValue.Of(CelList.Empty);
        if (!meter.Spend(count) || count > LongestRange) return CelError.Budget;
        var items = new CelValue[count];
        for (var i = 0; i < items.Length; i++) items[i] = CelValue.Of((long)i);
        return CelValue.Of(new CelList(items));
    }

    private static CelValue Sum(Meter meter, CelList list, in CelValue zero)
    {
        if (list.Count == 0) return zero;
        var sum = list[0];
        if (!sum.IsNumber && sum.Kind != CelKind.Duration) return sum.IsValue ? CelError.NoOverload : sum;
        foreach (ref readonly var item in list.Items[1..])
        {
            if (!item.IsValue) return item;
            sum = Operators.Add(meter, sum, item);
            if (!sum.IsValue) return sum;
        }

        return sum;
    }

    private static CelValue Extreme(Meter meter, CelList list, int sign)
    {
        if (list.Count == 0) return CelValue.Error("the list is empty: it has no least or greatest element");
        var best = list[0];
        if (!best.IsValue) return best;
        foreach (ref readonly var item in list.Items[1..])
        {
            if (!item.IsValue) return item;
            if (!Comparison.TryCompare(meter, item, best, out var order)) return Operators.NoOverload("<", item, best);
            if (order == sign) best = item;
        }

        return best;
    }

    /// <summary>Stable. All keys must be of one type that has an order.</summary>
    private static CelValue Sort(Meter meter, CelList list, CelList keys)
    {
        if (list.Count != keys.Count) return CelError.NoOverload;
        if (list.Count == 0) return CelValue.Of(list);
        foreach (ref readonly var key in keys.Items)
        {
            if (!key.IsValue) return key;
            if (key.Kind != keys[0].Kind || !Comparison.TryCompare(meter, key, key, out _))
                return CelValue.Error("sort() takes elements of one type that has an order");
            if (meter.IsExhausted) return CelError.Budget;
        }

        var order = Enumerable.Range(0, list.Count).ToArray();
        var sortable = keys.Items.ToArray();
        Array.Sort(order, (a, b) =>
        {
            Comparison.TryCompare(meter, sortable[a], sortable[b], out var compared);
            // NaN has no place on the number line; it goes first, because an order that contradicts itself would be undefined.
            if (compared == Numbers.Unordered) compared = double.IsNaN(sortable[b].Double).CompareTo(double.IsNaN(sortable[a].Double));
            return compared == 0 ? a.CompareTo(b) : compared;
        });
        return CelValue.Of(new CelList(Array.ConvertAll(order, i => list[i])));
    }
}
