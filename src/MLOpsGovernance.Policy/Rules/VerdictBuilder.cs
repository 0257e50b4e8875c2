namespace MLOpsGovernance.Policy.Rules;

/// <summary>Collects the verdicts of rules and what they come to together.</summary>
/// <param name="explains">Whether what fails is explained, which costs many times what judging does.</param>
internal sealed class VerdictBuilder(int rules, bool explains = true)
{
    private static readonly Dictionary<string, string> NoAnnotations = new(StringComparer.Ordinal);

    private readonly List<RuleVerdict> _rules = new(rules);
    private Dictionary<string, string>? _annotations;
    private bool _failed;
    private bool _erred;
    private bool _warned;
    private bool _covered;
    private long _spent;

    public bool Explains => explains;

    public bool IsExhausted => _spent > PolicyLimits.Decision;

    public void Spend(long units) => _spent += units;

    /// <param name="failsClosed">Whether an error of the rule stands against the request; one that is only recorded judged nothing.</param>
    public void Add(RuleVerdict verdict, bool failsClosed)
    {
        _covered |= verdict.Level is EnforcementLevel.Mandatory && (verdict.Result is RuleOutcome.Pass or RuleOutcome.Fail or RuleOutcome.Waived || (failsClosed && verdict.Result is RuleOutcome.Error));
        _rules.Add(verdict);
    }

    public void Annotate(string key, string value) => (_annotations ??= new(StringComparer.Ordinal))[key] = value;

    /// <summary>Lets a result that stands against the request count at its level.</summary>
    public void Count(EnforcementLevel level, RuleOutcome result)
    {
        switch (level)
        {
            case EnforcementLevel.Mandatory when result == RuleOutcome.Fail: _failed = true; break;
            case EnforcementLevel.Mandatory: _erred = true; break;
            case EnforcementLevel.Advisory: _warned = true; break;
        }
    }

    /// <summary>Where a gate demands a policy, rules that only warn, are out of scope or not yet in force are none: nobody who could have said no looked at the request.</summary>
    public PolicyVerdict Build(bool gated)
    {
        var outcome = _failed || (gated && !_covered) ? PolicyOutcome.Deny
            : _erred ? PolicyOutcome.Error
            : _warned ? PolicyOutcome.Warn
            : PolicyOutcome.Allow;
        return new(outcome, _covered, _rules, _annotations ?? NoAnnotations);
    }
}
