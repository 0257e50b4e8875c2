namespace MLOpsGovernance.Server.Requests;

/// <param name="Cursor">What the page before gave as <c>nextCursor</c>.</param>
/// <param name="Limit">1 to 500; 50 by default.</param>
internal sealed record Page(string? Cursor = null, int? Limit = null)
{
    public const int Most = 500, Default = 50;

    public int Size => Limit ?? Default;

    public bool IsValid => Size is >= 1 and <= Most && (Cursor is null || Cursor.Length is > 0 and <= 200);
}

/// <param name="NextCursor">Null on the last page.</param>
internal sealed record Listed<T>(IReadOnlyList<T> Items, string? NextCursor);
