using MediatR;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Witnesses;

/// <summary>Who else signs the log, and how far each has.</summary>
[AnyRole]
internal sealed record ReadWitnesses : IQuery<IReadOnlyList<WitnessView>>;

internal sealed class WitnessQueries(WitnessTable table, LogWitnesses witnesses) : IRequestHandler<ReadWitnesses, Result<IReadOnlyList<WitnessView>>>
{
    public async Task<Result<IReadOnlyList<WitnessView>>> Handle(ReadWitnesses request, CancellationToken cancellationToken) => new(await table.ReadAsync(witnesses, cancellationToken));
}
