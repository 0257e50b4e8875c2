using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Audit;

/// <summary>Keeps the refused attempts of one day that were aimed at something that does not exist. Its key is the day, <c>yyyy-mm-dd</c> in UTC.</summary>
[Alias("refusals-grain.v1")]
internal interface IRefusalsGrain : IStreamGrain<RefusedAttempts, NoCommand>;

/// <summary>The state of <c>refusals:{day}</c>: nothing is decided on it.</summary>
[GenerateSerializer, Immutable, Alias("refused-attempts.v1")]
internal sealed record RefusedAttempts;

[GenerateSerializer, Immutable, Alias("no-command.v1")]
internal sealed record NoCommand;

internal sealed class RefusalsGrain(StreamStorage storage) : StreamGrain<RefusedAttempts, NoCommand>(storage), IRefusalsGrain
{
    protected override string Stream => $"refusals:{this.GetPrimaryKeyString()}";

    protected override bool Folds => false;

    protected override RefusedAttempts Fold(RefusedAttempts state, object e) => state;

    protected override Decision Decide(RefusedAttempts state, NoCommand command, Actor actor, DateTimeOffset at) => Decision.Nothing;
}
