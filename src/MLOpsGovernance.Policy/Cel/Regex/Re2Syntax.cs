namespace MLOpsGovernance.Policy.Cel.Regex;

/// <summary>A parsed pattern.</summary>
internal abstract record Re;

internal sealed record ReEmpty : Re
{
    public static readonly ReEmpty Instance = new();
}

internal sealed record ReSet(CodePointSet Set) : Re;

internal sealed record ReAssert(ReAssertion Kind) : Re;

internal sealed record ReSequence(IReadOnlyList<Re> Parts) : Re;

internal sealed record ReChoice(IReadOnlyList<Re> Options) : Re;

/// <param name="Max">-1 for no bound.</param>
internal sealed record ReRepeat(Re Part, int Min, int Max) : Re;

internal enum ReAssertion : byte { TextStart, TextEnd, LineStart, LineEnd, WordBoundary, NoWordBoundary }

/// <summary>Why a text is no RE2 pattern; never leaves the compiler.</summary>
internal sealed class Re2Exception(string message) : Exception(message);
