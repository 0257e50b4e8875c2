namespace MLOpsGovernance.Evidence.Tiles;

/// <summary>The number of a tile or bundle as a path: groups of three digits, all but the last with an <c>x</c> before them, and <c>.p/W</c> where it is not full.</summary>
internal static class TileName
{
    public static string Of(ulong index, int width)
    {
        var name = $"{index % 1000:000}";
        for (var rest = index / 1000; rest > 0; rest /= 1000) name = $"x{rest % 1000:000}/{name}";
        return width == TileCoordinate.Full ? name : $"{name}.p/{width}";
    }

    /// <exception cref="EvidenceRefusedException">Not such a name.</exception>
    public static (ulong Index, int Width) Parse(string name)
    {
        var groups = name.Split('/');
        var width = TileCoordinate.Full;
        if (groups is [.., var last, var partial] && last.EndsWith(".p", StringComparison.Ordinal))
        {
            if (StrictText.Decimal(partial) is not (> 0 and < TileCoordinate.Full and var given)) throw Malformed();
            width = (int)given;
            groups = [.. groups[..^2], last[..^2]];
        }

        var index = 0UL;
        for (var i = 0; i < groups.Length; i++)
        {
            var digits = i == groups.Length - 1 ? groups[i] : groups[i].StartsWith('x') ? groups[i][1..] : "";
            if (digits.Length != 3 || StrictText.LooseDecimal(digits) is not { } group || index > (ulong.MaxValue - group) / 1000) throw Malformed();
            index = index * 1000 + group;
        }

        return (index, width);
    }

    private static EvidenceRefusedException Malformed() =>
        new(EvidenceRefusals.Tile, "The number of a tile is groups of three digits with an x before all but the last, as in x001/x234/067, and .p/1 to .p/255 where the tile is not full.");
}
