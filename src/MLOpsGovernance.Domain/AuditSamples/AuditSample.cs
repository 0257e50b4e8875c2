using System.Collections.Immutable;

namespace MLOpsGovernance.Domain.AuditSamples;

/// <summary>Events drawn for an audit, and what an auditor found of each: a working paper that anybody can draw again.</summary>
public sealed record AuditSample
{
    public const int MostItems = 500;

    public static IReadOnlyList<string> Results { get; } = ["in-order", "exception", "not-applicable"];

    public string? Id { get; init; }
    public SampledPopulation Population { get; init; } = new(null, null, null, null, null, 0);
    public string Seed { get; init; } = "";

    /// <summary>How many events the population held.</summary>
    public long Total { get; init; }

    public ImmutableList<string> Items { get; init; } = [];

    /// <summary>What was found last, by event.</summary>
    public ImmutableSortedDictionary<string, SampleFinding> Findings { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<SampleFinding>();

    public string DrawnBy { get; init; } = "";
    public DateTimeOffset DrawnAt { get; init; }

    public bool Exists => Id is not null;

    public static AuditSample Evolve(AuditSample sample, object e) => e switch
    {
        AuditSampleDrawn d => sample with { Id = d.Id, Population = d.Population, Seed = d.Seed, Total = d.Total, Items = [.. d.Items], DrawnBy = d.By, DrawnAt = d.At },
        AuditSampleChecked c => sample with { Findings = sample.Findings.SetItem(c.Event, new() { Result = c.Result, Comment = c.Comment, CheckedBy = c.By, CheckedAt = c.At }) },
        _ => sample,
    };
}

/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Size">Only the first so many entries of the log.</param>
public sealed record SampledPopulation(string? Stream, string? Actor, string? Type, DateTimeOffset? From, DateTimeOffset? To, long Size);

public sealed record SampleFinding
{
    public string Result { get; init; } = "";
    public Sealed? Comment { get; init; }
    public string CheckedBy { get; init; } = "";
    public DateTimeOffset CheckedAt { get; init; }
}

/// <param name="Total">How many events the population held.</param>
/// <param name="Items">Ids of the events, in the order in which they were drawn.</param>
public sealed record AuditSampleDrawn(string Id, SampledPopulation Population, string Seed, long Total, IReadOnlyList<string> Items, string By, DateTimeOffset At);

/// <param name="Result"><c>in-order</c>, <c>exception</c> or <c>not-applicable</c>.</param>
public sealed record AuditSampleChecked(string Event, string Result, Sealed? Comment, string By, DateTimeOffset At);
