namespace MLOpsGovernance.Reports.Charts;

public enum LineageKind { Dataset, Job, Model, Deployment }

/// <param name="Marked">What the report is about, or what is reached.</param>
public sealed record LineageNode(string Id, string Name, LineageKind Kind, bool Marked = false);

public sealed record LineageEdge(string From, string To);

/// <summary>Data, jobs, models and deployments in layers: what comes from where.</summary>
public sealed record LineageGraph(IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges) : Chart
{
    /// <summary>More would be unreadable; the table has all.</summary>
    public const int MostInLayer = 12;

    private const float Tall = 21;

    public override float Height => Math.Clamp(40 + (LineageLayers.Of(this).Select(static l => Math.Min(l.Count, MostInLayer + 1)).DefaultIfEmpty(1).Max() * 28), 80, 400);

    public override bool IsEmpty => Nodes.Count == 0;

    public override IReadOnlyList<string> NumberHeads => ["From", "To"];

    public override IEnumerable<IReadOnlyList<object?>> NumberRows
    {
        get
        {
            var names = Nodes.GroupBy(static n => n.Id, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.First().Name, StringComparer.Ordinal);
            return Edges.Select(e => (IReadOnlyList<object?>)[names.GetValueOrDefault(e.From, e.From), names.GetValueOrDefault(e.To, e.To)]);
        }
    }

    internal override void Draw(Svg svg)
    {
        var layers = LineageLayers.Of(this);
        if (layers.Count == 0) return;
        var column = svg.Width / layers.Count;
        var wide = Math.Min(150, column - 14);
        Dictionary<string, (float X, float Y)> places = new(StringComparer.Ordinal);
        List<(float X, float Y, int More)> rest = [];
        for (var l = 0; l < layers.Count; l++)
        {
            var shown = layers[l].Count > MostInLayer ? MostInLayer : layers[l].Count;
            var rows = shown + (layers[l].Count > shown ? 1 : 0);
            var gap = Math.Min(32, (svg.Height - 22) / Math.Max(1, rows));
            var (x, top) = (layers.Count == 1 ? 0 : l * (svg.Width - wide) / (layers.Count - 1), 16 + ((svg.Height - 22 - (gap * rows)) / 2));
            for (var i = 0; i < shown; i++) places[layers[l][i].Id] = (x, top + (i * gap));
            if (rows > shown) rest.Add((x, top + (shown * gap), layers[l].Count - shown));
        }

        foreach (var edge in Edges)
        {
            if (places.TryGetValue(edge.From, out var from) && places.TryGetValue(edge.To, out var to)) svg.Curve(from.X + wide, from.Y + 10.5f, to.X, to.Y + 10.5f, "#9AA5B1");
        }

        foreach (var node in layers.SelectMany(static l => l.Take(MostInLayer)))
        {
            var (x, y) = places[node.Id];
            var (fill, radius) = node.Kind switch { LineageKind.Dataset => ("#E3EEF9", 9f), LineageKind.Job => ("#FFFFFF", 0f), LineageKind.Model => ("#FDF0D5", 3f), _ => ("#DDF1EA", 0f) };
            svg.Rectangle(x, y, wide, Tall, fill, node.Marked ? Palette.Vermilion : Palette.Quiet, node.Marked ? 1.8f : 0.7f, radius, node.Kind == LineageKind.Job ? "3 2" : null);
            Label(svg, node, x, y, wide);
        }

        foreach (var (x, y, more) in rest) svg.Text(x + (wide / 2), y + 11.7f, $"and {more} more in the table", 7, "middle", Palette.Quiet);
        Key(svg);
    }

    /// <summary>In two lines where one is too short.</summary>
    private static void Label(Svg svg, LineageNode node, float x, float y, float wide)
    {
        const float Size = 6.5f;
        var room = wide - 8;
        var name = node.Name;
        if (Letters.Width(name, Size) <= room)
        {
            svg.Text(x + (wide / 2), y + 12.8f, name, Size, "middle", bold: node.Marked);
            return;
        }

        var cut = 0;
        for (var i = 1; i < name.Length && Letters.Width(name[..i], Size) <= room; i++)
            if (name[i - 1] is '-' or ' ' or '.' or '_' or '/') cut = i;
        if (cut == 0) cut = Math.Max(1, Enumerable.Range(1, name.Length).TakeWhile(i => Letters.Width(name[..i], Size) <= room).LastOrDefault());
        if (char.IsHighSurrogate(name[cut - 1]) && cut > 1) cut--;
        svg.Text(x + (wide / 2), y + 8.8f, name[..cut].TrimEnd(), Size, "middle", bold: node.Marked);
        svg.Text(x + (wide / 2), y + 16.6f, name[cut..], Size, "middle", bold: node.Marked, room: room);
    }

    private static void Key(Svg svg)
    {
        var x = 0f;
        foreach (var (name, fill, radius, dashes) in new[] { ("dataset", "#E3EEF9", 4f, null), ("job", "#FFFFFF", 0f, "3 2"), ("model version", "#FDF0D5", 2f, null), ("deployment", "#DDF1EA", 0f, (string?)null) })
        {
            svg.Rectangle(x, 1.5f, 14, 8, fill, Palette.Quiet, 0.7f, radius, dashes);
            svg.Text(x + 18, 8.3f, name, 7, fill: Palette.Quiet);
            x += 32 + Letters.Width(name, 7);
        }

        svg.Rectangle(x, 1.5f, 14, 8, "#FFFFFF", Palette.Vermilion, 1.8f);
        svg.Text(x + 18, 8.3f, "what this report is about", 7, fill: Palette.Quiet);
    }
}

/// <summary>Each node one layer after all that it comes from; within a layer near what it comes from. A circle is cut where it closes.</summary>
internal static class LineageLayers
{
    public static IReadOnlyList<IReadOnlyList<LineageNode>> Of(LineageGraph graph)
    {
        var nodes = graph.Nodes.GroupBy(static n => n.Id, StringComparer.Ordinal).Select(static g => g.First()).ToList();
        var known = nodes.Select(static n => n.Id).ToHashSet(StringComparer.Ordinal);
        var incoming = graph.Edges.Where(e => known.Contains(e.From) && known.Contains(e.To) && e.From != e.To).ToLookup(static e => e.To, static e => e.From, StringComparer.Ordinal);
        Dictionary<string, int> depth = new(StringComparer.Ordinal);
        foreach (var node in nodes) Depth(node.Id, incoming, depth, new(StringComparer.Ordinal));

        List<IReadOnlyList<LineageNode>> layers = [];
        Dictionary<string, float> place = new(StringComparer.Ordinal);
        foreach (var layer in nodes.GroupBy(n => depth[n.Id]).OrderBy(static g => g.Key))
        {
            var ordered = layer.OrderBy(n => incoming[n.Id].Where(place.ContainsKey).Select(p => place[p]).DefaultIfEmpty(0).Average()).ThenByDescending(static n => n.Marked).ThenBy(static n => n.Name, StringComparer.Ordinal).ToList();
            for (var i = 0; i < ordered.Count; i++) place[ordered[i].Id] = i / (float)ordered.Count;
            layers.Add(ordered);
        }

        return layers;
    }

    private static int Depth(string id, ILookup<string, string> incoming, Dictionary<string, int> depth, HashSet<string> open)
    {
        if (depth.TryGetValue(id, out var known)) return known;
        // A long chain is cut too: nobody reads a graph of more layers.
        if (!open.Add(id) || open.Count > 200) return 0;
        var found = incoming[id].Select(from => open.Contains(from) ? -1 : Depth(from, incoming, depth, open)).DefaultIfEmpty(-1).Max() + 1;
        open.Remove(id);
        return depth[id] = found;
    }
}
