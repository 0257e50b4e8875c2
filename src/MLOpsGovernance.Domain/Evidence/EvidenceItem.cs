using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Evidence;

/// <summary>A document that says something about a version. It stays where it is; its digest is kept, so that nobody can put another in its place unnoticed.</summary>
/// <param name="Kind">A code of the catalogue that was in force.</param>
/// <param name="Digest"><c>sha256:</c> and 64 lower-case hexadecimal digits.</param>
/// <param name="Uri">Where it is kept.</param>
/// <param name="ProducedAt">When it came about; never after it was attached.</param>
/// <param name="ValidUntil">From when on it says nothing any more; null is no end.</param>
public sealed record EvidenceItem(
    string Id, string Kind, string Digest, string? Uri, DateTimeOffset ProducedAt, DateTimeOffset? ValidUntil, Sealed? Summary, string By, string? Owner, DateTimeOffset At)
{
    internal static EvidenceItem Of(EvidenceAttached e) => new(e.Id, e.Kind, e.Digest, e.Uri, e.ProducedAt, e.ValidUntil, e.Summary, e.By, e.Owner, e.At);
}

/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record EvidenceAttached(
    int Version, string Id, string Kind, string Digest, string? Uri, DateTimeOffset ProducedAt, DateTimeOffset? ValidUntil, Sealed? Summary, string By, string? Owner, DateTimeOffset At);

/// <param name="Kinds">The kinds of the catalogue in force; null where the policy set has none, and then every kind is taken.</param>
public sealed record AttachEvidence(
    int Version, string Id, string Kind, string Digest, string? Uri, DateTimeOffset ProducedAt, DateTimeOffset? ValidUntil, Sealed? Summary, IReadOnlyList<string>? Kinds) : ModelCommand;
