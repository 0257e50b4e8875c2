namespace MLOpsGovernance.Domain.Recalls;

/// <summary>Data is found to be unfit, and everything that was made from it has to be looked at: first what it reaches is shown, then somebody confirms.</summary>
public sealed record Recall
{
    public const string Prepared = "prepared", Drilled = "drilled", Confirmed = "confirmed";

    public string? Id { get; init; }
    public string Dataset { get; init; } = "";

    /// <summary>Null is every version of the dataset.</summary>
    public string? Version { get; init; }

    public Sealed? Reason { get; init; }

    /// <summary>Whether all of it is done but what has an effect, to see how long it takes.</summary>
    public bool Drill { get; init; }

    /// <summary>SHA-256 of what it reaches, which is kept beside the events: as it was prepared, then as it was confirmed.</summary>
    public string Impact { get; init; } = "";

    public RecallReach Reach { get; init; } = new(0, 0, 0, 0, 0);
    public long TookMilliseconds { get; init; }
    public string PreparedBy { get; init; } = "";
    public DateTimeOffset PreparedAt { get; init; }
    public string? ConfirmedBy { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }

    public bool Exists => Id is not null;

    public string State => ConfirmedAt is not null ? Confirmed : Drill ? Drilled : Prepared;

    public static Recall Evolve(Recall recall, object e) => e switch
    {
        RecallPrepared p => recall with
        {
            Id = p.Id,
            Dataset = p.Dataset,
            Version = p.Version,
            Reason = p.Reason,
            Drill = p.Drill,
            Impact = p.Impact,
            Reach = p.Reach,
            TookMilliseconds = p.TookMilliseconds,
            PreparedBy = p.By,
            PreparedAt = p.At,
        },
        RecallConfirmed c => recall with { Impact = c.Impact, Reach = c.Reach, TookMilliseconds = c.TookMilliseconds, ConfirmedBy = c.By, ConfirmedAt = c.At },
        _ => recall,
    };
}

/// <param name="Findings">Opened on the affected versions, or what would have been opened by a drill.</param>
public sealed record RecallReach(int ModelVersions, int Deployments, int LiveDeployments, int Teams, int Findings);

/// <summary>A version that rests on the data.</summary>
public sealed record RecalledVersion(string Model, int Version);
