using FluentValidation;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Evidence;

namespace MLOpsGovernance.Server.Requests;

/// <summary>The shapes of fields, each written once: every message says what is allowed.</summary>
internal static class Rules
{
    public const int MostListed = 200;

    public static IRuleBuilderOptions<T, string?> IsName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(Name.IsValid).WithErrorCode("invalid-name").WithMessage($"a name is {Name.Rule}.");

    public static IRuleBuilderOptions<T, string?> IsSubject<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(Name.IsSubject).WithErrorCode("invalid-subject").WithMessage($"a subject is {Name.SubjectRule}.");

    /// <summary>An id that the service gave out. Nothing else goes into a refusal, which is kept for good: somebody's name may have been typed in its place.</summary>
    public static IRuleBuilderOptions<T, string?> IsId<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(id => Guid.TryParseExact(id, "D", out _)).WithErrorCode("invalid-id").WithMessage("an id is a UUID with hyphens, as the service gave it out.");

    public static IRuleBuilderOptions<T, string?> IsLabel<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(Name.IsLabel).WithErrorCode("invalid-label").WithMessage($"a label is {Name.LabelRule}.");

    public static IRuleBuilderOptions<T, string?> IsDigest<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(d => d is not null && Digest.IsWellFormed(d)).WithErrorCode("invalid-digest").WithMessage("a digest is 'sha256:' and 64 lower-case hexadecimal digits.");

    public static IRuleBuilderOptions<T, int> IsVersion<T>(this IRuleBuilder<T, int> rule) =>
        rule.GreaterThanOrEqualTo(1).WithErrorCode("invalid-version").WithMessage("a model version is a whole number from 1 to 2147483647.");

    public static IRuleBuilderOptions<T, string?> IsOneOf<T>(this IRuleBuilder<T, string?> rule, IReadOnlyList<string> allowed) =>
        rule.Must(v => v is not null && allowed.Contains(v, StringComparer.Ordinal)).WithErrorCode("invalid-value").WithMessage($"must be one of {string.Join(", ", allowed)}.");

    /// <summary>Free text: up to so many characters, no control characters but line breaks and tabs, nothing that is no text.</summary>
    public static IRuleBuilderOptions<T, string?> IsText<T>(this IRuleBuilder<T, string?> rule, int least, int most) =>
        rule.Must(text => text is null ? least == 0 : text.Trim().Length >= least && text.Length <= most && IsPlain(text))
            .WithErrorCode("invalid-text").WithMessage($"must be text of {least} to {most} characters without control characters.");

    /// <summary>An identifier from elsewhere, such as a commit or a run: visible ASCII.</summary>
    public static IRuleBuilderOptions<T, string?> IsReference<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(v => v is null || (v.Length is >= 1 and <= 256 && v.All(c => c is > ' ' and <= '~'))).WithErrorCode("invalid-reference").WithMessage("must be 1 to 256 visible ASCII characters.");

    private static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not ('\n' or '\r' or '\t')) return false;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return false;
        }

        return true;
    }
}
