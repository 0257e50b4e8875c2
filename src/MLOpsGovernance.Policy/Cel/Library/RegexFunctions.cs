using System.Collections.Concurrent;
using MLOpsGovernance.Policy.Cel.Regex;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary><c>matches</c>: an RE2 pattern found anywhere in the text, in linear time.</summary>
internal static class RegexFunctions
{
    private const int Remembered = 1000;

    private static readonly ConcurrentDictionary<string, (Re2Program? Program, string? Why)> Compiled = new(StringComparer.Ordinal);

    private static readonly CostRule Linear = static sizes => Sizes.Tenth(1 + sizes[0]) * ((sizes[1] + 3) / 4);

    public static void AddTo(LibraryBuilder library) => library
        .Global("matches(string, string): bool", Matches, Linear)
        .Member("string.matches(string): bool", Matches, Linear);

    private static CelValue Matches(Meter meter, ReadOnlySpan<CelValue> args)
    {
        var (program, why) = Compile(args[1].String);
        if (program is null) return CelValue.Error(why!);
        // A short pattern may stand for a large program; what exceeds the pattern's own length is charged here.
        var excess = Math.Max(0, program.Size - args[1].String.Length);
        return meter.Spend(Sizes.Tenth(1 + args[0].String.Length) * (excess / 4))
            ? CelValue.Of(program.Matches(args[0].String)) : CelError.Budget;
    }

    public const long LargestProgram = Re2Program.MaxSize;

    /// <summary>How large the program of a pattern is; nothing for what is no pattern.</summary>
    public static long SizeOf(string pattern) => Compile(pattern).Program?.Size ?? 0;

    /// <summary>The program, or why the pattern is no RE2 pattern.</summary>
    public static (Re2Program? Program, string? Why) Compile(string pattern)
    {
        if (Compiled.TryGetValue(pattern, out var known)) return known;
        var compiled = Re2Program.Compile(pattern);
        if (Compiled.Count < Remembered) Compiled.TryAdd(pattern, compiled);
        return compiled;
    }
}
