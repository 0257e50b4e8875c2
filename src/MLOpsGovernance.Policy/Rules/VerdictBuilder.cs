namespace MLOpsGovernance.Policy.Rules;

/// <summary>Collects the verdicts of rules and what they come to together.</summary>
internal sealed class VerdictBuilder(int rules)
{
    private static readonly Dictionary<string, string> NoAnnotations = new(StringComparer.Ordinal);

    private readonly List<RuleVerdict> _rules = new(rules);
    private Dictionary<string, string>? _annotations;
    private bool _failed;
    private bool _erred;
    private bool _warned;
    private long _spent;

    public bool IsExhausted => _spent > PolicyLimits.Decision;

    public void Spend(long units) => _spent += units;

    public void Add(RuleVerdict verdict) => _rules.Add(verdict);

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

    public PolicyVerdict Build(bool matched, bool gated)
    {
        var outcome = _failed || (gated && !matched) ? PolicyOutcome.Deny
            : _erred ? PolicyOutcome.Error
            : _warned ? PolicyOutcome.Warn
            : PolicyOutcome.Allow;
        return new(outcome, matched, _rules, _annotations ?? NoAnnotations);
    }
}
