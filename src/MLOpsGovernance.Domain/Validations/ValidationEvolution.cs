using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Validations;

/// <summary>What validations and conditions do to a version.</summary>
internal static class ValidationEvolution
{
    internal static ModelVersion Add(this ModelVersion version, VersionValidated e) => version.Impose(e.Conditions, Condition.OfValidation, e.Validation) with
    {
        Validations = version.Validations.Add(new(e.Validation, e.Scope, e.Conclusion, e.Limitations, e.Evidence, e.Material, e.By, e.Owner, e.At, e.ValidUntil)),
    };

    internal static ModelVersion Supersede(this ModelVersion version, ValidationSuperseded e) =>
        version with { Validations = version.Validations.ConvertAll(v => v.Id == e.Validation ? v with { Superseded = e.Causes } : v) };

    internal static ModelVersion Impose(this ModelVersion version, IReadOnlyList<ConditionDemand>? demands, string source, string id) => demands is null or [] ? version
        : version with { Conditions = version.Conditions.AddRange(demands.Select(d => new Condition(d.Id, d.Title, d.Owner!, d.Due, source, id))) };

    internal static ModelVersion Report(this ModelVersion version, ConditionReported e) =>
        version.Change(e.Condition, c => c with { Fulfilment = new(e.Evidence, e.Reason, e.Owner is null ? [e.By] : [e.By, e.Owner], e.At) });

    internal static ModelVersion Meet(this ModelVersion version, ConditionMet e) => version.Change(e.Condition, c => c with { Agreed = new(e.Reason, e.By, e.At) });

    /// <summary>A <see cref="ValidationSuperseded"/> for each validation that no longer stands and is not yet said to be so.</summary>
    internal static IEnumerable<object> Superseded(ModelVersion version, Func<Validation, Material> now, Actor actor, DateTimeOffset at) =>
        from validation in version.Validations
        where validation.Superseded.Count == 0
        let standing = ValidationStanding.Of(validation, version, now(validation))
        where standing.State == ApprovalStanding.Superseded
        select (object)new ValidationSuperseded(version.Number, validation.Id, [.. standing.Why.Select(w => w.Code)], actor.Subject, at);

    private static ModelVersion Change(this ModelVersion version, string condition, Func<Condition, Condition> change) =>
        version with { Conditions = version.Conditions.ConvertAll(c => c.Id == condition ? change(c) : c) };
}
