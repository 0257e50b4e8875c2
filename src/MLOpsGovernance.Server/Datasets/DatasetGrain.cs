using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Datasets;

[Alias("dataset-grain.v1")]
internal interface IDatasetGrain : IStreamGrain<Dataset, DatasetCommand>;

internal sealed class DatasetGrain(StreamStorage storage) : StreamGrain<Dataset, DatasetCommand>(storage), IDatasetGrain
{
    protected override string Stream => $"dataset:{this.GetPrimaryKeyString()}";

    protected override Dataset Fold(Dataset state, object e) => Dataset.Evolve(state, e);

    protected override Decision Decide(Dataset state, DatasetCommand command, Actor actor, DateTimeOffset at) => DatasetDecider.Decide(state, command, actor, at);
}
