using MLOpsGovernance.Domain;

namespace MLOpsGovernance.Tests.Models;

/// <summary>
/// What an onlooker writes down who sees only which commands were accepted. It is kept apart from the state, and by other means, so that both can be compared.
/// </summary>
internal sealed class ModelBook
{
    public Dictionary<int, VersionPage> Versions { get; } = [];
    public List<ApprovalLine> Approvals { get; } = [];
    public HashSet<string> DecisionsUsed { get; } = [];
    public Dictionary<string, GlassLine> Glasses { get; } = [];
    public bool Suspended { get; set; }
    public bool Retired { get; set; }

    /// <summary>Index in <see cref="Classes"/> and tier, as confirmed and as proposed.</summary>
    public (int Class, int Tier)? ConfirmedRisk { get; set; }

    public (int Class, int Tier)? ProposedRisk { get; set; }

    /// <summary>Everyone behind the last proposal.</summary>
    public HashSet<string> ProposedBy { get; set; } = [];

    public static IReadOnlyList<string> Classes { get; } = ["minimal", "limited", "high", "prohibited"];

    private (int Class, int Tier) Judged => (ConfirmedRisk, ProposedRisk) switch
    {
        (null, _) => (2, 1),
        ({ } confirmed, null) => confirmed,
        ({ } confirmed, { } proposed) => (Math.Max(confirmed.Class, Math.Min(proposed.Class, 2)), Math.Min(confirmed.Tier, proposed.Tier)),
    };

    public bool IsHigh => Judged is { Class: >= 2 } or { Tier: 1 };

    /// <summary>Writes down a class, and that the approvals fell if it raised what is judged by, or lowered what was confirmed.</summary>
    public void Classify((int Class, int Tier) risk, bool confirmed)
    {
        var (before, was) = (Judged, ConfirmedRisk);
        if (confirmed) (ConfirmedRisk, ProposedRisk) = (risk, null);
        else ProposedRisk = risk;
        if (Judged.Class > before.Class || Judged.Tier < before.Tier || (confirmed && was is { } held && (risk.Class < held.Class || risk.Tier > held.Tier))) Changed(_ => true);
    }

    public void Changed(Func<int, bool> version)
    {
        foreach (var approval in Approvals.Where(a => version(a.Version))) approval.Changed = true;
    }

    public bool ShouldBeLive(ApprovalLine approval, DateTimeOffset at) =>
        approval is { Revoked: false, Rejected: false, Changed: false } && at < approval.Until && !Versions[approval.Version].IsInvolved(approval.Parties);
}

internal sealed class VersionPage(IEnumerable<string> hands, IReadOnlyList<int> data)
{
    public HashSet<string> Hands { get; } = [.. hands];
    public HashSet<string> Requesters { get; } = [];
    public IReadOnlyList<int> Data { get; } = data;
    public bool Suspended { get; set; }
    public bool Recalled { get; set; }
    public bool Retired { get; set; }

    public bool IsInvolved(IEnumerable<string> parties) => parties.Any(p => Hands.Contains(p) || Requesters.Contains(p));
}

internal sealed class ApprovalLine(string id, int version, Actor by, string role, DateTimeOffset until)
{
    public string Id { get; } = id;
    public int Version { get; } = version;
    public string Role { get; } = role;
    public HashSet<string> Parties { get; } = [.. by.Parties];
    public DateTimeOffset Until { get; } = until;
    public bool Revoked { get; set; }
    public bool Rejected { get; set; }
    public bool Changed { get; set; }
}

internal sealed record GlassLine(int Version, HashSet<string> AskedBy, HashSet<string> AgreedBy);
