using System.Globalization;
using MLOpsGovernance.Domain;

namespace MLOpsGovernance.Server.Storage;

/// <summary>What the caller demands of a stream before it may change. Judged by the grain that appends, so nothing comes between the judgement and the change.</summary>
/// <param name="Editions">It must have one of these; null asks only that it exists.</param>
/// <param name="Absent">It must not exist yet.</param>
[GenerateSerializer, Immutable, Alias("precondition.v1")]
internal sealed record Precondition(IReadOnlyList<long>? Editions, bool Absent)
{
    public const string Code = "precondition-failed";

    public bool Holds(long edition) => Absent ? edition == 0 : edition > 0 && (Editions is null || Editions.Contains(edition));

    public static Refusal Failed(string stream, long edition) => new(Code, edition == 0
        ? $"{stream} does not exist, and the request may only change what does."
        : string.Create(CultureInfo.InvariantCulture,
            $"{stream} is at version {edition}, which is not what the request demands: it has changed meanwhile, or exists already. Read it again; If-Match: \"{edition}\" matches it as it is now."),
        RefusalKind.Conflict);
}
