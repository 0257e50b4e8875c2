using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.AuditSamples;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.AuditSamples;

[Alias("audit-sample-grain.v1")]
internal interface IAuditSampleGrain : IStreamGrain<AuditSample, AuditSampleCommand>;

internal sealed class AuditSampleGrain(StreamStorage storage) : StreamGrain<AuditSample, AuditSampleCommand>(storage), IAuditSampleGrain
{
    protected override string Stream => $"audit-sample:{this.GetPrimaryKeyString()}";

    protected override AuditSample Fold(AuditSample state, object e) => AuditSample.Evolve(state, e);

    protected override Decision Decide(AuditSample state, AuditSampleCommand command, Actor actor, DateTimeOffset at) => AuditSampleDecider.Decide(state, command, actor, at);
}
