using FluentValidation;
using FluentValidation.Results;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Policies;

namespace MLOpsGovernance.Server.Purposes;

/// <summary>Holds codes to the catalogue of the policy set in force. What was recorded under an earlier catalogue stays as it is.</summary>
internal static class PurposeRules
{
    /// <summary>Purpose codes of a model; the field may be left out.</summary>
    public static void AreKnownPurposes<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule, PoliciesInForce policies) => rule.CustomAsync(async (codes, context, _) =>
    {
        if (codes is null or [] || await CatalogueAsync(policies) is not { } catalogue) return;
        for (var i = 0; i < codes.Count; i++) Add(context, $"{context.PropertyPath}[{i}]", "unknown-purpose", Name.IsValid(codes[i]) ? catalogue.Unknown(codes[i]) : null);
    });

    /// <summary>What a dataset may be used for, with the grounds.</summary>
    public static void IsKnownThroughout<T>(this IRuleBuilder<T, DataClass> rule, PoliciesInForce policies) => rule.CustomAsync(async (@class, context, _) =>
    {
        if (await CatalogueAsync(policies) is not { } catalogue) return;
        Add(context, "legalBasis", "unknown-legal-basis", @class.LegalBasis is { Length: > 0 } own ? UnknownBasis(catalogue, own) : null);
        for (var i = 0; i < @class.PermittedPurposes.Count; i++)
        {
            if (@class.PermittedPurposes[i] is not { } purpose) continue;
            var place = $"permittedPurposes[{i}]";
            Add(context, $"{place}.code", "unknown-purpose", Name.IsValid(purpose.Code) ? catalogue.Unknown(purpose.Code) : null);
            Add(context, $"{place}.legalBasis", "unknown-legal-basis", purpose.LegalBasis is { Length: > 0 } basis ? UnknownBasis(catalogue, basis) : null);
            Add(context, $"{place}.specialCategoryCondition", "unknown-special-category-condition", purpose.SpecialCategoryCondition is { Length: > 0 } condition
                ? PurposeCatalogue.UnknownGround(condition, "special-category condition", catalogue.SpecialCategoryConditions) : null);
        }
    });

    /// <summary>The class with the codes of the grounds that are meant, however they were spelled.</summary>
    public static async Task<DataClass> InCodesAsync(this DataClass @class, PoliciesInForce policies) => await CatalogueAsync(policies) is not { } catalogue ? @class : @class with
    {
        LegalBasis = @class.LegalBasis is null ? null : PurposeCatalogue.CodeOf(@class.LegalBasis, catalogue.LegalBases),
        PermittedPurposes =
        [
            .. @class.PermittedPurposes.Select(p => p with
            {
                LegalBasis = PurposeCatalogue.CodeOf(p.LegalBasis, catalogue.LegalBases),
                SpecialCategoryCondition = p.SpecialCategoryCondition is null ? null : PurposeCatalogue.CodeOf(p.SpecialCategoryCondition, catalogue.SpecialCategoryConditions),
            }),
        ],
    };

    private static string? UnknownBasis(PurposeCatalogue catalogue, string text) => PurposeCatalogue.UnknownGround(text, "legal basis", catalogue.LegalBases);

    private static async Task<PurposeCatalogue?> CatalogueAsync(PoliciesInForce policies) => (await policies.NowAsync())?.Purposes;

    private static void Add<T>(ValidationContext<T> context, string field, string code, string? why)
    {
        if (why is not null) context.AddFailure(new ValidationFailure(field, why) { ErrorCode = code });
    }
}
