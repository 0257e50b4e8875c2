using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Subjects;

/// <param name="Roles">Those that were granted.</param>
/// <param name="Grants">The same with their dates.</param>
internal sealed record SubjectView(string Subject, bool Person, IReadOnlyList<string> Roles, IReadOnlyList<GrantView> Grants);

/// <param name="RecertifiedAt">Left out while nobody confirmed it again.</param>
/// <param name="RecertificationDueAt">Until when an administrator has to confirm it again.</param>
internal sealed record GrantView(
    string Role, DateTimeOffset GrantedAt, DateTimeOffset? RecertifiedAt, string? RecertifiedBy, string? Reason, DateTimeOffset RecertificationDueAt, bool RecertificationOverdue);

/// <summary>A subject as people and programs see it now.</summary>
internal sealed class SubjectViews(People people, RecertificationTerms terms, SealingKeys sealing, TimeProvider time)
{
    public async Task<SubjectView> ReadAsync(string subject, CancellationToken cancellationToken)
    {
        var (state, now) = (await people.ReadAsync(subject), time.GetUtcNow());
        List<GrantView> grants = [];
        foreach (var (role, grant) in state.Grants)
        {
            var (due, last) = (terms.DueAt(grant.GrantedAt, grant.Recertified), grant.Recertified);
            grants.Add(new(role, grant.GrantedAt, last?.At, last?.By, await sealing.OpenAsync(last?.Reason, cancellationToken), due, due <= now));
        }

        return new(subject, state.IsPerson, [.. state.GrantedRoles], grants);
    }
}
