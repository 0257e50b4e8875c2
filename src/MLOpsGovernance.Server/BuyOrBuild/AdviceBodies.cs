using MLOpsGovernance.Advisor;
using MLOpsGovernance.Advisor.BuyOrBuild;
using MLOpsGovernance.Advisor.Criteria;
using MLOpsGovernance.Advisor.Portfolios;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.BuyOrBuild;

/// <param name="Capabilities">registry, feature_store, serving, monitoring, pipelines, governance: all six.</param>
/// <param name="Seed">The same request and seed give the same answer.</param>
/// <param name="Runs">100 to 100,000; 10,000 where nothing is said.</param>
/// <param name="Assessment">Its mean and skills bear on the statements.</param>
/// <param name="Axes">Your own word on an axis, where nothing tells or you know better.</param>
/// <param name="Weights">Of axes; equal where nothing is said.</param>
/// <param name="OtherMethods">Criteria and alternatives for the appendix.</param>
/// <param name="Comparisons">Judgments of pairs (AHP) for the appendix.</param>
[BodyLimit(1)]
internal sealed record AdviceBody(
    IReadOnlyDictionary<string, CapabilityBody> Capabilities, SharedBody Shared, ConstraintsBody? Constraints = null, long? Seed = null, int? Runs = null, IReadOnlyList<CorrelationBody>? Correlations = null,
    string? Team = null, string? Assessment = null, IReadOnlyDictionary<string, AxisBody>? Axes = null, IReadOnlyDictionary<string, double>? Weights = null, OtherMethodsBody? OtherMethods = null, ComparisonsBody? Comparisons = null);

/// <param name="Options">saas, selfhosted, oss, build: those that are to be had.</param>
/// <param name="StatusQuo">What things cost as they are.</param>
/// <param name="ValuePerMonth">What being live is worth in a month, and waiting costs.</param>
internal sealed record CapabilityBody(IReadOnlyDictionary<string, OptionBody> Options, StatusQuoBody? StatusQuo = null, EstimateBody? ValuePerMonth = null, IReadOnlyList<string>? MustHaves = null);

/// <param name="Utility">0 to 10 points: how well it does what is wanted.</param>
/// <param name="Stack">Whose it is.</param>
/// <param name="Costs">By item: oneOff, fte, infrastructure, licence, support, internalAudit, exit, monthsToLive, procurementMonths, dueDiligence, exitPlan, parallelRun, training, opportunity.</param>
/// <param name="Places">Where data would go; left out where they stay.</param>
/// <param name="Unmet">Must-haves that it does not meet.</param>
internal sealed record OptionBody(double Utility, string Stack, IReadOnlyDictionary<string, EstimateBody>? Costs = null, IReadOnlyList<string>? Places = null, IReadOnlyList<string>? Unmet = null);

internal sealed record StatusQuoBody(EstimateBody? ManualHoursPerMonth = null, EstimateBody? IncidentsPerYear = null, EstimateBody? CostPerIncident = null);

/// <summary>What nobody knows exactly: in one case of ten it is below p10, in nine below p90. Both the same where it is certain.</summary>
/// <param name="Source">Where it comes from: a quote, an invoice, a person. Without one it is listed as unsourced.</param>
/// <param name="AsOf">When that was so. After 90 days it is listed as stale.</param>
internal sealed record EstimateBody(double P10, double P90, double? P50 = null, string? Source = null, DateOnly? AsOf = null)
{
    public Estimate Estimate => new(P10, P90, P50, Source, AsOf);
}

internal sealed record SharedBody(
    int HorizonYears, double DiscountRate, EstimateBody EngineerRate, EstimateBody? PayrollGrowth = null, EstimateBody? PriceEscalation = null, EstimateBody? Turnover = null, EstimateBody? Replacement = null, EstimateBody? SeamCost = null,
    double? SuiteDiscount = null, int? SuiteMinimum = null, double? SeamPoints = null, double? SuitePoints = null, double? HoursPerYear = null)
{
    public SharedTerms Terms => new(
        HorizonYears, DiscountRate, EngineerRate.Estimate, PayrollGrowth?.Estimate, PriceEscalation?.Estimate, Turnover?.Estimate, Replacement?.Estimate, SeamCost?.Estimate, SuiteDiscount ?? 0, SuiteMinimum ?? 3, SeamPoints ?? 1,
        SuitePoints ?? 0, HoursPerYear ?? SharedTerms.UsualHours);
}

internal sealed record ConstraintsBody(
    IReadOnlyList<string>? AllowedPlaces = null, IReadOnlyList<string>? Private = null, double? Budget = null, double? Headcount = null, double? GoLiveMonths = null, IReadOnlyList<string>? Mandatory = null, bool? MustHaves = null);

/// <param name="A">Inputs by their names, such as <c>registry.saas.licence</c> or <c>shared.engineerRate</c>.</param>
internal sealed record CorrelationBody(string A, string B, double Rho);

/// <param name="Value">-1 (buy) to 1 (build).</param>
internal sealed record AxisBody(double Value, string Reason);

internal sealed record OtherMethodsBody(IReadOnlyList<CriterionBody> Criteria, IReadOnlyList<AlternativeBody> Alternatives);

/// <param name="Worst">Acceptable, said before the alternatives are known; so is <paramref name="Best"/>.</param>
internal sealed record CriterionBody(string Name, double Weight, double Worst, double Best);

internal sealed record AlternativeBody(string Name, IReadOnlyList<double> Values);

internal sealed record ComparisonsBody(IReadOnlyList<string> Names, IReadOnlyList<JudgmentBody> Judgments);

/// <summary>A is so many times as important as B.</summary>
internal sealed record JudgmentBody(string A, string B, double Value);

/// <summary>The body as the advisor takes it, or what is wrong with which field.</summary>
internal static class AdviceReading
{
    private static readonly Dictionary<string, Capability> Capabilities = Platform.Capabilities.ToDictionary(c => c.Word(), StringComparer.Ordinal);
    private static readonly Dictionary<string, Way> Ways = Platform.Ways.ToDictionary(w => w.Word(), StringComparer.Ordinal);
    private static readonly Dictionary<string, CostItem> Items = Enum.GetValues<CostItem>().ToDictionary(i => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(i.ToString()), StringComparer.Ordinal);

    private const int MostWords = 100, LongestWord = 200;

    public static (AdviceRequest? Request, IReadOnlyList<InputFault> Faults) Read(AdviceBody body)
    {
        List<InputFault> faults = [.. Empty(body)];
        if (faults.Count > 0) return (null, faults);
        faults.AddRange(Words(body));
        foreach (var unknown in body.Capabilities.Keys.Where(k => !Capabilities.ContainsKey(k))) faults.Add(new($"capabilities.{unknown}", "unknown-capability", $"Capabilities are {string.Join(", ", Capabilities.Keys)}."));
        var capabilities = body.Capabilities.Where(c => Capabilities.ContainsKey(c.Key)).ToDictionary(c => Capabilities[c.Key], c => Capability(c.Value, $"capabilities.{c.Key}", faults));
        var constraints = body.Constraints ?? new();
        if (body.Seed < 0) faults.Add(new("seed", "seed-out-of-range", "A seed is a whole number, 0 or more."));
        var request = new AdviceRequest(
            capabilities, body.Shared.Terms,
            new(constraints.AllowedPlaces, Named(constraints.Private, "constraints.private", faults), constraints.Budget, constraints.Headcount, constraints.GoLiveMonths, Named(constraints.Mandatory, "constraints.mandatory", faults), constraints.MustHaves ?? false),
            (ulong)Math.Max(0, body.Seed ?? 1), body.Runs ?? AdviceRequest.UsualRuns, body.Correlations is null ? null : [.. body.Correlations.Select(c => new Correlation(c.A, c.B, c.Rho))]);
        if (faults.Count == 0) faults.AddRange(AdviceFaults.Of(request));
        faults.AddRange(Statements.Faults([.. (body.Axes ?? new Dictionary<string, AxisBody>(StringComparer.Ordinal)).Select(a => new AxisValue(a.Key, a.Value.Value, a.Value.Reason))], body.Weights ?? new Dictionary<string, double>(StringComparer.Ordinal)));
        faults.AddRange(Appendix(body));
        return faults.Count > 0 ? (null, faults) : (request, []);
    }

    /// <summary>Null in an object's place: the reader of bodies refuses it in lists alone.</summary>
    private static IEnumerable<InputFault> Empty(AdviceBody body)
    {
        static InputFault Nothing(string at) => new(at, "wrong-type", "is null; leave it out instead.");
        foreach (var (capability, terms) in body.Capabilities)
        {
            if (terms is null) yield return Nothing($"capabilities.{capability}");
            foreach (var (way, option) in terms?.Options ?? new Dictionary<string, OptionBody>(StringComparer.Ordinal))
            {
                if (option is null) yield return Nothing($"capabilities.{capability}.options.{way}");
                foreach (var cost in (option?.Costs ?? new Dictionary<string, EstimateBody>(StringComparer.Ordinal)).Where(c => c.Value is null)) yield return Nothing($"capabilities.{capability}.options.{way}.costs.{cost.Key}");
            }
        }

        foreach (var axis in (body.Axes ?? new Dictionary<string, AxisBody>(StringComparer.Ordinal)).Where(a => a.Value is null)) yield return Nothing($"axes.{axis.Key}");
    }

    private static CapabilityTerms Capability(CapabilityBody body, string at, List<InputFault> faults)
    {
        foreach (var unknown in body.Options.Keys.Where(k => !Ways.ContainsKey(k))) faults.Add(new($"{at}.options.{unknown}", "unknown-way", "Options are saas, selfhosted, oss and build; what deferring costs is the status quo."));
        return new(
            body.Options.Where(o => Ways.ContainsKey(o.Key)).ToDictionary(o => Ways[o.Key], o => Option(o.Value, $"{at}.options.{o.Key}", faults)),
            new(body.StatusQuo?.ManualHoursPerMonth?.Estimate, body.StatusQuo?.IncidentsPerYear?.Estimate, body.StatusQuo?.CostPerIncident?.Estimate), body.ValuePerMonth?.Estimate, body.MustHaves);
    }

    private static OptionTerms Option(OptionBody body, string at, List<InputFault> faults)
    {
        var costs = body.Costs ?? new Dictionary<string, EstimateBody>(StringComparer.Ordinal);
        foreach (var unknown in costs.Keys.Where(k => !Items.ContainsKey(k))) faults.Add(new($"{at}.costs.{unknown}", "unknown-cost", $"Costs are {string.Join(", ", Items.Keys)}."));
        return new(body.Utility, body.Stack, costs.Where(c => Items.ContainsKey(c.Key)).ToDictionary(c => Items[c.Key], c => c.Value.Estimate), body.Places, body.Unmet);
    }

    private static IReadOnlyList<Capability>? Named(IReadOnlyList<string>? names, string at, List<InputFault> faults)
    {
        foreach (var unknown in (names ?? []).Where(n => !Capabilities.ContainsKey(n))) faults.Add(new(at, "unknown-capability", $"'{unknown}' is none of {string.Join(", ", Capabilities.Keys)}."));
        return names is null ? null : [.. names.Where(Capabilities.ContainsKey).Select(n => Capabilities[n])];
    }

    private static IEnumerable<InputFault> Appendix(AdviceBody body)
    {
        if (body.OtherMethods is { } other)
        {
            if (other.Criteria.Count is < 1 or > 20) yield return new("otherMethods.criteria", "criteria-out-of-range", "There are 1 to 20 criteria.");
            if (other.Alternatives.Count is < 2 or > 20) yield return new("otherMethods.alternatives", "alternatives-out-of-range", "There are 2 to 20 alternatives.");
            foreach (var fault in OtherMethods.Faults([.. other.Criteria.Select(Criterion)])) yield return fault with { Field = $"otherMethods.{fault.Field}" };
            for (var i = 0; i < other.Alternatives.Count; i++)
            {
                if (other.Alternatives[i].Values.Count != other.Criteria.Count || other.Alternatives[i].Values.Any(v => !double.IsFinite(v)))
                    yield return new($"otherMethods.alternatives[{i}].values", "values-differ", "An alternative has one finite value for each criterion.");
            }
        }

        if (body.Comparisons is not { } compared) yield break;
        for (var i = 0; i < compared.Judgments.Count; i++)
        {
            if (compared.Judgments[i].Value is > 0 and (< 0.001 or > 1000)) yield return new($"comparisons.judgments[{i}]", "judgment-out-of-range", "A judgment is 1/1000 to 1000, as a rule from 1/9 to 9.");
        }

        if (compared.Names.Count is < 2 or > 10) yield return new("comparisons.names", "names-out-of-range", "2 to 10 names are compared.");
        else foreach (var fault in Ahp.Faults(compared.Names, [.. compared.Judgments.Select(j => new Judgment(j.A, j.B, j.Value))], "comparisons")) yield return fault;
    }

    public static Criterion Criterion(CriterionBody c) => new(c.Name, c.Weight, c.Best > c.Worst, new(c.Worst, c.Best));

    /// <summary>Words are shown to people, and go into no event.</summary>
    private static IEnumerable<InputFault> Words(AdviceBody body)
    {
        foreach (var (capability, terms) in body.Capabilities)
        {
            var lists = terms.Options.Values.SelectMany(o => (o.Places ?? []).Concat(o.Unmet ?? [])).Concat(terms.MustHaves ?? []).ToList();
            if (lists.Count > MostWords || lists.Concat(terms.Options.Values.Select(o => o.Stack)).Any(w => w.Length > LongestWord))
                yield return new($"capabilities.{capability}", "too-many-words", $"Places, must-haves and stacks are at most {MostWords} for a capability, of at most {LongestWord} characters.");
        }

        foreach (var (axis, said) in body.Axes ?? new Dictionary<string, AxisBody>(StringComparer.Ordinal))
        {
            if (string.IsNullOrWhiteSpace(said.Reason) || said.Reason.Length > 1000) yield return new($"axes.{axis}.reason", "reason-required", "Your own word on an axis comes with a reason of at most 1000 characters.");
        }
    }
}
