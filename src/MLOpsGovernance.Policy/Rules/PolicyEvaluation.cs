using System.Text;
using MLOpsGovernance.Policy.Cel;
using MLOpsGovernance.Policy.Cel.Values;
using MLOpsGovernance.Policy.Documents;
using MLOpsGovernance.Policy.Waivers;

namespace MLOpsGovernance.Policy.Rules;

/// <summary>One policy in one decision.</summary>
internal ref struct PolicyEvaluation(
    CompiledPolicy policy, PolicyQuery query, PolicyFrame? frame, string? problem, WaiverSubject? subject, VerdictBuilder verdict)
{
    private readonly EnforcementLevel _level = policy.Document.Enforcement.In(query.Environment);

    public readonly void Run()
    {
        switch (Scope())
        {
            case { IsFalse: true }:
                foreach (var rule in policy.Rules) Add(rule, RuleOutcome.NotApplicable, 0);
                return;
            case { Kind: CelKind.Error, Failure.Message: var why }:
                foreach (var rule in policy.Rules)
                {
                    if (!Waits(rule)) Err(rule, why, [], 0);
                }

                return;
        }

        foreach (var rule in policy.Rules) Evaluate(rule);
        foreach (var (key, program) in policy.Annotations) Annotate(key, program);
    }

    /// <summary>True in scope, false out of scope, or the error that keeps the policy in scope with every rule erring.</summary>
    private readonly CelValue Scope()
    {
        if (frame is null) return CelValue.Error(problem!);
        var failure = CelValue.True;
        foreach (var (name, program) in policy.Conditions)
        {
            frame.Begin(PolicyLimits.Rule);
            var value = program.Evaluate(frame);
            verdict.Spend(frame.Spent);
            if (value.IsFalse) return value;
            if (!value.IsTrue) failure = CelValue.Error($"the condition '{name}' cannot be decided: {Text(value)}");
        }

        // Under Ignore an undecided condition puts the policy out of scope; under Fail a missing fact never does.
        return failure.IsTrue || policy.Document.FailClosed ? failure : CelValue.False;
    }

    private static string Text(in CelValue value) => value.Kind == CelKind.Error ? value.Failure.Message : $"it gives {TypeNames.Of(value)}";

    private readonly void Evaluate(CompiledRule rule)
    {
        if (Waits(rule)) return;
        if (verdict.IsExhausted)
        {
            Err(rule, "the decision exceeds its cost limit before this rule", [], 0);
            return;
        }

        frame!.Begin(PolicyLimits.Rule);
        var value = rule.Expression.Evaluate(frame);
        var cost = frame.Spent;
        verdict.Spend(cost);
        if (value.IsTrue)
        {
            Add(rule, RuleOutcome.Pass, cost);
            return;
        }

        var why = verdict.Explains ? Why(rule) : [];
        if (!value.IsFalse) Err(rule, Text(value), why, cost);
        else if (Message(rule) is { } message) Fail(rule, message, why, cost);
        else Err(rule, "the message expression exceeds its cost limit", why, cost);
    }

    /// <summary>Whether the rule's date has not come, so that nothing is asked of it, not even where the scope cannot be decided.</summary>
    private readonly bool Waits(CompiledRule rule)
    {
        if (rule.Rule.IsInForce(query.Now)) return false;
        Add(rule, RuleOutcome.NotYetInForce, $"not yet in force: applies from {Instants.Text(rule.Rule.EffectiveFrom!.Value)}", [], null, 0);
        return true;
    }

    private readonly IReadOnlyList<Explanation> Why(CompiledRule rule)
    {
        frame!.Begin(PolicyLimits.Rule);
        return Explainer.Explain(rule.Expression, rule.Expression.Trace(frame).Trace);
    }

    /// <summary>The computed message where it is usable, else the fixed one; null when computing it exhausted the budget.</summary>
    private readonly string? Message(CompiledRule rule)
    {
        if (rule.Message is null) return rule.Rule.Message;
        frame!.Begin(PolicyLimits.Rule);
        var value = rule.Message.Evaluate(frame);
        verdict.Spend(frame.Spent);
        if (frame.IsExhausted) return null;
        if (value.Kind != CelKind.String) return rule.Rule.Message;
        var text = value.String.Trim();
        return text.Length == 0 || text.AsSpan().ContainsAny('\r', '\n') || Encoding.UTF8.GetByteCount(text) > PolicyLimits.Message
            ? rule.Rule.Message : text;
    }

    private readonly void Fail(CompiledRule rule, string message, IReadOnlyList<Explanation> why, long cost)
    {
        if (Waiver(rule, RuleOutcome.Fail) is { } waiver) Add(rule, RuleOutcome.Waived, message, why, waiver, cost);
        else
        {
            Add(rule, RuleOutcome.Fail, message, why, null, cost);
            verdict.Count(_level, RuleOutcome.Fail);
        }
    }

    private readonly void Err(CompiledRule rule, string message, IReadOnlyList<Explanation> why, long cost)
    {
        if (policy.Document.FailClosed && Waiver(rule, RuleOutcome.Error) is { } waiver) Add(rule, RuleOutcome.Waived, message, why, waiver, cost);
        else
        {
            Add(rule, RuleOutcome.Error, message, why, null, cost);
            if (policy.Document.FailClosed) verdict.Count(_level, RuleOutcome.Error);
        }
    }

    private readonly AppliedWaiver? Waiver(CompiledRule rule, RuleOutcome underlying)
    {
        if (!rule.Rule.Waivable || subject is null) return null;
        foreach (var waiver in query.Waivers!)
        {
            if (WaiverRule.Refusal(waiver, policy.Document, rule.Rule, subject, query.Now) is null)
                return new(waiver.Name, waiver.Digest, underlying, waiver.ExpiresAt);
        }

        return null;
    }

    private readonly void Add(CompiledRule rule, RuleOutcome result, string message, IReadOnlyList<Explanation> why, AppliedWaiver? waiver, long cost) =>
        verdict.Add(new(policy.Document.Name, rule.Rule.Id, rule.Rule.Title, result, _level, message, rule.Rule.Remediation, why, waiver, rule.Rule.Controls, cost), policy.Document.FailClosed);

    private readonly void Add(CompiledRule rule, RuleOutcome result, long cost) => verdict.Add(rule.Plain(policy.Document.Name, result, _level, cost), policy.Document.FailClosed);

    private readonly void Annotate(string key, CelProgram program)
    {
        frame!.Begin(PolicyLimits.Rule);
        var value = program.Evaluate(frame);
        verdict.Spend(frame.Spent);
        var text = value.Kind switch
        {
            CelKind.String => value.String,
            CelKind.Null => "",
            _ => null,
        };
        if (text is { Length: > PolicyLimits.Annotation }) text = text[..(char.IsHighSurrogate(text[PolicyLimits.Annotation - 1]) ? PolicyLimits.Annotation - 1 : PolicyLimits.Annotation)];
        if (text is null)
        {
            text = $"error: {Text(value)}";
            if (policy.Document.FailClosed) verdict.Count(_level, RuleOutcome.Error);
        }

        if (text.Length > 0) verdict.Annotate($"{policy.Document.Name}/{key}", text);
    }
}
