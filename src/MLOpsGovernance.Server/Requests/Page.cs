using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using MLOpsGovernance.Domain;

namespace MLOpsGovernance.Server.Requests;

/// <param name="Cursor">What the page before gave as <c>nextCursor</c>.</param>
/// <param name="Limit">1 to 500; 50 by default.</param>
/// <param name="Stale">Whether rows will do that have not seen the latest events; only lists that are kept by registers can be asked so, and then say in <c>behind</c> how many they lack.</param>
internal sealed record Page([FromQuery(Name = "cursor")] string? Cursor = null, [FromQuery(Name = "limit")] int? Limit = null, [FromQuery(Name = "stale")] bool? Stale = null)
{
    public const int Most = 500, Default = 50;

    public int Size => Limit ?? Default;

    /// <summary>The cursor of a list that is in the order of numbers; 0 without one.</summary>
    public long Number => long.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>What is wrong with which parameter; empty when nothing is.</summary>
    /// <param name="numbered">Whether the cursor of this list is a number.</param>
    public Dictionary<string, string[]> Faults(bool numbered = false)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (Size is < 1 or > Most) faults["limit"] = [$"limit is a whole number from 1 to {Most}."];
        if (Cursor is not null && !(numbered ? long.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out _) : Name.IsSubject(Cursor)))
            faults["cursor"] = ["cursor is what the page before gave as nextCursor."];
        return faults;
    }
}

/// <summary>A query that answers one page of a list; an impossible page is refused before anything is read.</summary>
internal interface IPaged
{
    Page Page { get; }

    bool NumberedCursor => false;
}

/// <param name="NextCursor">Null on the last page.</param>
/// <param name="Behind">How many events the rows have not seen; null where they have seen all.</param>
internal sealed record Listed<T>(IReadOnlyList<T> Items, string? NextCursor, long? Behind = null);
