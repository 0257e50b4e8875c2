using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Subjects;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Subjects;

[Alias("subject-grain.v1")]
internal interface ISubjectGrain : IStreamGrain<Subject, SubjectCommand>;

internal sealed class SubjectGrain(StreamStorage storage) : StreamGrain<Subject, SubjectCommand>(storage), ISubjectGrain
{
    protected override string Stream => $"subject:{this.GetPrimaryKeyString()}";

    protected override Subject Fold(Subject state, object e) => Subject.Evolve(state, e);

    protected override Decision Decide(Subject state, SubjectCommand command, Actor actor, DateTimeOffset at) => SubjectDecider.Decide(state, command, actor, at);
}
