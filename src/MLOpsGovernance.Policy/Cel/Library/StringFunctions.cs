using System.Text;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>Strings, counted in code points.</summary>
internal static class StringFunctions
{
    private static readonly CostRule Scan = static sizes => 1 + Sizes.Tenth(sizes[0]);
    private static readonly CostRule Prefix = static sizes => Math.Max(1, Sizes.Tenth(sizes[1]));
    private static readonly CostRule Search = static sizes => Math.Max(1, Sizes.Tenth(sizes[0])) * Math.Max(1, Sizes.Tenth(sizes[1]));
    private static readonly ExtentRule Same = static e => e[0];

    public static void AddTo(LibraryBuilder library)
    {
        library
            .Member("string.contains(string): bool", static (_, a) => CelValue.Of(a[0].String.Contains(a[1].String, StringComparison.Ordinal)), Search)
            .Member("string.startsWith(string): bool", static (_, a) => CelValue.Of(a[0].String.StartsWith(a[1].String, StringComparison.Ordinal)), Prefix)
            .Member("string.endsWith(string): bool", static (_, a) => CelValue.Of(a[0].String.EndsWith(a[1].String, StringComparison.Ordinal)), Prefix);

        library
            .Member("string.charAt(int): string", static (_, a) => CharAt(a[0].String, a[1].Int), Scan, static _ => new(2))
            .Member("string.indexOf(string): int", static (_, a) => IndexOf(a[0].String, a[1].String, 0), Search)
            .Member("string.indexOf(string, int): int", static (_, a) => IndexOf(a[0].String, a[1].String, a[2].Int), Search)
            .Member("string.lastIndexOf(string): int", static (_, a) => LastIndexOf(a[0].String, a[1].String, long.MaxValue), Search)
            .Member("string.lastIndexOf(string, int): int", static (_, a) => LastIndexOf(a[0].String, a[1].String, a[2].Int), Search)
            .Member("string.substring(int): string", static (_, a) => Substring(a[0].String, a[1].Int, null), Scan, Same)
            .Member("string.substring(int, int): string", static (_, a) => Substring(a[0].String, a[1].Int, a[2].Int), Scan, Same)
            .Member("string.lowerAscii(): string", static (_, a) => CelValue.Of(Map(a[0].String, char.IsAsciiLetterUpper)), Scan, Same)
            .Member("string.upperAscii(): string", static (_, a) => CelValue.Of(Map(a[0].String, char.IsAsciiLetterLower)), Scan, Same)
            .Member("string.trim(): string", static (_, a) => CelValue.Of(a[0].String.Trim()), Scan, Same)
            .Member("string.reverse(): string", static (_, a) => CelValue.Of(CodePoints.Reverse(a[0].String)), Scan, Same);

        library
            .Member("string.replace(string, string): string", static (meter, a) => Replace(meter, a[0].String, a[1].String, a[2].String, -1), Scan, Replaced, static e => Sizes.Tenth(Replaced(e).Size) + e[0].Size + 2)
            .Member("string.replace(string, string, int): string", static (meter, a) => Replace(meter, a[0].String, a[1].String, a[2].String, a[3].Int), Scan, Replaced, static e => Sizes.Tenth(Replaced(e).Size) + e[0].Size + 2)
            .Member("string.split(string): list(string)", static (meter, a) => Split(meter, a[0].String, a[1].String, -1), Scan, Pieces, static e => e[0].Size + 2)
            .Member("string.split(string, int): list(string)", static (meter, a) => Split(meter, a[0].String, a[1].String, a[2].Int), Scan, Pieces, static e => e[0].Size + 2)
            .Member("list(string).join(): string", static (meter, a) => Join(meter, a[0].List, ""), static sizes => 1 + sizes[0], Joined, static e => Sizes.Tenth(Joined(e).Size) + e[0].Size)
            .Member("list(string).join(string): string", static (meter, a) => Join(meter, a[0].List, a[1].String), static sizes => 1 + sizes[0], Joined, static e => Sizes.Tenth(Joined(e).Size) + e[0].Size)
            .Global("strings.quote(string): string", static (_, a) => CelValue.Of(Quote(a[0].String)), Scan, static e => new(e[0].Size * 2 + 2));
    }

    private static readonly ExtentRule Replaced = static e => new(e[0].Size + (e[0].Size + 1) * e[2].Size);
    private static readonly ExtentRule Pieces = static e => new(e[0].Size + 1, e[0]);
    private static readonly ExtentRule Joined = static e => new(e[0].Size * (e[0].Items.Size + (e.Length > 1 ? e[1].Size : 0)));

    private static CelValue OutOfRange(long index) => CelValue.Error($"index out of range: {index}");

    private static CelValue CharAt(string text, long position)
    {
        var at = CodePoints.Offset(text, position);
        if (at < 0) return OutOfRange(position);
        return CelValue.Of(at == text.Length ? "" : text.Substring(at, char.IsHighSurrogate(text[at]) ? 2 : 1));
    }

    private static CelValue IndexOf(string text, string part, long from)
    {
        var start = CodePoints.Offset(text, from);
        if (start < 0) return OutOfRange(from);
        var at = text.IndexOf(part, start, StringComparison.Ordinal);
        return CelValue.Of(at < 0 ? -1L : CodePoints.Count(text.AsSpan(0, at)));
    }

    /// <param name="from">The last position at which a match may begin.</param>
    private static CelValue LastIndexOf(string text, string part, long from)
    {
        var start = from == long.MaxValue ? text.Length : CodePoints.Offset(text, from);
        if (start < 0) return OutOfRange(from);
        var end = Math.Min(text.Length, start + (long)part.Length);
        var at = text.AsSpan(0, (int)end).LastIndexOf(part, StringComparison.Ordinal);
        return CelValue.Of(at < 0 ? -1L : CodePoints.Count(text.AsSpan(0, at)));
    }

    private static CelValue Substring(string text, long start, long? end)
    {
        var from = CodePoints.Offset(text, start);
        if (from < 0) return OutOfRange(start);
        var to = end is { } last ? CodePoints.Offset(text, last) : text.Length;
        if (to < 0) return OutOfRange(end!.Value);
        return to < from ? CelValue.Error($"invalid substring range: start {start}, end {end}") : CelValue.Of(text[from..to]);
    }

    /// <summary>Letters of one case become those of the other; everything beyond ASCII stays.</summary>
    private static string Map(string text, Func<char, bool> changes) =>
        string.Create(text.Length, (text, changes), static (to, state) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = state.changes(state.text[i]) ? (char)(state.text[i] ^ 0x20) : state.text[i];
        });

    private static CelValue Replace(Meter meter, string text, string old, string replacement, long limit)
    {
        if (limit == 0) return CelValue.Of(text);
        var result = new StringBuilder();
        var at = 0;
        for (var count = 0L; limit < 0 || count < limit; count++)
        {
            // Between the code points when there is nothing to look for.
            var next = old.Length > 0 ? text.IndexOf(old, at, StringComparison.Ordinal)
                : count == 0 ? 0 : at >= text.Length ? -1 : at + (char.IsHighSurrogate(text[at]) ? 2 : 1);
            if (next < 0) break;
            if (!meter.Spend(Sizes.Tenth(next - at + replacement.Length))) return CelError.Budget;
            result.Append(text, at, next - at).Append(replacement);
            at = next + old.Length;
        }

        return CelValue.Of(result.Append(text, at, text.Length - at).ToString());
    }

    private static CelValue Split(Meter meter, string text, string separator, long limit)
    {
        if (limit == 0) return CelValue.Of(CelList.Empty);
        var pieces = new ListBuilder(0);
        var at = 0;
        while (limit < 0 || pieces.Count + 1 < limit)
        {
            if (!meter.Spend(1)) return CelError.Budget;
            var next = separator.Length > 0 ? text.IndexOf(separator, at, StringComparison.Ordinal)
                : at >= text.Length ? -1 : at + (char.IsHighSurrogate(text[at]) ? 2 : 1);
            if (next < 0 || (separator.Length == 0 && next >= text.Length)) break;
            pieces.Add(CelValue.Of(text[at..next]));
            at = next + separator.Length;
        }

        if (separator.Length > 0 || text.Length > 0) pieces.Add(CelValue.Of(text[at..]));
        return pieces.ToValue();
    }

    private static CelValue Join(Meter meter, CelList list, string separator)
    {
        var joined = new StringBuilder();
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].Kind != CelKind.String) return list[i].IsValue ? CelError.NoOverload : list[i];
            if (!meter.Spend(Sizes.Tenth(list[i].String.Length + separator.Length))) return CelError.Budget;
            if (i > 0) joined.Append(separator);
            joined.Append(list[i].String);
        }

        return CelValue.Of(joined.ToString());
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            var escape = c switch
            {
                '\a' => "\\a",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\v' => "\\v",
                '\\' => "\\\\",
                '"' => "\\\"",
                _ => null,
            };
            if (escape is null) quoted.Append(c);
            else quoted.Append(escape);
        }

        return quoted.Append('"').ToString();
    }
}
