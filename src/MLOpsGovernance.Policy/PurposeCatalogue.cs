using MLOpsGovernance.Policy.Cel.Types;

namespace MLOpsGovernance.Policy;

/// <summary>What models and data may be for, and on which legal grounds: the codes that a set knows. A list that is empty says nothing, and then any code is taken.</summary>
/// <param name="LegalBases">The grounds of Art. 6(1) GDPR.</param>
/// <param name="SpecialCategoryConditions">What lifts the ban on special categories of data, of Art. 9(2) GDPR.</param>
public sealed record PurposeCatalogue(IReadOnlyList<Purpose> Purposes, IReadOnlyList<LegalGround> LegalBases, IReadOnlyList<LegalGround> SpecialCategoryConditions)
{
    public static PurposeCatalogue Empty { get; } = new([], [], []);

    /// <summary>Why that is no purpose of the catalogue, and what is; null where it is one.</summary>
    public string? Unknown(string purpose) =>
        Purposes.Count == 0 || Purposes.Any(p => p.Code == purpose) ? null : Sentence(purpose, "purpose", [.. Purposes.Select(p => p.Code)], []);

    public static string? UnknownGround(string text, string what, IReadOnlyList<LegalGround> grounds) =>
        grounds.Count == 0 || grounds.Any(g => g.Means(text)) ? null : Sentence(text, what, [.. grounds.Select(g => g.Code)], grounds.SelectMany(g => g.Also));

    /// <summary>The code of the ground that is meant; what no ground of the list is stays as it is.</summary>
    public static string CodeOf(string text, IReadOnlyList<LegalGround> grounds) => grounds.FirstOrDefault(g => g.Means(text))?.Code ?? text;

    private static string Sentence(string given, string what, IReadOnlyList<string> codes, IEnumerable<string> also) =>
        $"'{given}' is no {what} of the catalogue{(Spelling.Nearest(given, codes.Concat(also)) is { } meant ? $" (did you mean '{meant}'?)" : "")}; it has {string.Join(", ", codes)}.";
}

/// <param name="Code">Lower-case letters, digits and hyphens.</param>
public sealed record Purpose(string Code, string Title, string? Description);

/// <param name="Article">Where it stands in the GDPR: <c>Art. 6(1)(a)</c>.</param>
/// <param name="Also">Other spellings of the code that are taken for it.</param>
public sealed record LegalGround(string Code, string Title, string Article, string? Description, IReadOnlyList<string> Also)
{
    public bool Means(string text) => text == Code || text == Article || Also.Contains(text, StringComparer.Ordinal);
}
