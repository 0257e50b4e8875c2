using FluentValidation;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Reports;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Reports;

/// <summary>Has a report made. Asked for twice in the same words, it is the same report.</summary>
/// <param name="Subject">A model's name, or the id of a recall; nothing for the other kinds.</param>
/// <param name="AsOf">The moment whose state it shows; now by default.</param>
/// <param name="From">Begin of the period; for an audit period 90 days before its end by default.</param>
/// <param name="To">End of the period, not included; as-of by default.</param>
[AnyTeam, RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Executive, Roles.Administrator)]
internal sealed record RequestReport(string Kind, string? Subject, DateTimeOffset? AsOf, DateTimeOffset? From, DateTimeOffset? To) : ICommand<ReportView>, IOwnIdempotency
{
    public string Stream => Subject is not null && Kind == ReportIssued.ModelCompliance ? $"model:{Subject}" : "reports";
}

[AnyRole]
internal sealed record ReadReport(string Id) : IQuery<ReportView>;

[AnyRole]
internal sealed record ListReports(Page Page, string? Kind, string? Subject) : IQuery<Listed<ReportView>>, IPaged;

/// <param name="Format"><c>pdf</c>, <c>html</c>, <c>json</c>, or <c>signature</c> for the detached signature.</param>
[AnyRole]
internal sealed record ReadReportContent(string Id, string Format) : IQuery<ReportContentView>;

internal sealed record ReportContentView(byte[] Bytes, string ContentType, string FileName);

/// <param name="State"><c>waiting</c>, <c>running</c>, <c>issued</c> or <c>failed</c>.</param>
/// <param name="Progress">What is being done, in words.</param>
/// <param name="Digests">SHA-256 of each form, once it is issued: these stand in the log.</param>
/// <param name="Warnings">What a reader should know about how it was made.</param>
/// <param name="Why">Why it failed.</param>
internal sealed record ReportView(
    string Id, string Kind, string? Subject, string State, string Progress, DateTimeOffset AsOf, DateTimeOffset? From, DateTimeOffset? To, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset? EndedAt,
    int? Pages, IReadOnlyDictionary<string, string> Digests, IReadOnlyList<string> Warnings, string? Why);

internal sealed class RequestReportRules : AbstractValidator<RequestReport>
{
    public static readonly IReadOnlyList<string> Kinds = [ReportIssued.ModelCompliance, ReportIssued.Portfolio, ReportIssued.AuditPeriod, ReportIssued.Recall];

    public RequestReportRules()
    {
        RuleFor(c => c.Kind).IsOneOf(Kinds);
        RuleFor(c => c.Subject!).IsName().When(c => c.Kind == ReportIssued.ModelCompliance && c.Subject is not null);
        RuleFor(c => c.Subject!).IsId().When(c => c.Kind == ReportIssued.Recall && c.Subject is not null);
        RuleFor(c => c.Subject).NotEmpty().When(c => c.Kind is ReportIssued.ModelCompliance or ReportIssued.Recall).WithErrorCode("subject-required").WithMessage("say which: a model's name, or the id of a recall.");
        RuleFor(c => c.Subject).Null().When(c => c.Kind is ReportIssued.Portfolio or ReportIssued.AuditPeriod).WithErrorCode("subject-not-possible").WithMessage("this kind is about everything: leave the subject out.");
        RuleFor(c => c.From).Must((c, from) => from is null || (c.To ?? c.AsOf) is not { } end || from < end).WithErrorCode("invalid-period").WithMessage("from is before to.");
        RuleFor(c => c.From).Null().When(c => c.Kind is ReportIssued.ModelCompliance or ReportIssued.Recall).WithErrorCode("period-not-possible").WithMessage("this kind shows a moment: give asOf.");
        RuleFor(c => c.To).Null().When(c => c.Kind is ReportIssued.ModelCompliance or ReportIssued.Recall).WithErrorCode("period-not-possible").WithMessage("this kind shows a moment: give asOf.");
    }
}

internal sealed class ReadReportContentRules : AbstractValidator<ReadReportContent>
{
    public ReadReportContentRules() => RuleFor(q => q.Format).IsOneOf(["pdf", "html", "json", "signature"]);
}

internal sealed class ListReportsRules : AbstractValidator<ListReports>
{
    public ListReportsRules()
    {
        RuleFor(q => q.Kind!).IsOneOf(RequestReportRules.Kinds).When(q => q.Kind is not null);
        RuleFor(q => q.Subject).IsText(0, 128);
    }
}
