using JasperFx.Events;
using Marten.Events.Aggregation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.ApiKeys;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.ApiKeys;

/// <summary>Everything about a key but its hash.</summary>
internal sealed record ApiKeyRow(string Id)
{
    public string Name { get; init; } = "";
    public string Owner { get; init; } = "";
    public KeyScope Scope { get; init; } = new([], []);
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }

    public static ApiKeyRow Fold(ApiKeyRow row, object e) => e switch
    {
        ApiKeyCreated created => row with { Name = created.Name, Owner = created.Owner, Scope = created.Scope, CreatedAt = created.At, ExpiresAt = created.ExpiresAt },
        ApiKeyRevoked revoked => row with { RevokedAt = revoked.At },
        _ => row,
    };
}

internal sealed class ApiKeyRegister : SingleStreamProjection<ApiKeyRow, string>
{
    public ApiKeyRegister()
    {
        Name = "ApiKeyRegister";
        IncludeType<ApiKeyCreated>();
        IncludeType<ApiKeyRevoked>();
    }

    public override ApiKeyRow? Evolve(ApiKeyRow? snapshot, string id, IEvent e) => snapshot is null && e.Data is not ApiKeyCreated ? null : ApiKeyRow.Fold(snapshot ?? new(id), e.Data);
}

/// <summary>The caller's own keys; an administrator sees all.</summary>
[AnyRole]
internal sealed record ListApiKeys(Page Page) : IQuery<Listed<ApiKeyView>>, IPaged;

internal sealed class ApiKeyLister(Registers registers, Caller caller) : IRequestHandler<ListApiKeys, Result<Listed<ApiKeyView>>>
{
    public async Task<Result<Listed<ApiKeyView>>> Handle(ListApiKeys request, CancellationToken cancellationToken)
    {
        var (all, owner) = (caller.Actor.Holds(Roles.Administrator), caller.Actor.Subject);
        var rows = await registers.ListAsync<ApiKeyRow>(request.Page, keys => all ? keys : keys.Where(k => k.Owner == owner), k => k.Id, cancellationToken);
        return rows.Value is { } list
            ? new Listed<ApiKeyView>([.. list.Items.Select(k => new ApiKeyView(k.Id["key:".Length..], k.Name, k.Owner, k.Scope, k.CreatedAt, k.ExpiresAt, k.RevokedAt))], list.NextCursor, list.Behind)
            : rows.Refusal!;
    }
}
