using System.Text.RegularExpressions;

namespace MLOpsGovernance.Domain;

/// <summary>Names of teams, datasets, models and environments: slugs of 1 to 128 characters.</summary>
public static partial class Name
{
    internal const string System = "system:";

    public const string Rule = "1 to 128 characters: lower-case letters, digits, '.', '_' and '-', beginning and ending with a letter or digit";

    public static bool IsValid(string? name) => name is not null && Slug().IsMatch(name);

    /// <summary>Subject ids: 1 to 128 visible ASCII characters without spaces, quotes, slashes or an @ that would make an e-mail address.</summary>
    public static bool IsSubject(string? subject) => subject is not null && SubjectId().IsMatch(subject);

    public const string SubjectRule = "1 to 128 characters: letters, digits, '.', '_', ':', '|' and '-', beginning with a letter or digit; a pseudonymous id, not an e-mail address";

    /// <summary>Subjects that are never people, whoever says so: API keys (<c>key:</c>) and the service itself (<c>system:</c>).</summary>
    public static bool IsMachine(string subject) => subject.StartsWith("key:", StringComparison.Ordinal) || subject.StartsWith(System, StringComparison.Ordinal);

    /// <summary>Dataset versions, which are chosen by whoever registers them.</summary>
    public static bool IsLabel(string? label) => label is not null && Label().IsMatch(label);

    public const string LabelRule = "1 to 128 characters: letters, digits, '.', '_', '+' and '-', beginning with a letter or digit";

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9._-]{0,126}[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:|-]{0,127}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SubjectId();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._+-]{0,127}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
