using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Waivers;

/// <param name="ExpiringBefore">Only approved ones that end before then and have not ended yet.</param>
[AnyRole]
internal sealed record ListWaivers(string? Model, string? Environment, string? Team, string? Rule, string? State, DateTimeOffset? ExpiringBefore, Page Page) : IQuery<Listed<WaiverListing>>, IPaged;

/// <param name="State">As it is now.</param>
/// <param name="ExpiresInDays">Days until it ends, a part of one counting as one; 0 or less once it has.</param>
internal sealed record WaiverListing(
    string Id, string State, string Model, string Team, int? Version, string Environment, string Policy, string Rule, string RequestedBy, DateTimeOffset RequestedAt, string? ApprovedBy, DateTimeOffset? ApprovedAt,
    DateTimeOffset ExpiresAt, int ExpiresInDays);

internal sealed class ListWaiversRules : AbstractValidator<ListWaivers>
{
    public ListWaiversRules()
    {
        RuleFor(q => q.Model).IsName().When(q => q.Model is not null);
        RuleFor(q => q.Environment).IsName().When(q => q.Environment is not null);
        RuleFor(q => q.Team).IsName().When(q => q.Team is not null);
        RuleFor(q => q.Rule).IsRuleId().When(q => q.Rule is not null);
        RuleFor(q => q.State).IsOneOf(Waiver.States).When(q => q.State is not null);
    }
}

internal sealed class WaiverLister(Registers registers, TimeProvider time) : IRequestHandler<ListWaivers, Result<Listed<WaiverListing>>>
{
    public async Task<Result<Listed<WaiverListing>>> Handle(ListWaivers request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await registers.ListAsync<WaiverRow>(request.Page, all => Filtered(all, request, now), r => r.Id, cancellationToken);
        return rows.Value is { } list ? new Listed<WaiverListing>([.. list.Items.Select(r => Listing(r, now))], list.NextCursor, list.Behind) : rows.Refusal!;
    }

    private static IQueryable<WaiverRow> Filtered(IQueryable<WaiverRow> all, ListWaivers request, DateTimeOffset now)
    {
        if (request.Model is { } model) all = all.Where(r => r.Model == model);
        if (request.Environment is { } environment) all = all.Where(r => r.Environment == environment);
        if (request.Team is { } team) all = all.Where(r => r.Team == team);
        if (request.Rule is { } rule) all = all.Where(r => r.Rule == rule);
        if (request.ExpiringBefore is { } before) all = all.Where(r => r.State == Waiver.Approved && r.ExpiresAt > now && r.ExpiresAt < before);
        return request.State switch
        {
            null => all,
            Waiver.Requested => all.Where(r => r.State == Waiver.Requested && r.ExpiresAt > now),
            Waiver.Lapsed => all.Where(r => r.State == Waiver.Requested && r.ExpiresAt <= now),
            Waiver.Approved => all.Where(r => r.State == Waiver.Approved && r.ExpiresAt > now),
            Waiver.Expired => all.Where(r => r.State == Waiver.Approved && r.ExpiresAt <= now),
            var ended => all.Where(r => r.State == ended),
        };
    }

    private static WaiverListing Listing(WaiverRow r, DateTimeOffset now) => new(
        r.Id, (r.State, now < r.ExpiresAt) switch
        {
            (Waiver.Requested, false) => Waiver.Lapsed,
            (Waiver.Approved, false) => Waiver.Expired,
            var (state, _) => state,
        },
        r.Model, r.Team, r.Version, r.Environment, r.Policy, r.Rule, r.RequestedBy, r.RequestedAt, r.ApprovedBy, r.ApprovedAt, r.ExpiresAt, (int)Math.Ceiling((r.ExpiresAt - now).TotalDays));
}
