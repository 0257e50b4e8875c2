using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Maturity;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Maturity;

[Alias("assessment-grain.v1")]
internal interface IAssessmentGrain : IStreamGrain<Assessment, AssessmentCommand>;

internal sealed class AssessmentGrain(StreamStorage storage) : StreamGrain<Assessment, AssessmentCommand>(storage), IAssessmentGrain
{
    protected override string Stream => $"assessment:{this.GetPrimaryKeyString()}";

    protected override Assessment Fold(Assessment state, object e) => Assessment.Evolve(state, e);

    protected override Decision Decide(Assessment state, AssessmentCommand command, Actor actor, DateTimeOffset at) => AssessmentDecider.Decide(state, command, actor, at);
}
