namespace MLOpsGovernance.Domain.Recertification;

/// <summary>The last time that somebody confirmed what is on record.</summary>
public sealed record LastRecertification
{
    public DateTimeOffset At { get; init; }
    public string By { get; init; } = "";
    public Sealed? Reason { get; init; }

    /// <summary>Of a model: whether it is still in use. Of a role always true.</summary>
    public bool StillInUse { get; init; } = true;
}

/// <summary>How long what is on record stands before somebody has to confirm it again.</summary>
public sealed record RecertificationTerms(int Months)
{
    public static RecertificationTerms Default { get; } = new(3);

    /// <param name="begun">When it was put on record.</param>
    public DateTimeOffset DueAt(DateTimeOffset begun, LastRecertification? last) => (last?.At ?? begun).AddMonths(Months);
}
