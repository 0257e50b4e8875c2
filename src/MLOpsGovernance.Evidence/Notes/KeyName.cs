namespace MLOpsGovernance.Evidence.Notes;

/// <summary>The name of a key: not empty, without any Unicode space and without <c>+</c>. A log's key bears the log's origin.</summary>
public static class KeyName
{
    public static bool IsWellFormed(string name) => name.Length > 0 && !name.Contains('+', StringComparison.Ordinal) && !name.Any(char.IsWhiteSpace) && IsUnicode(name);

    private static bool IsUnicode(string name) => !name.Any(char.IsControl) && name.EnumerateRunes().All(static rune => rune.Value != 0xFFFD);
}
