using JasperFx.Events;
using Marten.Events.Aggregation;
using MLOpsGovernance.Domain.Maturity;

namespace MLOpsGovernance.Server.Maturity;

/// <summary>One row for each assessment.</summary>
internal sealed record AssessmentRow(string Id)
{
    public string Assessment { get; init; } = "";
    public string Team { get; init; } = "";
    public string Instrument { get; init; } = "";
    public string BegunBy { get; init; } = "";
    public DateTimeOffset BegunAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public string? Snapshot { get; init; }
    public int? Floor { get; init; }
    public double? Mean { get; init; }
    public double? EvidenceShare { get; init; }
}

internal sealed class AssessmentRegister : SingleStreamProjection<AssessmentRow, string>
{
    public AssessmentRegister()
    {
        Name = "AssessmentRegister";
        IncludeType<AssessmentBegun>();
        IncludeType<AssessmentCompleted>();
    }

    /// <remarks>All registers run in one pass and see the events of every stream, whichever types they include.</remarks>
    public override AssessmentRow? Evolve(AssessmentRow? snapshot, string id, IEvent e) => (snapshot, e.Data) switch
    {
        (_, AssessmentBegun b) => new(id) { Assessment = b.Id, Team = b.Team, Instrument = $"{b.Instrument}@{b.InstrumentVersion}", BegunBy = b.By, BegunAt = b.At },
        ({ } row, AssessmentCompleted c) => row with { CompletedAt = c.At, Snapshot = c.Snapshot, Floor = c.Floor, Mean = c.Mean, EvidenceShare = c.EvidenceShare },
        _ => snapshot,
    };
}
