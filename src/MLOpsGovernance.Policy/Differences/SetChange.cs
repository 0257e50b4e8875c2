namespace MLOpsGovernance.Policy.Differences;

/// <summary>Whether more passes than before.</summary>
public enum ChangeEffect
{
    /// <summary>Something is let through that was not, or nobody looks any more.</summary>
    Relaxed,

    /// <summary>Something is held up that was not.</summary>
    Tightened,

    /// <summary>The documents alone do not say which.</summary>
    Changed,

    /// <summary>No decision comes out otherwise.</summary>
    Wording,
}

/// <summary>One thing that is different between two sets, for a reader who knows no policy language.</summary>
/// <param name="What">A stable word: <c>rule-removed</c>, <c>level-lowered</c>, <c>limit-widened</c> …</param>
/// <param name="Policy">Null where it is about the set as a whole.</param>
public sealed record SetChange(ChangeEffect Effect, string What, string? Policy, string? Rule, string Sentence);

/// <summary>A file of the set that is not as it was.</summary>
/// <param name="Change"><c>added</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="Digest">Of the document now; null for one that is gone.</param>
public sealed record DocumentChange(string Path, string Change, string? Digest);
