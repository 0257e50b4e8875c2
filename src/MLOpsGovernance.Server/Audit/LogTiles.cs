using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Tiles;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Audit;

/// <summary>A tile of hashes by its name below <c>/tlog/tile/</c>.</summary>
[AnyRole]
internal sealed record ReadTile(string Level, string Name) : IQuery<byte[]>;

/// <summary>Entries by the name of their bundle below <c>/tlog/tile/entries/</c>.</summary>
[RequiresRole(Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ReadBundle(string Name) : IQuery<byte[]>;

internal sealed class LogTiles(LogReader log) : IRequestHandler<ReadTile, Result<byte[]>>, IRequestHandler<ReadBundle, Result<byte[]>>
{
    public Task<Result<byte[]>> Handle(ReadTile request, CancellationToken cancellationToken) => AnswerAsync(
        size => log.TileAsync(TileCoordinate.Parse(request.Level, request.Name), size, cancellationToken), cancellationToken);

    public Task<Result<byte[]>> Handle(ReadBundle request, CancellationToken cancellationToken) => AnswerAsync(
        size =>
        {
            var (index, width) = EntryBundle.ParseName(request.Name);
            return log.BundleAsync(index, width, size, cancellationToken);
        }, cancellationToken);

    private async Task<Result<byte[]>> AnswerAsync(Func<ulong, Task<byte[]?>> read, CancellationToken cancellationToken)
    {
        var size = (await log.NewestAsync(cancellationToken))?.Checkpoint.Size ?? 0;
        try
        {
            return await read(size) is { } bytes
                ? bytes
                : Result<byte[]>.Refused(new Refusal("tile-not-found", $"The log of {size} events has no such tile.", RefusalKind.NotFound), extension: new { size });
        }
        catch (EvidenceRefusedException refused)
        {
            return Result<byte[]>.Refused(new Refusal("invalid-tile", refused.Message, RefusalKind.Unprocessable), new Dictionary<string, string[]>(StringComparer.Ordinal) { ["name"] = [refused.Message] }, extension: new { size });
        }
    }
}
