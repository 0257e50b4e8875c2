using System.Text.Json.Serialization;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Datasets;

/// <param name="Assertion">Which one, such as <c>not_null</c>.</param>
/// <param name="Column">Null where it is about the whole.</param>
/// <param name="Severity"><c>error</c> or <c>warn</c>, where whoever checked it said so.</param>
public sealed record DataAssertion(string Assertion, string? Column, bool Success, string? Severity = null)
{
    /// <summary>Of each text in it.</summary>
    public const int MostCharacters = 200;

    /// <summary>As a person reads it: <c>not_null(amount)</c>.</summary>
    [JsonIgnore]
    public string Named => Column is null ? Assertion : $"{Assertion}({Column})";

    /// <summary>One that only warns when it fails is no failure.</summary>
    [JsonIgnore]
    public bool Failed => !Success && Severity != "warn";
}

/// <summary>What a run found when it checked a version of a dataset.</summary>
/// <param name="Run">The run that checked; null where none is named.</param>
/// <param name="CheckedAt">When, by the clock of whoever checked.</param>
public sealed record AssertionResults(string? Run, DateTimeOffset CheckedAt, IReadOnlyList<DataAssertion> Assertions);

internal static class AssertionRules
{
    /// <summary>Reports come in any order: the latest counts, and what is older or the same changes nothing.</summary>
    internal static Decision Note(Dataset dataset, NoteAssertions note, Actor actor, DateTimeOffset at)
    {
        if (!dataset.Versions.TryGetValue(note.Version, out var version)) return NotFound("dataset-version-unknown", $"{dataset.Name} has no version {note.Version}.");
        var known = version.Assertions;
        return known is not null && (known.CheckedAt > note.Results.CheckedAt || (known.CheckedAt == note.Results.CheckedAt && known.Run == note.Results.Run)) ? Nothing
            : Accept(new DatasetAssertionsChecked(note.Version, note.Results, actor.Subject, at));
    }

    internal static Decision Review(Dataset dataset, ReviewDataset review, Actor actor, DateTimeOffset at) =>
        !actor.Human ? Forbidden("reviewer-not-human", $"{dataset.Name} is reviewed by a person, never by a pipeline.")
        : review.NextDue <= at ? Unprocessable("due-passed", $"The next review is due at a time after now, not on {review.NextDue:yyyy-MM-dd'T'HH:mm:ss'Z'}.")
        : Accept(new DatasetReviewed(review.Note, review.NextDue, actor.Subject, at));
}
