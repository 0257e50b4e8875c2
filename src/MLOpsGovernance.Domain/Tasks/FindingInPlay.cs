using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Observations;

namespace MLOpsGovernance.Domain.Tasks;

/// <summary>As much of a model's finding as its task depends on. Closed ones are kept, because they may be opened again.</summary>
public sealed record FindingInPlay
{
    public string Model { get; init; } = "";
    public string Id { get; init; } = "";
    public int? Version { get; init; }
    public string? Owner { get; init; }
    public IReadOnlyList<string> Openers { get; init; } = [];
    public DateTimeOffset Due { get; init; }
    public DateTimeOffset Since { get; init; }
    public bool Open { get; init; }

    /// <summary>Whether what it is about was seen no more, so that all that is left is that a second person closes it.</summary>
    public bool Vanished { get; init; }

    internal bool IsClosable => Open && Vanished;

    public static FindingInPlay Evolve(FindingInPlay finding, object e) => e switch
    {
        FindingOpened o => finding with
        {
            Id = o.Id,
            Version = o.Version,
            Owner = o.Owner,
            Openers = Parties(o.By, o.CredentialOwner),
            Due = o.Due ?? FindingDue.After(o.At, o.Severity),
            Since = o.At,
            Open = true,
        },
        FindingChanged c => finding with { Owner = c.Owner, Due = c.Due },
        FindingClosed => finding with { Open = false },
        FindingReopened r => finding with
        {
            Open = true,
            Due = r.Due,
            Since = r.At,
            Vanished = false,
            Openers = [.. finding.Openers.Union(Parties(r.By, r.CredentialOwner), StringComparer.Ordinal)],
        },
        DiscrepancyVanished v => finding with { Vanished = true, Since = v.At },
        DiscrepancyReturned r => finding with { Vanished = false, Since = r.At },
        _ => finding,
    };

    private static IReadOnlyList<string> Parties(string by, string? owner) => owner is null ? [by] : [by, owner];
}
