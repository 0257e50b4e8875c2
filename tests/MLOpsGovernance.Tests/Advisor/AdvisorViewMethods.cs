using System.Text.Json;
using MLOpsGovernance.Advisor.BuyOrBuild;
using MLOpsGovernance.Advisor.CrossViews;
using MLOpsGovernance.Advisor.Maturity;
using MLOpsGovernance.Advisor.People;

namespace MLOpsGovernance.Tests.Advisor;

internal static class AdvisorViewMethods
{
    public static IReadOnlyDictionary<string, Func<JsonElement, object?>> All { get; } = new Dictionary<string, Func<JsonElement, object?>>(StringComparer.Ordinal)
    {
        ["mts2017.score"] = static i => MlTestScore.Of(Marks(i)) is var s
            ? new { section_sums = new { data = s.Sums[0], model = s.Sums[1], infra = s.Sums[2], monitoring = s.Sums[3] }, score = s.Score, band = s.Band } : null,
        ["mts2017.score_with_na"] = static i => new { strict = Brief(MlTestScore.Of(Marks(i))), lenient = Brief(MlTestScore.Of(Marks(i), 1)), na_count = MlTestScore.NotApplicable(Marks(i)) },
        ["mts2017.validate"] = static i => MlTestScore.WhyInvalid(Marks(i)) is var reason ? new { valid = reason is null, reason } : null,
        ["mts2017.band"] = static i => new { band = MlTestScore.Band(i.Number("score")) },
        ["microsoft.level"] = static i => Level(i, Instrument.Shipped.Views.Microsoft.Predicates, PublishedLevels.HighestOfMicrosoft) is var l
            ? new { columns = l.Columns, overall = l.Overall, blocking_next = l.BlockingNext } : null,
        ["google.level"] = static i => Level(i, Instrument.Shipped.Views.Google.Predicates, PublishedLevels.HighestOfGoogle) is var l ? new { level = l.Overall, blocking_next = l.BlockingNext } : null,
        ["team.profile"] = Team,
        ["axes.lean"] = Lean,
        ["axes.maturity"] = static i => new { axis = Axes.Maturity(i.Number("mean")) },
        ["axes.urgency"] = static i => new { axis = Axes.Urgency(i.Number("months_to_target"), i.Number("build_months")) },
        ["axes.cost_horizon"] = static i => new { axis = Axes.CostHorizon(i.Number("npv_cost_buy"), i.Number("npv_cost_build")) },
    };

    private static TestMarks Marks(JsonElement input)
    {
        double?[] Section(string name) => [.. input.GetProperty(name).EnumerateArray().Select(static m => m.ValueKind == JsonValueKind.Null ? null : (double?)m.GetDouble())];
        return new(Section("data"), Section("model"), Section("infra"), Section("monitoring"));
    }

    private static object Brief(TestScore score) => new { score = score.Score, band = score.Band };

    private static ModelLevel Level(JsonElement input, IReadOnlyList<Predicate> predicates, int highest) => PublishedLevels.Of(predicates, highest, p => input.Words("true").Contains(p.Id));

    private static object Team(JsonElement input)
    {
        var profile = TeamSkills.Profile(
            [.. input.GetProperty("people").EnumerateArray().Select(static p => new Person(p.Text("name"), p.Words("roles"), p.Named("skills").ToDictionary(static s => s.Name, static s => s.Value.GetInt32(), StringComparer.Ordinal)))],
            Instrument.Shipped.People);
        return new
        {
            roles = profile.Roles.ToDictionary(static r => r.Key, static r => new { coverage = r.Value.Coverage, resilience = r.Value.Resilience, missing = r.Value.Missing, single_point = r.Value.SinglePoint }, StringComparer.Ordinal),
            axis_expertise = profile.Expertise,
            axis_team_shape = profile.TeamShape,
        };
    }

    private static object Lean(JsonElement input)
    {
        var weights = input.GetProperty("weights");
        var lean = Axes.Lean([.. input.Named("axes").Select(a => (a.Value.GetDouble(), weights.Number(a.Name, 1)))]);
        return new { lean, reading = Axes.Read(lean) };
    }
}
