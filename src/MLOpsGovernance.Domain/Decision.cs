namespace MLOpsGovernance.Domain;

/// <summary>Why a command cannot be done: a stable code for programs, a sentence for people that says what is wrong and what is allowed.</summary>
public sealed record Refusal(string Code, string Why, RefusalKind Kind);

public enum RefusalKind
{
    /// <summary>The state does not allow it (409).</summary>
    Conflict,

    /// <summary>This caller may not do it (403).</summary>
    Forbidden,

    /// <summary>What it is about does not exist (404).</summary>
    NotFound,

    /// <summary>Well-formed, but it cannot be true (422).</summary>
    Unprocessable,
}

/// <summary>What a command leads to: events to record, or a refusal. No events and no refusal means that it is already so.</summary>
public sealed record Decision(IReadOnlyList<object> Events, Refusal? Refusal)
{
    public static Decision Accept(params object[] events) => new(events, null);

    public static Decision Nothing { get; } = new([], null);

    public static Decision Conflict(string code, string why) => Refuse(code, why, RefusalKind.Conflict);

    public static Decision Forbidden(string code, string why) => Refuse(code, why, RefusalKind.Forbidden);

    public static Decision NotFound(string code, string why) => Refuse(code, why, RefusalKind.NotFound);

    public static Decision Unprocessable(string code, string why) => Refuse(code, why, RefusalKind.Unprocessable);

    public static Decision Refuse(string code, string why, RefusalKind kind) => new([], new(code, why, kind));
}
