using FluentValidation;
using Marten;
using MediatR;
using MLOpsGovernance.Advisor.Approvals;
using MLOpsGovernance.Advisor.Learning;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.BuyOrBuild;
using MLOpsGovernance.Server.Maturity;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Approvals;

/// <summary>Where among approvals it is worth looking again: near-instant ones, one approver for everything, pairs who approve each other. For review, and no verdict on anybody.</summary>
/// <param name="From">Approvals given from then on; left out, the last 180 days.</param>
[RequiresRole(Roles.ComplianceOfficer, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.Administrator)]
internal sealed record ReadApprovalPatterns(DateTimeOffset? From, DateTimeOffset? To) : IQuery<ApprovalPatternsView>;

internal sealed class ReadApprovalPatternsRules : AbstractValidator<ReadApprovalPatterns>
{
    public ReadApprovalPatternsRules() => RuleFor(q => q.From).Must((q, from) => from is null || q.To is null || from < q.To).WithMessage("from is before to.");
}

/// <summary>How long a review is likely to take, and how likely it ends in a rejection: from this installation's own history, where that says anything.</summary>
[AnyRole]
internal sealed record ReadApprovalForecast(string? Model, int? Version) : IQuery<ApprovalForecastView>;

internal sealed class ReadApprovalForecastRules : AbstractValidator<ReadApprovalForecast>
{
    public ReadApprovalForecastRules()
    {
        RuleFor(q => q.Model).IsName().When(q => q.Model is not null);
        RuleFor(q => q.Version).Must((q, v) => q.Model is null == v is null).WithErrorCode("version-missing").WithMessage("a forecast is for a model and one of its versions, or for none.");
        RuleFor(q => q.Version).Must(v => v is null or >= 1).WithErrorCode("invalid-version").WithMessage("a model version is a whole number from 1 to 2147483647.");
    }
}

/// <param name="Unusual">Approvals whose waiting time lies far from the usual, by a robust z-score; below 0 is faster.</param>
internal sealed record ApprovalPatternsView(DateTimeOffset From, DateTimeOffset To, int Approvals, IReadOnlyList<ApprovalPattern> Patterns, IReadOnlyList<UnusualApproval> Unusual, string Use);

internal sealed record UnusualApproval(string Approval, double RobustZ);

internal sealed record ApprovalForecastView(ForecastView Hours, ForecastView Denial, string Use);

/// <param name="Says">What may be said: a forecast, or why there is none.</param>
/// <param name="Refused"><c>not-enough-data</c> or <c>no-better-than-baseline</c>; left out where there is a forecast.</param>
/// <param name="Have">Completed requests, or of a denial those of the rarer outcome.</param>
/// <param name="Value">For the version that was asked about.</param>
internal sealed record ForecastView(
    string Says, string? Refused, int Have, int Need, double? Value, double? Baseline, double? Skill, double? SkillAtLeast, int Open, IReadOnlyList<CalibrationBand> Calibration)
{
    public static ForecastView Of(ForecastResult r) => new(
        r.Gate.Reason switch
        {
            "not_enough_data" => $"not enough data: {r.Gate.Have} of {r.Gate.Need}",
            null => "a forecast from this installation's own history, for no person",
            _ => "no better than saying the same every time",
        },
        r.Gate.Reason?.Replace('_', '-'), r.Gate.Have, r.Gate.Need, r.Value, r.Baseline, r.Skill, r.SkillAtLeast, r.Open, r.Calibration);
}

internal sealed class ApprovalHistoryReader(IDocumentStore store, Registers registers, AdviceDesk desk, TimeProvider time) :
    IRequestHandler<ReadApprovalPatterns, Result<ApprovalPatternsView>>, IRequestHandler<ReadApprovalForecast, Result<ApprovalForecastView>>
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(180);

    public async Task<Result<ApprovalPatternsView>> Handle(ReadApprovalPatterns request, CancellationToken cancellationToken)
    {
        var to = request.To ?? time.GetUtcNow();
        var from = request.From ?? to - Window;
        List<ApprovalCase> cases =
        [
            .. from row in await RowsAsync(cancellationToken)
               from review in Decided(row)
               where review.Decision.Kind == "approved" && review.Decision.At >= @from && review.Decision.At < to
               select new ApprovalCase(review.Decision.Id, review.Asked.By, review.Decision.By, (review.Decision.At - review.Asked.At).TotalHours),
        ];
        var found = ApprovalPatterns.Of(cases);
        return new ApprovalPatternsView(
            from, to, found.Approvals, found.Patterns, [.. found.Unusual.Select(u => new UnusualApproval(u.Id, u.RobustZ))], "Where to look again. Nothing here says that anybody did wrong, and nothing may follow from it alone.");
    }

    public async Task<Result<ApprovalForecastView>> Handle(ReadApprovalForecast request, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(cancellationToken);
        IReadOnlyList<double>? asked = null;
        if (request is { Model: { } model, Version: { } number })
        {
            if (rows.FirstOrDefault(r => r.Model == model && r.Number == number) is not { } row) return ModelViews.UnknownVersion(model, number);
            asked = Features(row, time.GetUtcNow());
        }

        List<PastRequest> past = [.. rows.SelectMany(Past)];
        return await desk.WorkAsync(() => new ApprovalForecastView(ForecastView.Of(HistoryForecast.Hours(past, asked)), ForecastView.Of(HistoryForecast.Denial(past, asked)), "For planning. It says nothing of any person, and no decision may rest on it."), cancellationToken) is { } forecast
            ? forecast
            : new Refusal("advice-busy", "Others wait for their turn already; try again in a minute.", RefusalKind.Conflict);
    }

    private async Task<IReadOnlyList<PracticeRow>> RowsAsync(CancellationToken cancellationToken)
    {
        await registers.CatchUpAsync(cancellationToken);
        await using var session = store.QuerySession();
        return await session.Query<PracticeRow>().Where(r => r.Number > 0).ToListAsync(cancellationToken);
    }

    /// <summary>Each decision with the latest request before it.</summary>
    private static IEnumerable<(PracticeReview Asked, PracticeReview Decision)> Decided(PracticeRow row) =>
        from decision in row.Reviews
        where decision.Kind is "approved" or "rejected"
        let asked = row.Reviews.LastOrDefault(a => a.Kind == "asked" && a.At <= decision.At)
        where asked is not null
        select (asked, decision);

    /// <summary>One for each request: the first decision on it ends it.</summary>
    private static IEnumerable<PastRequest> Past(PracticeRow row)
    {
        foreach (var asked in row.Reviews.Where(r => r.Kind == "asked"))
        {
            var ended = Decided(row).Where(d => d.Asked == asked).Select(d => d.Decision).MinBy(d => d.At);
            yield return new(asked.At, Features(row, asked.At), ended is null ? null : (ended.At - asked.At).TotalHours, ended is null ? null : ended.Kind == "rejected");
        }
    }

    /// <summary>What was known of the version when the review was asked for; nothing about who asked or who is to decide.</summary>
    private static IReadOnlyList<double> Features(PracticeRow row, DateTimeOffset at) =>
    [
        row.Datasets.Count, row.Authors.Count, row.Commit is null ? 0 : 1, row.Run ? 1 : 0, row.Metrics ? 1 : 0, row.Environment ? 1 : 0, row.HumanAuthors.Contains(row.By, StringComparer.Ordinal) ? 0 : 1, row.Number,
        row.Documents.Count(d => d.ProducedAt <= at), (int)at.DayOfWeek,
    ];
}
