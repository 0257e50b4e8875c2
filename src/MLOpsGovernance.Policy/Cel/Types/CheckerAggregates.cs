using MLOpsGovernance.Policy.Cel.Syntax;

namespace MLOpsGovernance.Policy.Cel.Types;

internal sealed partial class Checker
{
    private ListNode List(ListExpr list)
    {
        CelType? item = null;
        var items = new Node[list.Items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Visit(list.Items[i]);
            item = Join(item, list.Optional[i] ? Unwrap(list.Items[i], items[i]) : items[i].Type);
        }

        return Typed(new ListNode(list, items, list.Optional), CelType.List(item ?? _types.Fresh()));
    }

    private MapNode Map(MapExpr map)
    {
        CelType? key = null, value = null;
        var entries = new (Node Key, Node Value, bool Optional)[map.Entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = map.Entries[i];
            entries[i] = (Visit(entry.Key), Visit(entry.Value), entry.Optional);
            key = Join(key, entries[i].Key.Type);
            value = Join(value, entry.Optional ? Unwrap(entry.Value, entries[i].Value) : entries[i].Value.Type);
        }

        return Typed(new MapNode(map, entries), CelType.Map(key ?? _types.Fresh(), value ?? _types.Fresh()));
    }

    private CelType Unwrap(Expr at, Node node)
    {
        var type = TypeOf(node);
        if (type.IsOptional) return type.Parameters[0];
        if (!type.IsDynamic) Refuse(at, "cel.type", $"'?' takes an optional value, not {Show(type)}.");
        return CelType.Dyn;
    }

    /// <summary>Mixed types become dyn.</summary>
    private CelType Join(CelType? previous, CelType current)
    {
        if (previous is null) return current;
        return _types.TryAssign(previous, current) ? Substitution.MoreGeneral(previous, current) : CelType.Dyn;
    }

    private ComprehensionNode Comprehension(ComprehensionExpr fold)
    {
        var range = Visit(fold.Range);
        var (first, second) = RangeTypes(fold, TypeOf(range));
        var (firstSlot, secondSlot) = (_nextLocal++, fold.Second is null ? -1 : _nextLocal++);
        _locals.Push(new(fold.First, firstSlot, first, null));
        if (fold.Second is { } name) _locals.Push(new(name, secondSlot, second, null));

        var filter = fold.Filter is null ? null : Visit(fold.Filter);
        if (filter is not null) WantBool(fold.Filter!, filter, "The filter");
        var body = Visit(fold.Body);
        var result = ResultType(fold, body, first);

        _locals.Pop();
        if (fold.Second is not null) _locals.Pop();
        return Typed(new ComprehensionNode(fold, fold.Kind, range, firstSlot, secondSlot, filter, body), result);
    }

    private (CelType First, CelType Second) RangeTypes(ComprehensionExpr fold, CelType range)
    {
        var two = fold.Second is not null;
        switch (range.Kind)
        {
            case TypeKind.List: return two ? (CelType.Int, range.Parameters[0]) : (range.Parameters[0], CelType.Dyn);
            case TypeKind.Map: return (range.Parameters[0], range.Parameters[1]);
            case TypeKind.Parameter:
                _types.TryAssign(CelType.Dyn, range);
                return (CelType.Dyn, CelType.Dyn);
            case TypeKind.Dyn or TypeKind.Error: return (CelType.Dyn, CelType.Dyn);
            default:
                Refuse(fold.Range, "cel.type", $"Only a list or a map can be gone through, not {Show(range)}.");
                return (CelType.Error, CelType.Error);
        }
    }

    private CelType ResultType(ComprehensionExpr fold, Node body, CelType key)
    {
        switch (fold.Kind)
        {
            case ComprehensionKind.All or ComprehensionKind.Exists or ComprehensionKind.ExistsOne:
                WantBool(fold.Body, body, "The condition");
                return CelType.Bool;
            case ComprehensionKind.List: return CelType.List(body.Type);
            case ComprehensionKind.Map: return CelType.Map(key, body.Type);
            default:
                var type = TypeOf(body);
                if (type.Kind == TypeKind.Map) return type;
                if (type.Kind == TypeKind.Parameter || type.IsDynamic) return CelType.Map(CelType.Dyn, CelType.Dyn);
                Refuse(fold.Body, "cel.type", $"transformMapEntry() wants a map for each entry, not {Show(type)}.");
                return CelType.Error;
        }
    }

    private BindNode Bind(BindExpr bind)
    {
        var node = new BindNode(bind, _nextLocal++, Visit(bind.Init));
        _locals.Push(new(bind.Name, node.Slot, node.Init.Type, node));
        node.Body = Visit(bind.Body);
        _locals.Pop();
        return Typed(node, node.Body.Type);
    }

    private OptionalMapNode OptionalMap(OptionalMapExpr map)
    {
        var target = Visit(map.Target);
        var type = TypeOf(target);
        var value = type.IsOptional ? type.Parameters[0] : CelType.Dyn;
        if (!type.IsOptional && !type.IsDynamic && type.Kind != TypeKind.Parameter)
            Refuse(map.Target, "cel.type", $"'{(map.Flat ? "optFlatMap" : "optMap")}' takes an optional value, not {Show(type)}.");

        var slot = _nextLocal++;
        _locals.Push(new(map.Name, slot, value, null));
        var body = Visit(map.Body);
        _locals.Pop();

        var result = map.Flat ? TypeOf(body) : CelType.Optional(body.Type);
        if (map.Flat && !_types.TryAssign(result, CelType.Optional(_types.Fresh())))
            Refuse(map.Body, "cel.type", $"optFlatMap() wants an optional value, not {Show(result)}.");
        return Typed(new OptionalMapNode(map, target, slot, body, map.Flat), result);
    }
}
