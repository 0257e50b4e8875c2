using System.Globalization;
using MLOpsGovernance.Advisor.BuyOrBuild;
using MLOpsGovernance.Advisor.Portfolios;
using MLOpsGovernance.Server.Maturity;

namespace MLOpsGovernance.Server.BuyOrBuild;

/// <summary>What is known on each of the seven axes: from an assessment, from the reckoning, or from the request; your own word overrides all of them.</summary>
internal static class AdviceFacts
{
    public static IReadOnlyList<KeptAxis> OfAssessment(AssessmentSnapshot? assessment)
    {
        if (assessment is null) return [];
        var trace = new TraceView("event", $"assessment:{assessment.Id}", assessment.Result.ClaimsOnly ? "what was claimed, and nothing recorded bears on it" : null);
        var result = assessment.Result;
        List<KeptAxis> facts =
        [
            new("maturity", Math.Clamp(Axes.Maturity(result.Mean), -1, 1), string.Create(CultureInfo.InvariantCulture, $"the mean of the assessment is {result.Mean:0.0} of 4; that mature teams build is no proof that building makes them so"), trace),
        ];
        if (result.Skills is { } skills)
        {
            facts.Add(new("team_shape", skills.TeamShape, string.Create(CultureInfo.InvariantCulture, $"{(skills.TeamShape + 1) * 2:0} of the four roles data engineer, software engineer, ML engineer and MLOps engineer are in the team"), trace));
            facts.Add(new("expertise", skills.Expertise, string.Create(CultureInfo.InvariantCulture, $"of what an MLOps engineer needs somebody holds {skills.Roles["mlops_engineer"].Coverage:0 %}, and two people hold {skills.Roles["mlops_engineer"].Resilience:0 %}"), trace));
        }

        return facts;
    }

    public static IReadOnlyList<(AxisValue Value, TraceView Trace)> All(KeptAdvice kept, AdviceRequest request, AdviceResultNumbers numbers) =>
    [
        .. Statements.Axes.Select(axis => Own(kept, axis) ?? Told(kept, axis) ?? Reckoned(axis, request, numbers)).OfType<(AxisValue, TraceView)>(),
    ];

    private static (AxisValue, TraceView)? Own(KeptAdvice kept, string axis) =>
        kept.Request.Axes?.GetValueOrDefault(axis) is { } said ? (new(axis, said.Value, said.Reason), new("word", $"axes.{axis}", said.Reason)) : null;

    private static (AxisValue, TraceView)? Told(KeptAdvice kept, string axis) =>
        kept.Facts.FirstOrDefault(f => f.Axis == axis) is { } fact ? (new(axis, fact.Value, fact.Origin), fact.Trace) : null;

    private static (AxisValue, TraceView)? Reckoned(string axis, AdviceRequest request, AdviceResultNumbers numbers)
    {
        PortfolioNumbers? Of(string role) => numbers.Portfolios.FirstOrDefault(p => p.Role == role);
        switch (axis)
        {
            case "cost_horizon" when Of("allBuy") is { } buy && Of("allBuild") is { } build:
                return (new(axis, Axes.CostHorizon(buy.Cost.Mean, build.Cost.Mean), $"over {request.Shared.HorizonYears} years buying everything costs {Figures.Money(buy.Cost.Mean)} and building everything {Figures.Money(build.Cost.Mean)}"), new("calculation", "allBuy, allBuild"));
            case "urgency_scale" when request.Constraints.GoLiveMonths is { } target && Of("allBuild") is { } build:
                return (new(axis, Axes.Urgency(target, build.Months), string.Create(CultureInfo.InvariantCulture, $"it is to be live in {target:0.#} months, and building everything takes {build.Months:0.#}")), new("constraint", "constraints.goLiveMonths"));
            case "uniqueness" when request.Capabilities.Values.Sum(c => c.MustHaves?.Count ?? 0) is > 0 and var all:
                var unmet = request.Capabilities.Values.Sum(c => (c.MustHaves ?? []).Count(m => !c.Options.Any(o => o.Key.IsBought() && !(o.Value.Unmet ?? []).Contains(m, StringComparer.Ordinal))));
                return (new(axis, Axes.Uniqueness(unmet, all), $"{unmet} of {all} must-haves are met by nothing on the market"), new("answer", "capabilities.*.mustHaves"));
            case "privacy_security" when request.Constraints is { AllowedPlaces: not null } or { Private: not null }:
                var within = request.Capabilities.Values.All(c => c.Options.Any(o => o.Key != Way.Saas && !(request.Constraints.AllowedPlaces is { } places && (o.Value.Places ?? []).Except(places, StringComparer.OrdinalIgnoreCase).Any())));
                return within ? (new(axis, 0, "something that one runs oneself keeps every rule on where data may go, so the rules remove options and speak for neither side"), new("constraint", "constraints.allowedPlaces, constraints.private")) : null;
            default:
                return null;
        }
    }
}
