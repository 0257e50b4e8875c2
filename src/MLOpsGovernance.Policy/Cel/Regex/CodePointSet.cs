using System.Text;

namespace MLOpsGovernance.Policy.Cel.Regex;

/// <summary>A set of code points as sorted, disjoint ranges, with a bitmap for ASCII.</summary>
internal sealed class CodePointSet
{
    public const int Last = 0x10FFFF;

    private readonly int[] _ranges;
    private readonly UInt128 _ascii;

    private CodePointSet(int[] ranges)
    {
        _ranges = ranges;
        for (var c = 0; c < 128; c++)
        {
            if (Search(c)) _ascii |= UInt128.One << c;
        }
    }

    public static CodePointSet Of(int codePoint) => new([codePoint, codePoint]);

    public static CodePointSet Of(IEnumerable<(int From, int To)> ranges)
    {
        var merged = new List<int>();
        foreach (var (from, to) in ranges.OrderBy(static r => r.From))
        {
            if (merged.Count > 0 && from <= merged[^1] + 1) merged[^1] = Math.Max(merged[^1], to);
            else
            {
                merged.Add(from);
                merged.Add(to);
            }
        }

        return new([.. merged]);
    }

    public IEnumerable<(int From, int To)> Ranges
    {
        get
        {
            for (var i = 0; i < _ranges.Length; i += 2) yield return (_ranges[i], _ranges[i + 1]);
        }
    }

    public CodePointSet Complement()
    {
        var gaps = new List<(int, int)>();
        var next = 0;
        foreach (var (from, to) in Ranges)
        {
            if (from > next) gaps.Add((next, from - 1));
            next = to + 1;
        }

        if (next <= Last) gaps.Add((next, Last));
        return Of(gaps);
    }

    /// <summary>With every other case of every member. Only what has another case is looked at one by one.</summary>
    public CodePointSet IgnoringCase()
    {
        var all = Ranges.ToList();
        foreach (var (from, to) in Ranges)
        {
            // Nothing beyond has cases, and a range that reaches there holds both cases of all below.
            for (var c = from; c <= Math.Min(to, 0x1E943); c++)
            {
                if (!Rune.IsValid(c)) continue;
                var rune = new Rune(c);
                Add(Rune.ToLowerInvariant(rune), c, all);
                Add(Rune.ToUpperInvariant(rune), c, all);
            }
        }

        // Letters that share a case with an ASCII letter: long s and the Kelvin sign.
        if (Contains('s') || Contains('S') || Contains(0x17F)) all.AddRange([('s', 's'), ('S', 'S'), (0x17F, 0x17F)]);
        if (Contains('k') || Contains('K') || Contains(0x212A)) all.AddRange([('k', 'k'), ('K', 'K'), (0x212A, 0x212A)]);
        return Of(all);
    }

    private static void Add(Rune other, int c, List<(int, int)> to)
    {
        if (other.Value != c) to.Add((other.Value, other.Value));
    }

    public bool Contains(int codePoint) => codePoint < 128 ? (_ascii >> codePoint & 1) != 0 : Search(codePoint);

    private bool Search(int codePoint)
    {
        var (low, high) = (0, _ranges.Length / 2 - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (codePoint < _ranges[2 * middle]) high = middle - 1;
            else if (codePoint > _ranges[2 * middle + 1]) low = middle + 1;
            else return true;
        }

        return false;
    }
}
