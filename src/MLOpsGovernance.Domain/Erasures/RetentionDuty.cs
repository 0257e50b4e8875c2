namespace MLOpsGovernance.Domain.Erasures;

/// <summary>How long what people wrote has to be kept.</summary>
/// <param name="HighRisk">In the history of a model that is judged as high-risk or tier 1, as every model is that nobody has classified.</param>
public sealed record RetentionTerms(TimeSpan General, TimeSpan HighRisk)
{
    /// <summary>Half a year for what is logged, ten years for what documents a high-risk system.</summary>
    public static RetentionTerms Default { get; } = new(TimeSpan.FromDays(183), TimeSpan.FromDays(3650));
}

/// <summary>That texts about a person stand in a history.</summary>
/// <param name="Latest">When the latest of them was written.</param>
public sealed record KeptTexts(string Stream, DateTimeOffset Latest, bool HighRisk);

/// <param name="Stream">Whose history demands it longest.</param>
public sealed record RetentionDuty(string Stream, bool HighRisk, DateTimeOffset Until)
{
    /// <summary>The one that ends last; null where none lasts any more.</summary>
    public static RetentionDuty? Of(IEnumerable<KeptTexts> texts, RetentionTerms terms, DateTimeOffset at) => texts
        .Select(t => new RetentionDuty(t.Stream, t.HighRisk, t.Latest + (t.HighRisk ? terms.HighRisk : terms.General)))
        .Where(duty => duty.Until > at).MaxBy(duty => duty.Until);
}
