using System.Text.Json.Serialization;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.AuditSamples;

[JsonDerivedType(typeof(DrawAuditSample), "draw-audit-sample")]
[JsonDerivedType(typeof(CheckSampledEvent), "check-sampled-event")]
public abstract record AuditSampleCommand;

/// <summary>Which events they are was worked out by the caller, from the log.</summary>
public sealed record DrawAuditSample(string Id, SampledPopulation Population, string Seed, long Total, IReadOnlyList<string> Items) : AuditSampleCommand;

public sealed record CheckSampledEvent(string Event, string Result, Sealed? Comment) : AuditSampleCommand;

public static class AuditSampleDecider
{
    public static Decision Decide(AuditSample sample, AuditSampleCommand command, Actor actor, DateTimeOffset at) => (sample, command) switch
    {
        ({ Exists: true }, DrawAuditSample draw) => Conflict("sample-exists", $"There is a sample {draw.Id} already; take a fresh id."),
        (_, DrawAuditSample { Items: [] }) => Unprocessable("population-empty", "No event of the log belongs to this population; state a wider one."),
        (_, DrawAuditSample draw) => Accept(new AuditSampleDrawn(draw.Id, draw.Population, draw.Seed, draw.Total, draw.Items, actor.Subject, at)),
        ({ Exists: false }, _) => NotFound("sample-unknown", "There is no such sample."),
        (_, CheckSampledEvent) when !actor.Human => Forbidden("checker-not-human", "What a sample shows is for a person to say."),
        (_, CheckSampledEvent check) when !sample.Items.Contains(check.Event) => NotFound("event-not-in-sample", $"Event {check.Event} was not drawn."),
        (_, CheckSampledEvent check) => Accept(new AuditSampleChecked(check.Event, check.Result, check.Comment, actor.Subject, at)),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };
}
