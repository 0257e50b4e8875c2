using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Classification;

/// <param name="Lowered">Only those that lowered a class, or only those that did not.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
[AnyRole]
internal sealed record ListClassifications(bool? Lowered, string? Kind, string? Name, DateTimeOffset? From, DateTimeOffset? To, Page Page) : IQuery<Listed<ClassificationListing>>, IPaged;

/// <summary>A class that was confirmed.</summary>
/// <param name="Kind"><c>model</c> or <c>dataset</c>.</param>
/// <param name="Lowered">Which parts are lower, or allow more, than before; empty where none does.</param>
/// <param name="Risk">What a model is classified as.</param>
/// <param name="RiskBefore">Left out for the first.</param>
/// <param name="Data">What a dataset is classified as.</param>
/// <param name="DataBefore">Left out for the first.</param>
/// <param name="Approvals">How many approvals fell with it.</param>
internal sealed record ClassificationListing(
    string Id, string Kind, string Name, string By, DateTimeOffset At, string? Reason, IReadOnlyList<string> Lowered, ListedRisk? Risk, ListedRisk? RiskBefore, ListedData? Data, ListedData? DataBefore, int Approvals);

internal sealed record ListedRisk(string EuAiAct, int Tier, string? Role, RiskBasis? Basis, Materiality? Materiality, string? AccountableExecutive)
{
    public static ListedRisk? Of(RiskClass? risk) => risk is null ? null : new(risk.EuAiAct, risk.Tier, risk.OperatorRole, risk.Basis, risk.Materiality, risk.AccountableExecutive);
}

internal sealed record ListedData(string Sensitivity, bool PersonalData, bool Anonymised, string? LegalBasis, IReadOnlyList<PermittedPurpose> PermittedPurposes, int? RetentionDays)
{
    public static ListedData? Of(DataClass? data) => data is null ? null : new(data.Sensitivity, data.PersonalData, data.Anonymised, data.LegalBasis, data.PermittedPurposes, data.RetentionDays);
}

internal sealed class ListClassificationsRules : AbstractValidator<ListClassifications>
{
    public ListClassificationsRules()
    {
        RuleFor(q => q.Kind).IsOneOf(["model", "dataset"]).When(q => q.Kind is not null);
        RuleFor(q => q.Name).IsName().When(q => q.Name is not null);
    }
}

internal sealed class ClassificationLister(Registers registers, SealingKeys sealing) : IRequestHandler<ListClassifications, Result<Listed<ClassificationListing>>>
{
    public async Task<Result<Listed<ClassificationListing>>> Handle(ListClassifications request, CancellationToken cancellationToken)
    {
        var rows = await registers.ListAsync<ClassificationRow>(
            request.Page,
            all =>
            {
                if (request.Lowered is { } lowered) all = all.Where(r => r.IsLowered == lowered);
                if (request.Kind is { } kind) all = all.Where(r => r.Kind == kind);
                if (request.Name is { } name) all = all.Where(r => r.Name == name);
                if (request.From is { } from) all = all.Where(r => r.At >= from);
                return request.To is { } to ? all.Where(r => r.At < to) : all;
            },
            r => r.Id, cancellationToken);
        if (rows.Value is not { } list) return rows.Refusal!;

        List<ClassificationListing> items = [];
        foreach (var r in list.Items)
        {
            items.Add(new(
                r.Id, r.Kind, r.Name, r.By, r.At, await sealing.OpenAsync(r.Reason, cancellationToken), r.Lowered, ListedRisk.Of(r.Risk), ListedRisk.Of(r.RiskBefore), ListedData.Of(r.Data),
                ListedData.Of(r.DataBefore), r.Approvals));
        }

        return new Listed<ClassificationListing>(items, list.NextCursor);
    }
}
