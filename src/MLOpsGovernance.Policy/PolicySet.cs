using MLOpsGovernance.Policy.Cel.Values;
using MLOpsGovernance.Policy.Documents;
using MLOpsGovernance.Policy.Facts;
using MLOpsGovernance.Policy.Rules;
using MLOpsGovernance.Policy.Waivers;

namespace MLOpsGovernance.Policy;

/// <summary>Policies, fact schema and catalogues that were checked together and hold together. Immutable; safe for any number of threads.</summary>
public sealed class PolicySet
{
    private readonly CompiledPolicy[] _policies;
    private readonly bool[] _read;
    private readonly Dictionary<(string Policy, string Rule), (PolicyDocument Policy, PolicyRule Rule)> _rules = [];

    internal PolicySet(string digest, IReadOnlyList<PolicyFile> files, FactSchema facts, CompiledPolicy[] policies)
    {
        (Digest, Files, Facts, _policies) = (digest, files, facts, policies);
        Policies = [.. policies.Select(static p => p.Document)];
        _read = new bool[facts.Names.Count];
        foreach (var policy in policies)
        {
            for (var i = 0; i < _read.Length; i++) _read[i] |= policy.ReadFacts[i];
            foreach (var rule in policy.Document.Rules) _rules[(policy.Document.Name, rule.Id)] = (policy.Document, rule);
        }
    }

    /// <summary>SHA-256 of the canonical JSON of <c>[[path, digest], …]</c> over every file of the set, catalogues included, tests and waivers excluded.</summary>
    public string Digest { get; }

    /// <summary>The files that the digest covers, in ordinal order of their paths.</summary>
    public IReadOnlyList<PolicyFile> Files { get; }

    public IReadOnlyList<PolicyDocument> Policies { get; }

    /// <summary>Null where the set has no such rule.</summary>
    public (PolicyDocument Policy, PolicyRule Rule)? Find(string policy, string rule) => _rules.TryGetValue((policy, rule), out var found) ? found : null;

    public FactSchema Facts { get; }

    /// <summary>What evidence can be; empty where the set has no catalogue of it.</summary>
    public IReadOnlyList<EvidenceKind> EvidenceKinds { get; internal init; } = [];

    /// <summary>
    /// Every place that names an environment. The library knows no environments: whoever does compares, because a policy for an environment that does not exist is never asked.
    /// </summary>
    public IReadOnlyList<EnvironmentMention> Environments { get; internal init; } = [];

    /// <summary>The digest of each file, by its path.</summary>
    internal IReadOnlyDictionary<string, string> Digests { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What rules can support; empty where the set has no catalogue of it.</summary>
    public IReadOnlyList<Framework> Frameworks { get; internal init; } = [];

    /// <summary>What models and data may be for; empty where the set has no catalogue of it.</summary>
    public PurposeCatalogue Purposes { get; internal init; } = PurposeCatalogue.Empty;

    internal IReadOnlyList<CompiledPolicy> Compiled => _policies;

    /// <summary>Never throws on bad content: everything wrong with it comes back as errors with file, line and column.</summary>
    public static PolicySetLoad Load(IEnumerable<PolicyFile> files) => PolicySetLoader.Load(files);

    /// <summary>Every YAML file below the folder, in ordinal order of the paths: misnamed ones too, so that loading refuses them instead of passing them over. Hidden files and folders are no part of it.</summary>
    public static IReadOnlyList<PolicyFile> ReadFolder(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(static file => Path.GetExtension(file).ToLowerInvariant() is ".yaml" or ".yml")
            .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
            .Where(static file => !file.Path.Split('/').Any(static part => part.StartsWith('.')))
            .OrderBy(static file => file.Path, StringComparer.Ordinal)
            .Select(static file => new PolicyFile(file.Path, File.ReadAllText(file.File)))];

    /// <summary>Reads facts once, for several questions about them. Never throws: what is wrong with them is said by the verdicts.</summary>
    /// <param name="facts">As in <see cref="PolicyQuery.Facts"/>.</param>
    public BoundFacts Bind(ReadOnlyMemory<byte> facts)
    {
        var (values, problem) = FactReader.Read(facts.Span, Facts, _read);
        return new(this, values, problem);
    }

    /// <summary>Answers a query. Pure: no clock, no I/O, and no exception, whatever the facts are.</summary>
    public PolicyVerdict Evaluate(PolicyQuery query) => Evaluate(query, _policies, null);

    /// <summary>The same verdict without explanations of what fails, at a fraction of the cost: for judging many at once.</summary>
    public PolicyVerdict Results(PolicyQuery query) => Evaluate(query, _policies, null, explains: false);

    /// <summary>
    /// Whether a mandatory rule in force would judge some request of this kind. Facts that are not among those of the query may be anything: a condition that cannot be decided without them may hold, one that is
    /// false never does.
    /// </summary>
    public bool Covers(PolicyQuery query) =>
        Results(query).Rules.Any(static r => r.Level is EnforcementLevel.Mandatory && r.Result is not (RuleOutcome.NotApplicable or RuleOutcome.NotYetInForce));

    /// <param name="parameters">Values of the parameters of one policy in place of its defaults.</param>
    internal PolicyVerdict Evaluate(PolicyQuery query, IReadOnlyList<CompiledPolicy> policies, CelValue[]? parameters, bool explains = true)
    {
        var rules = 0;
        for (var i = 0; i < policies.Count; i++) rules += policies[i].IsMeantFor(query.Action, query.Environment) ? policies[i].Rules.Length : 0;
        var verdict = new VerdictBuilder(rules, explains);
        if (rules == 0) return verdict.Build(query.Gated);

        var (facts, problem) = BoundFacts.Of(this, query, _read);
        var subject = problem is null && query.Waivers is { Count: > 0 } ? WaiverSubject.Of(query) : null;
        var slots = problem is null ? new PolicySlots(policies, facts, CelValue.Of(CelTimestamp.From(query.Now))) : default;
        for (var i = 0; i < policies.Count; i++)
        {
            var policy = policies[i];
            if (!policy.IsMeantFor(query.Action, query.Environment)) continue;
            var frame = problem is null ? new PolicyFrame(policy, slots, parameters ?? policy.ParameterValues) : null;
            new PolicyEvaluation(policy, query, frame, problem, subject, verdict).Run();
        }

        return verdict.Build(query.Gated);
    }

    /// <summary>
    /// What is still missing: the rules that cannot be decided while these facts are unknown. A rule that the known facts decide, either
    /// way, is not among them.
    /// </summary>
    public IReadOnlyList<OpenRule> Undecided(PolicyQuery query, IReadOnlyCollection<string> unknownFacts) =>
        OpenQuestions.Of(_policies, query, unknownFacts, Facts, _read);

    /// <summary>What a rule looks at, by paths such as <c>model.tier</c>, in ordinal order; what its variables look at included.</summary>
    public IReadOnlyList<string> FactsOf(string ruleId) => ReadPaths.Of(_policies, ruleId);

    /// <summary>The kinds of evidence that a rule names, in ordinal order; those that its variables name included.</summary>
    public IReadOnlyList<string> EvidenceOf(string ruleId) => ReadKinds.Of(_policies, ruleId, EvidenceKinds);

    /// <summary>Those of the rules that hold, or are out of scope: much cheaper than a verdict, for asking what if.</summary>
    public IReadOnlySet<string> Holding(PolicyQuery query, IReadOnlySet<string> ruleIds) => Rules.Holding.Of(_policies, query, ruleIds, Facts, _read);

    /// <summary>Whether any policy reads that top-level fact, so that facts nobody reads need not be collected.</summary>
    public bool Reads(string fact) => Facts.IndexOf(fact) is var index and >= 0 && _read[index];
}
