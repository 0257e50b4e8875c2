namespace MLOpsGovernance.Policy.Cel.Types;

/// <summary>The nodes of a checked tree.</summary>
internal static class NodeWalk
{
    public static IEnumerable<Node> All(Node root)
    {
        var pending = new Stack<Node>();
        pending.Push(root);
        while (pending.TryPop(out var node))
        {
            yield return node;
            foreach (var child in Children(node)) pending.Push(child);
        }
    }

    public static IEnumerable<Node> Children(Node node) => node switch
    {
        SelectNode select => [select.Operand],
        HasNode has => [has.Operand],
        CallNode call => call.Args,
        ConditionalNode conditional => [conditional.Condition, conditional.Then, conditional.Otherwise],
        LogicNode logic => logic.Terms,
        ListNode list => list.Items,
        MapNode map => map.Entries.SelectMany(static e => new[] { e.Key, e.Value }),
        ComprehensionNode { Filter: { } filter } fold => [fold.Range, filter, fold.Body],
        ComprehensionNode fold => [fold.Range, fold.Body],
        BindNode bind => [bind.Init, bind.Body],
        OptionalMapNode map => [map.Target, map.Body],
        OptionalOrNode or => [or.Target, or.Otherwise],
        _ => [],
    };
}
