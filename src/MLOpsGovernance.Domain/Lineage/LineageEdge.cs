namespace MLOpsGovernance.Domain.Lineage;

/// <summary>What an edge says. All but <see cref="PartOf"/> follow the data; over a name both ways are open.</summary>
public enum LineageEdgeKind
{
    /// <summary>A dataset is read by a job, or by a run that a model version names.</summary>
    Read,

    /// <summary>A job or such a run writes a dataset.</summary>
    Written,

    /// <summary>Two names of the same dataset; there is one in each direction.</summary>
    SameAs,

    /// <summary>A registered dataset has a version.</summary>
    HasVersion,

    /// <summary>A dataset version was made from another.</summary>
    MadeFrom,

    /// <summary>A model version was trained on a dataset version.</summary>
    Trained,

    /// <summary>A run made a model version.</summary>
    Made,

    /// <summary>A model version was deployed.</summary>
    Deployed,

    /// <summary>A job or run is part of another: hierarchy, not flow of data.</summary>
    PartOf,
}

/// <param name="FirstSeen">When it was first so, by the clock of whoever said it.</param>
/// <param name="EndedAt">When it ceased to be so, as when a deployment ended; null for what was so once and stays part of the story.</param>
/// <param name="Current">Whether the latest finished run of its job had it, or the job's latest design; true for all that belongs to no job.</param>
public sealed record LineageEdge(Guid From, Guid To, LineageEdgeKind Kind, DateTimeOffset FirstSeen, DateTimeOffset? EndedAt, bool Current);
