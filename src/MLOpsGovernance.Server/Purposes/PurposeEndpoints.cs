using MediatR;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Purposes;

/// <summary>The purposes that the policy set in force knows; any code is taken where it knows none.</summary>
[AnyRole]
internal sealed record ListPurposes : IQuery<PurposeListing>;

/// <param name="Items">What models and data may be for.</param>
/// <param name="NextCursor">Null: the catalogue comes in one piece.</param>
/// <param name="LegalBases">The grounds of Art. 6(1) GDPR.</param>
/// <param name="SpecialCategoryConditions">The conditions of Art. 9(2) GDPR.</param>
internal sealed record PurposeListing(IReadOnlyList<Purpose> Items, string? NextCursor, IReadOnlyList<LegalGround> LegalBases, IReadOnlyList<LegalGround> SpecialCategoryConditions);

internal sealed class PurposeLister(PoliciesInForce policies) : IRequestHandler<ListPurposes, Result<PurposeListing>>
{
    public async Task<Result<PurposeListing>> Handle(ListPurposes request, CancellationToken cancellationToken)
    {
        var catalogue = (await policies.NowAsync())?.Purposes ?? PurposeCatalogue.Empty;
        return new PurposeListing(catalogue.Purposes, null, catalogue.LegalBases, catalogue.SpecialCategoryConditions);
    }
}

internal static class PurposeEndpoints
{
    public static void MapPurposes(this IEndpointRouteBuilder api) =>
        api.MapGet("/purposes", async (IMediator mediator, CancellationToken cancellationToken) => (await mediator.Send(new ListPurposes(), cancellationToken)).ToHttp())
            .Answers<PurposeListing>().WithTags("Purposes").WithSummary("What models and data may be for, and on which legal grounds");
}
